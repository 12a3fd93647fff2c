import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, connect as dial } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRunning } from "#db/embedded/processes";
import { callerOn } from "#test/caller";
import { databaseWithoutTables, type FreshDatabase, freshDatabase } from "#test/database";
import { createServerFolder, type ServerFolder, type ServerProcess } from "#test/server-process";
import { urlOf } from "#test/template";

/** The error of a start that fails: exit code 1 and one sentence, no stack. */
async function startError({ ended }: ServerProcess): Promise<string> {
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^[^\n]+\.\n$/);
  return stderr;
}

async function publish(url: string): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ key: "foo", type: "markdown", data: "kept" });
  const response = await fetch(`${url}/api/trpc/artifact.create`, { method: "POST", headers, body });
  expect(response.status).toBe(200);
  const { result } = (await response.json()) as { result: { data: { id: string } } }; // the contract's shape
  return result.data.id;
}

const dataOf = async (url: string, id: string) => (await fetch(`${url}/api/artifacts/${id}/data`)).text();

/** Waits for a condition that another process fulfils. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { timeout: 20_000, interval: 50 }).toBe(true);
}

describe("servers on one data folder", () => {
  let here: ServerFolder;
  let current: ServerProcess | undefined;
  beforeAll(async () => {
    here = await createServerFolder(process.env);
  });
  afterAll(() => here[Symbol.asyncDispose]());

  /** The server on the folder, which is started unless it runs: a first start takes seconds. */
  function running(): ServerProcess {
    if (!current || current.child.exitCode !== null || current.child.signalCode !== null) current = here.start();
    return current;
  }

  test("of two simultaneous starts on new data one succeeds and the other fails", async () => {
    const both = [here.start(), here.start()];
    const results = await Promise.allSettled(both.map(({ ready }) => ready));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const loser = both[results.findIndex(({ status }) => status === "rejected")] as ServerProcess; // one is, see above
    expect(await startError(loser)).toContain("already runs on this data");
    current = both.find((each) => each !== loser);
  });

  test("a second start on the same data fails and names the first", async () => {
    const first = running();
    const url = await first.ready;
    const error = await startError(here.start());
    expect(error).toContain(`${url} (process ${first.child.pid})`);
    expect(await startError(here.start({ PORT: new URL(url).port }))).toBe(error);
    expect((await fetch(`${url}/api/ready`)).status).toBe(200);
  });

  test("after kill -9 of PostgreSQL the server responds with 503 and then works again", async () => {
    const { ready, child } = running();
    const url = await ready;
    const id = await publish(url);
    const killed = await here.postgres();
    process.kill(killed, "SIGKILL");
    const seen = new Set<number>();
    await until(async () => {
      const { status } = await fetch(`${url}/api/trpc/artifact.count`);
      seen.add(status);
      return status === 200 && (await here.postgres()) !== killed;
    });
    expect([...seen].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(await dataOf(url, id)).toBe('"kept"');
    expect(child.exitCode).toBe(null);
  });

  test("after kill -9 of the server the next start stops its PostgreSQL and has the committed write", async () => {
    const first = running();
    const id = await publish(await first.ready);
    const orphan = await here.postgres();
    first.child.kill("SIGKILL");
    await first.ended;
    expect(isRunning(orphan)).toBe(true);
    expect(await dataOf(await running().ready, id)).toBe('"kept"');
    expect(isRunning(orphan)).toBe(false);
  });

  test("starts although another program has the process id in postmaster.pid", async () => {
    const first = running();
    await first.ready;
    const file = join(here.folder, "data", "postgres", "postmaster.pid");
    const text = await readFile(file, "utf8");
    first.child.kill("SIGTERM");
    await first.ended;
    await writeFile(file, text.replace(/^\d+/, String(process.pid)));
    await running().ready;
  });

  test("SIGTERM ends the server and PostgreSQL within 5 s, also during a slow request, and removes their files", async () => {
    const { child, ready, ended } = running();
    const url = new URL(await ready);
    const postgres = await here.postgres();
    const { sockets } = JSON.parse(await readFile(join(here.folder, "data", "instance.json"), "utf8"));
    const slow = dial(Number(url.port), url.hostname);
    slow.on("error", () => {});
    const head = ["POST /api/trpc/artifact.create HTTP/1.1", `Host: ${url.host}`, "Content-Type: application/json"];
    slow.write(`${[...head, "Content-Length: 9", "Expect: 100-continue"].join("\r\n")}\r\n\r\n`);
    expect(String(await once(slow, "data"))).toContain("100 Continue");
    const begun = Date.now();
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(isRunning(postgres)).toBe(false);
    expect(existsSync(sockets)).toBe(false);
    expect(existsSync(join(here.folder, "data", "instance.json"))).toBe(false);
  });
});

