import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { concerns, isResync, openChangeStream } from "#test/change-stream";
import { databaseWithoutTables, type FreshDatabase, freshDatabase } from "#test/database";
import { type Pooler, startPgbouncer, withoutPgbouncer } from "#test/pgbouncer";
import { createServerFolder, type ServerFolder } from "#test/server-process";
import { urlOf } from "#test/template";

interface Called {
  status: number;
  text: string;
}

async function call(url: string, procedure: string, input?: object): Promise<Called> {
  const headers = { "content-type": "application/json" };
  const body = input && JSON.stringify(input);
  const response = await fetch(`${url}/api/trpc/${procedure}`, { method: body ? "POST" : "GET", headers, body });
  return { status: response.status, text: await response.text() };
}

const resultOf = ({ text }: Called) => JSON.parse(text).result.data;

/** What a caller of one key does: single writes, transactions, lists and reads. */
async function work(url: string, key: string): Promise<Called[]> {
  const created = await call(url, "artifact.create", { key, data: { text: "é' \" \\", n: 1.5 } });
  if (created.status !== 200) return [created];
  const again = { key, data: [1], idempotencyKey: key };
  const calls = [created, await call(url, "artifact.create", again), await call(url, "artifact.create", again)];
  const { id } = resultOf(created);
  const query = (input: object) => `?input=${encodeURIComponent(JSON.stringify(input))}`;
  calls.push(
    await call(url, "artifact.createMany", { items: [{ key, data: 2 }, { key: `${key}-other` }] }),
    await call(url, "artifact.update", { id, description: "changed" }),
    await call(url, `artifact.list${query({ where: { artifacts: { key: { any: [key] } } }, include: ["data"] })}`),
    await call(url, `artifact.read${query({ id })}`),
    await call(url, `collection.latest${query({ key })}`),
    await call(url, "artifact.remove", { id }),
    await call(url, "artifact.restore", { id }),
  );
  return calls;
}

/** Runs 12 rounds of 8 callers at once, few enough that a slow machine does not refuse any. */
async function expectAllDone(fresh: FreshDatabase, url: string, name: string): Promise<void> {
  for (let round = 0; round < 12; round++) {
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => work(url, `${name}-${round}-${i}`)));
    const failed = all.flat().filter(({ status }) => status !== 200);
    expect(new Set(failed.map(({ status, text }) => `${status} ${text.slice(0, 300)}`))).toEqual(new Set());
    for (const calls of all) expect(resultOf(calls[1] as Called).id).toBe(resultOf(calls[2] as Called).id);
  }
  // Each made four versions; a rolled back commit must not count as one.
  const stored = await fresh.db.execute(`select count(*)::int as n from artifact where key like '${name}-%'`);
  expect(stored).toEqual([{ n: 4 * 8 * 12 }]);
  const { status, text } = await call(url, "admin.doctor");
  expect([status, JSON.parse(text).result.data]).toEqual([200, []]);
}

/** Holds the table of versions, so that every statement on it waits for its limit. */
async function expectLimits(fresh: FreshDatabase, url: string): Promise<void> {
  const { id } = resultOf(await call(url, "artifact.create", { key: "limited", data: 1 }));
  await fresh.db.transaction(async (tx) => {
    await tx.execute("lock table artifact in access exclusive mode");
    const begun = performance.now();
    const [list, read, write] = await Promise.all([
      call(url, "artifact.list"),
      call(url, `artifact.read?input=${encodeURIComponent(JSON.stringify({ id }))}`),
      call(url, "artifact.update", { id, description: "late" }),
    ]);
    expect([list.status, read.status, write.status]).toEqual([408, 503, 503]);
    expect(performance.now() - begun).toBeLessThan(5_000);
    // Jobs in the background have longer limits.
    const waiting = await tx.execute(`select query from pg_stat_activity where wait_event_type = 'Lock'
      and query !~ 'artifact_preview_pending|sha256 is null|search_pending'`);
    expect(waiting).toEqual([]);
  });
  expect((await call(url, "artifact.list")).status).toBe(200);
}

