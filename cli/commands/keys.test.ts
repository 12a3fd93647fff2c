import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

const SECRET = "the-chief-secret";
let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ apiKeys: [{ name: "chief", role: "admin", secret: SECRET }] });
});
afterAll(() => shell[Symbol.asyncDispose]());

const env = { VITRINE_API_KEY: SECRET };
const run = (...args: string[]) => shell.run(["keys", ...args], { env });

test("keys are made with a secret on standard output, listed without it, and revoked", async () => {
  const created = await run("create", "nightly etl", "--role", "write", "--expires", "30d", "--reason", "Loads");
  expect(created).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^vitrine_\w{43}\n$/),
    stderr: expect.stringContaining("This is the secret of nightly etl, with the role write. It is never shown again."),
  });
  const secret = created.stdout.trim();
  const { artifact } = connect({ url: shell.server.origin, apiKey: secret, retries: 0 });
  expect(await artifact.count.query()).toBe(0);
  expect(await shell.json(["keys"], { env })).toMatchObject([
    { id: null, name: "chief", role: "admin" },
    { name: "nightly etl", role: "write", createdBy: "chief", expires: expect.any(String), revoked: null },
  ]);
  const { stdout } = await run();
  expect(stdout).toContain(`nightly etl  write  ${secret.slice(0, 12)}…`);
  expect(stdout).not.toContain(secret);
  expect(await run("revoke", "nightly etl", "--yes")).toMatchObject({ code: 0, stdout: "Revoked nightly etl.\n" });
  await expect(artifact.count.query()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test.each([
  [["make"], 2, 'Unknown "keys make": use create or revoke.'],
  [["create"], 2, "Usage: vitrine keys create <name>."],
  [["create", "a", "--role", "owner"], 2, 'Invalid --role "owner": use read, write or admin.'],
  [["create", "a", "--expires", "soon"], 2, 'Invalid --expires "soon": use 12h, 90d or 52w, a date, or never.'],
  [["create", "a", "--expires", "2020-01-01"], 2, "--expires must be in the future."],
  [["create", "a", "--keys", "Reports/*"], 2, "--keys must be key patterns joined by commas"],
  [["create", "chief"], 1, 'An API key is named "chief" already'],
  [["revoke", "nobody", "--yes"], 3, 'There is no API key "nobody".'],
  [["revoke", "chief", "--yes"], 2, '"chief" is in VITRINE_API_KEYS of the server; remove it there.'],
])("keys %j ends with %i", async (args, code, message) => {
  expect(await run(...args)).toMatchObject({ code, stderr: expect.stringContaining(message) });
});
