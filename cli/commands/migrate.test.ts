import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ownMigrations } from "#db/migration-files";
import { openShell, type Shell } from "#test/cli";
import { databaseWithoutTables } from "#test/database";

const ALL = ownMigrations().map(({ name }) => name);

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
});
afterAll(() => shell[Symbol.asyncDispose]());

it("migrates DATABASE_URL, whatever VITRINE_MIGRATE is, and then finds nothing to do", async () => {
  await using empty = await databaseWithoutTables();
  const env = { DATABASE_URL: empty.url, VITRINE_MIGRATE: "off" };
  expect(await shell.run(["migrate"], { env })).toEqual({
    code: 0,
    signal: null,
    stdout: ALL.map((name) => `Applied ${name}.\n`).join(""),
    stderr: `Migrating the database (${ALL.length} pending) …\n`,
  });
  expect(await shell.run(["migrate"], { env })).toMatchObject({ code: 0, stdout: "No migrations are pending.\n" });
  expect(await shell.json(["migrate"], { env })).toEqual({ applied: [] });
});

it("migrates the embedded database, and fails while a server uses it", async () => {
  const folder = join(shell.folder, "data");
  const env = { VITRINE_DATA: "unused" };
  expect(await shell.json(["migrate", "--data", folder], { env })).toEqual({ applied: ALL });
  const server = shell.start(["serve", "--no-pages", "--port", "0", "--data", folder], { env });
  await new Promise<void>((resolve) => {
    server.child.stdout?.on("data", (text: string) => /ready at/.test(text) && resolve());
  });
  const { code, stderr } = await shell.run(["migrate", "--data", folder], { env });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/Vitrine already runs on this data at http.*stop it/)]);
  server.child.kill("SIGTERM");
  await server.ended;
});

it("reports an unreachable database as one sentence", async () => {
  const env = { DATABASE_URL: "postgres://me:hidden@127.0.0.1:1/v" };
  const { code, stdout, stderr } = await shell.run(["migrate", "--json"], { env });
  expect([code, stdout]).toEqual([1, ""]);
  expect(JSON.parse(stderr)).toEqual({
    error: {
      code: expect.any(String),
      message: expect.stringMatching(/^The PostgreSQL at 127\.0\.0\.1:1\/v cannot be used \(ECONNREFUSED\)/),
    },
  });
});