describe.skipIf(withoutPgbouncer)(`behind PgBouncer${withoutPgbouncer && `, skipped: ${withoutPgbouncer}`}`, () => {
  let fresh: FreshDatabase;
  let here: ServerFolder;
  beforeAll(async () => {
    [fresh, here] = await Promise.all([freshDatabase(), createServerFolder(process.env)]);
  });
  afterAll(async () => {
    await here[Symbol.asyncDispose]();
    await fresh[Symbol.asyncDispose]();
  });

  /** Starts a server, and stops it at the end of its scope. */
  async function startServer(DATABASE_URL: string, env: Record<string, string> = {}) {
    const { ready, child, ended } = here.start({ DATABASE_URL, ...env });
    let output = "";
    child.stdout?.on("data", (text) => {
      output += text;
    });
    const url = await ready;
    return {
      url,
      notes: () => output.split("\n").filter((line) => /pooler/.test(line)),
      async [Symbol.asyncDispose]() {
        child.kill("SIGTERM");
        await ended;
      },
    };
  }

  /** Nothing that a client left in a shared connection, such as LISTEN, reaches another. */
  const expectClean = (pooler: Pooler) => expect(pooler.log()).not.toMatch(/WARNING.*not linked|unclean/);

  const TRANSACTION = ["pool_mode = transaction", "default_pool_size = 5"];
  const IGNORING = "ignore_startup_parameters = statement_timeout,idle_in_transaction_session_timeout";

  test.each([
    ["transaction", TRANSACTION],
    ["transaction", [...TRANSACTION, IGNORING]],
    ["transaction", [...TRANSACTION, "server_round_robin = 1"]],
    ["session", ["pool_mode = session", "default_pool_size = 80"]],
    ["session", ["pool_mode = session", "default_pool_size = 80", IGNORING]],
  ])(
    "in mode %s with %j it says so in one line, does everything and keeps the limits",
    async (mode, lines) => {
      await using pooler = await startPgbouncer(fresh, ...lines);
      await using server = await startServer(pooler.url);
      expect(server.notes()).toEqual([expect.stringContaining(`The database is behind a pooler in ${mode} mode`)]);
      expect(resultOf(await call(server.url, "admin.database"))).toEqual({ pooler: mode, note: server.notes()[0] });
      await expectAllDone(fresh, server.url, `${mode}-${lines.join().length}`);
      await expectLimits(fresh, server.url);
      const backup = await fetch(`${server.url}/api/backup`);
      expect([backup.status, (await backup.arrayBuffer()).byteLength > 1000]).toEqual([200, true]);
      expectClean(pooler);
    },
    120_000,
  );

  test.each([
    ["session mode", ["pool_mode = session", "default_pool_size = 80"], false],
    ["transaction mode and DATABASE_DIRECT_URL", TRANSACTION, true],
  ])(
    "changes arrive from another server with %s",
    async (_, lines, isDirect) => {
      await using pooler = await startPgbouncer(fresh, ...lines);
      const env: Record<string, string> = isDirect ? { DATABASE_DIRECT_URL: urlOf(fresh.address) } : {};
      await using one = await startServer(pooler.url, env);
      await using other = await startServer(pooler.url, env);
      await using watching = await openChangeStream(other.url);
      await watching.next(isResync);
      const listening = async () => {
        const [row] = await fresh.db.execute(
          "select count(*)::int as n from pg_stat_activity where query ~ 'pg_notify'",
        );
        return Number(row?.n);
      };
      await expect.poll(listening, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
      const key = `changed-${lines.length}-${isDirect}`;
      expect((await call(one.url, "artifact.create", { key })).status).toBe(200);
      await watching.next(concerns(key), 2_000);
      expectClean(pooler);
    },
    60_000,
  );

  test("a pooler that changes to transaction mode is noticed at the first lost statement", async () => {
    await using session = await startPgbouncer(fresh, "pool_mode = session", "default_pool_size = 80");
    await using server = await startServer(session.url);
    await expectAllDone(fresh, server.url, "before");
    await session[Symbol.asyncDispose]();
    await using pooler = await startPgbouncer(fresh, ...TRANSACTION, `listen_port = ${new URL(session.url).port}`);
    const isBack = async () => (await call(server.url, "artifact.list")).status;
    await expect.poll(isBack, { timeout: 10_000 }).toBe(200);
    await expectAllDone(fresh, server.url, "after");
    expect(server.notes()).toEqual([
      expect.stringContaining("session mode"),
      expect.stringContaining("transaction mode"),
    ]);
    const logged = pooler.log().length;
    await expectAllDone(fresh, server.url, "later");
    expect(pooler.log().slice(logged)).not.toMatch(/not linked/);
  }, 120_000);

  test("an empty database is migrated through a pooler", async () => {
    await using empty = await databaseWithoutTables();
    await using pooler = await startPgbouncer(empty, ...TRANSACTION);
    await using server = await startServer(pooler.url);
    expect((await work(server.url, "first")).filter(({ status }) => status !== 200)).toEqual([]);
    expectClean(pooler);
  }, 60_000);

  test("one in statement mode ends the start with a sentence", async () => {
    await using pooler = await startPgbouncer(fresh, "pool_mode = statement");
    const { code, stderr } = await here.start({ DATABASE_URL: pooler.url }).ended;
    expect([code, stderr]).toEqual([
      1,
      "The pooler in DATABASE_URL allows no transactions: set its pool_mode to transaction.\n",
    ]);
  });
});
