import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "#db/postgres";
import { LOCAL } from "#server/models/author";
import { createChanges } from "#server/models/changes";
import { create } from "#server/models/publish";
import { createCaller } from "#server/routers/app-router";
import { startHttpServer, type TestServer } from "#test/http-server";

/** Half of the slots of writes, and of long work. */
const HALF = 5;
const LONG_HALF = 2;

let server: TestServer;
let locker: Connection;
let observer: Connection;
beforeAll(async () => {
  server = await startHttpServer();
  locker = server.connect();
  observer = server.connect();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Holds the locks of a statement until it is disposed. */
async function lock(statement: string): Promise<AsyncDisposable> {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let transaction: Promise<void> | undefined;
  await new Promise<void>((begin, fail) => {
    transaction = locker.db.transaction(async (tx) => {
      await tx.execute(statement);
      begin();
      await ended;
    });
    transaction.catch(fail);
  });
  return {
    async [Symbol.asyncDispose]() {
      end();
      await transaction;
    },
  };
}

/** How many statements wait for a lock. */
async function countBlocked(): Promise<number> {
  const [row] = await observer.db.execute<{ count: number }>(`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return row?.count ?? 0;
}

const expectBlocked = (count: number) => expect.poll(countBlocked, { timeout: 10_000 }).toBe(count);

async function post(procedure: string, input: object): Promise<number> {
  const response = await server.post(procedure, JSON.stringify(input));
  await response.text();
  return response.status;
}

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe("while a key is locked", () => {
  /** Versions that this process does not know from its own procedures. */
  let ids: string[];
  beforeEach(async () => {
    const rows = times(30, () => create(server.db, { key: "busy", metadata: {} }, LOCAL));
    ids = (await Promise.all(rows)).map(({ id }) => id);
  });

  it.each<[string, number, (n: number) => Promise<number>]>([
    ["creates under it", HALF, (n) => post("artifact.create", { key: "busy", data: n })],
    [
      "bulk creates under it",
      LONG_HALF,
      (n) => post("artifact.createMany", { items: [{ key: `key-${n}` }, { key: "busy" }] }),
    ],
    ["updates of its versions", HALF, (n) => post("artifact.update", { id: ids[n], description: `${n}` })],
    ["deletes of its versions", HALF, (n) => post("artifact.remove", { id: ids[n] })],
    ["bulk deletes of its versions", LONG_HALF, (n) => post("artifact.removeMany", { ids: ids.slice(n, n + 2) })],
    ["deletes of it", LONG_HALF, () => post("collection.remove", { key: "busy" })],
  ])("30 %s leave half of the slots to other work", async (_, half, write) => {
    await using locked = await lock("select from artifact_collection where key = 'busy' for update");
    const blocked = times(30, write);
    await expectBlocked(half);
    const others = await Promise.all([
      ...times(20, (n) => post("artifact.create", { key: `other-${n}` })),
      ...times(5, (n) => post("artifact.createMany", { items: [{ key: `many-${n}` }] })),
      ...times(20, () => post("collection.list", {})),
      ...times(5, async () => (await server.fetch("/api/ready")).status),
    ]);
    expect(new Set(others)).toEqual(new Set([200]));
    expect(await countBlocked()).toBe(half);
    await locked[Symbol.asyncDispose]();
    expect(await Promise.all(blocked)).toContain(200);
  });
});

describe("while another row or table is locked", () => {
  it("30 new runs of a flow leave half of the slots to other work", async () => {
    const response = await server.post("flow.create", '{"name":"busy"}');
    const { id } = (await response.json()).result.data;
    await using locked = await lock("select from flow for update");
    const blocked = times(30, () => post("flowRun.create", { flowId: id }));
    await expectBlocked(HALF);
    expect(new Set(await Promise.all(times(20, () => post("artifact.create", { key: "other" }))))).toEqual(
      new Set([200]),
    );
    await locked[Symbol.asyncDispose]();
    await Promise.all(blocked);
  });

  it("30 writes leave lists, reads and readiness alone", async () => {
    await post("artifact.create", { key: "any" });
    await using locked = await lock("lock table artifact in share row exclusive mode");
    const blocked = times(30, (n) => post("artifact.create", { key: `key-${n}` }));
    await expectBlocked(2 * HALF);
    const others = await Promise.all([
      ...times(20, () => post("collection.list", {})),
      ...times(5, async () => (await server.fetch("/api/ready")).status),
      ...times(20, () => post("collection.latest", { key: "any" })),
    ]);
    expect(new Set(others)).toEqual(new Set([200]));
    await locked[Symbol.asyncDispose]();
    await Promise.all(blocked);
  });
});

it("200 searches of one caller delay another caller by one turn", async () => {
  const callerOf = (caller: string) =>
    createCaller({ pools: server.pools, role: "read", keys: null, caller, changes: createChanges(null) });
  const order: string[] = [];
  const list = async (caller: string) => {
    await callerOf(caller).artifact.list({ where: { artifacts: { type: { any: ["table"] } } } });
    order.push(caller);
  };
  await using locked = await lock("lock table artifact in access exclusive mode");
  const busy = times(200, () => list("busy"));
  await expectBlocked(2 * HALF);
  const quiet = list("quiet");
  await locked[Symbol.asyncDispose]();
  await Promise.all([...busy, quiet]);
  // Before it may end: the ten that ran, the ten beside it, and those that got their slots.
  expect(order.indexOf("quiet")).toBeLessThan(8 * HALF);
});