test("SIGTERM during the first start leaves no process", async () => {
  await using here = await createServerFolder(process.env);
  // On a busy machine initdb takes longer than a stop may otherwise.
  const { child, ended } = here.start({ VITRINE_GRACE: "30" });
  await until(() => existsSync(join(here.folder, "data", "instance.json")));
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
  expect(await here.postgres().then(isRunning, () => false)).toBe(false);
});

describe("a server on another database", () => {
  let here: ServerFolder;
  let fresh: FreshDatabase;
  let server: ServerProcess;
  beforeAll(async () => {
    [here, fresh] = await Promise.all([createServerFolder(process.env), freshDatabase()]);
    server = here.start({ DATABASE_URL: fresh.url });
  });
  afterAll(async () => {
    await here[Symbol.asyncDispose]();
    await fresh[Symbol.asyncDispose]();
  });

  test("DATABASE_URL is used instead of the embedded database", async () => {
    const url = await server.ready;
    expect(await dataOf(url, await publish(url))).toBe('"kept"');
    expect(existsSync(join(here.folder, "data"))).toBe(false);
  });

  test("an upgrade is rejected at once", async () => {
    const url = new URL(await server.ready);
    const socket = dial(Number(url.port), url.hostname);
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    let response = "";
    for await (const chunk of socket) response += chunk;
    expect(response).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("a server with closed stdout and stderr keeps running, and ends at SIGTERM", async () => {
    const { child, ready, ended } = server;
    const url = await ready;
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0 });
    await expect(fetch(url)).rejects.toThrow();
  });
});

test("a port in use is an error, and no database is created", async () => {
  await using here = await createServerFolder(process.env);
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const at = other.address();
  const port = typeof at === "object" && at ? at.port : 0;
  expect(await startError(here.start({ PORT: String(port) }))).toContain(`Port ${port} is in use`);
  expect(existsSync(join(here.folder, "data"))).toBe(false);
  other.close();
});

test("a data folder that cannot be written is an error", async () => {
  await using here = await createServerFolder(process.env);
  await writeFile(join(here.folder, "file"), "");
  const error = await startError(here.start({ VITRINE_DATA: join(here.folder, "file", "data") }));
  expect(error).toMatch(/file\/data cannot be written .*VITRINE_DATA/);
});

test("a data folder of another PostgreSQL, or with other files, is an error", async () => {
  await using here = await createServerFolder(process.env);
  const data = join(here.folder, "data", "postgres");
  await mkdir(data, { recursive: true });
  await writeFile(join(data, "letter.txt"), "");
  expect(await startError(here.start())).toContain("has files that are not of PostgreSQL");
  await writeFile(join(data, "PG_VERSION"), "15\n");
  expect(await startError(here.start())).toMatch(/is of PostgreSQL 15, and this Vitrine has 18.*DATABASE_URL/);
});

test("an unreachable database is an error without its password", async () => {
  await using here = await createServerFolder(process.env);
  const error = await startError(here.start({ DATABASE_URL: "postgres://me:hidden@127.0.0.1:1/vitrine" }));
  expect(error).toMatch(/127\.0\.0\.1:1\/vitrine cannot be used \(ECONNREFUSED\)/);
  expect(error).not.toContain("hidden");
});

test("a database that takes no writes, and one whose migrations are not recorded, are errors", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  await fresh.db.execute("delete from vitrine_migration where number = 2");
  expect(await startError(here.start({ DATABASE_URL: fresh.url }))).toMatch(
    /already has what a pending migration creates: .* rows of vitrine_migration were lost; .* restore a backup\.$/m,
  );
  await fresh.db.execute(`alter database ${fresh.address.database} set default_transaction_read_only = on`);
  expect(await startError(here.start({ DATABASE_URL: fresh.url }))).toMatch(
    /is a standby, or read-only, and takes no writes: name the primary/,
  );
});

test("a running server reads but does not write once a migration requires a later program, and no new one starts", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const url = await here.start({ DATABASE_URL: fresh.url }).ready;
  const id = await publish(url);
  await fresh.db.execute("insert into vitrine_migration (number, name, requires) values (998, '0998_compatible', 0)");
  expect((await fetch(`${url}/api/ready`)).status).toBe(200);
  expect(await await here.start({ DATABASE_URL: fresh.url }).ready).toMatch(/^http/);
  await fresh.db.execute("insert into vitrine_migration (number, name, requires) values (999, '0999_later', 999)");
  const create = () => {
    const headers = { "Content-Type": "application/json" };
    return fetch(`${url}/api/trpc/artifact.create`, { method: "POST", headers, body: '{"key":"foo"}' });
  };
  await until(async () => (await create()).status === 503);
  const rejected = await create();
  expect([rejected.status, await rejected.text()]).toEqual([503, expect.stringContaining("0999_later")]);
  expect(await dataOf(url, id)).toBe('"kept"');
  expect((await fetch(`${url}/api/ready`)).status).toBe(503);
  expect(await startError(here.start({ DATABASE_URL: fresh.url }))).toMatch(/newer schema \(0999_later\)/);
});

test("a role with DML rights only serves a migrated database, and VITRINE_MIGRATE=off names the command otherwise", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  await using empty = await databaseWithoutTables();
  const role = `dml_${fresh.address.database}`;
  await fresh.db.execute(`create role ${role} login`);
  await fresh.db.execute(`grant select, insert, update, delete on all tables in schema public to ${role}`);
  const url = await here.start({ DATABASE_URL: urlOf({ ...fresh.address, user: role }) }).ready;
  expect(await dataOf(url, await publish(url))).toBe('"kept"');
  expect((await fetch(`${url}/api/ready`)).status).toBe(200);
  const withoutRights = here.start({ DATABASE_URL: urlOf({ ...empty.address, user: role }) });
  expect(await startError(withoutRights)).toMatch(/does not let this user create or read tables: .*vitrine migrate/);
  const off = here.start({ DATABASE_URL: empty.url, VITRINE_MIGRATE: "off" });
  expect(await startError(off)).toMatch(/^The database needs \d+ migrations: run "vitrine migrate"\.\n$/);
  await fresh.db.execute(`drop owned by ${role}`);
  await fresh.db.execute(`drop role ${role}`);
});

test("listening beyond loopback without API keys is an error", async () => {
  await using here = await createServerFolder(process.env);
  expect(await startError(here.start({ VITRINE_HOST: "0.0.0.0" }))).toContain("VITRINE_API_KEYS");
});

test("VITRINE_AUTH=keys requires an API key, and does not start without one of the role admin", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const env = { DATABASE_URL: fresh.url, VITRINE_AUTH: "keys" };
  const { create } = callerOn(fresh).apiKey;
  await create({ name: "writer", role: "write" });
  expect(await startError(here.start(env))).toContain("needs an API key with the role admin");
  const { secret } = await create({ name: "root", role: "admin" });
  const url = await here.start(env).ready;
  const statusOf = async (headers: Record<string, string>) =>
    (await fetch(`${url}/api/trpc/admin.doctor`, { headers })).status;
  expect([await statusOf({}), await statusOf({ authorization: `Bearer ${secret}` })]).toEqual([401, 200]);
});
