import { describe, expect, it } from "vitest";
import { type Connection, connect, type Pools } from "#db/postgres";
import { createChanges } from "#server/models/changes";
import { databaseOfFile } from "#test/database";
import { serve, startHttpServer } from "#test/http-server";
import { openPathProxy } from "#test/path/path-proxy";

const fresh = await databaseOfFile();

type Use = (pools: Pools) => PromiseLike<unknown>;

const select =
  (which: (pools: Pools) => Pools["writes"]): Use =>
  (pools) =>
    which(pools).execute("select 1");

const nthRead = (n: number): Use =>
  select((pools) => {
    for (let i = 1; i < n; i++) pools.reads();
    return pools.reads();
  });

describe("/api/ready", () => {
  it.concurrent.each<[string, Use]>([
    ["writes", select((pools) => pools.writes)],
    ["searches", select((pools) => pools.searches)],
    ["work on many rows", select((pools) => pools.long)],
    ["questions about the database", select((pools) => pools.control)],
    ["the first for reads", nthRead(1)],
    ["the second", nthRead(2)],
    ["the third", nthRead(3)],
    ["the fourth", nthRead(4)],
  ])("is 503 within 3 s while a connection is silent: %s", async (_, use) => {
    await using path = await openPathProxy(fresh.address);
    const connection: Connection = connect(path.address);
    await using server = await serve({ pools: connection.pools, changes: createChanges(null) });
    await use(connection.pools);
    path.swallowExisting();
    const start = performance.now();
    const response = await server.fetch("/api/ready");
    expect([response.status, await response.json()]).toMatchObject([503, { code: "SERVICE_UNAVAILABLE" }]);
    expect(performance.now() - start).toBeLessThan(3_000);
    await path[Symbol.asyncDispose]();
    await connection.close();
  });

  it("is 503 with a reason while connections are refused", async () => {
    await using path = await openPathProxy(fresh.address);
    const connection = connect(path.address);
    await using server = await serve({ pools: connection.pools, changes: createChanges(null) });
    await path[Symbol.asyncDispose]();
    const response = await server.fetch("/api/ready");
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { message: "The database does not respond; try again in a second." },
    ]);
    await connection.close();
  });

  it("is 503 while the channel for changes is silent", async () => {
    await using path = await openPathProxy(fresh.address);
    const changes = createChanges(path.address);
    await using server = await serve({ pools: fresh.pools, changes });
    // The first message of another process shows that the channel works.
    const other = createChanges(fresh.address);
    const seen = changes.watch({ keys: ["seen"] })[Symbol.asyncIterator]();
    await seen.next();
    const poll = setInterval(() => other.changed({ type: "changed", kinds: ["artifact"], keys: ["seen"] }), 50);
    while ((await seen.next()).value?.type !== "changed");
    clearInterval(poll);
    await expect.poll(async () => (await server.fetch("/api/ready")).status).toBe(200);
    path.swallowExisting();
    expect((await server.fetch("/api/ready")).status).toBe(503);
    await expect.poll(async () => (await server.fetch("/api/ready")).status, { timeout: 10_000 }).toBe(200);
    await Promise.all([changes.close(), other.close()]);
  });

  it("is 200 while many writers wait for one key", async () => {
    await using server = await startHttpServer();
    await server.post("artifact.create", '{"key":"busy"}');
    const writes = await server.db.transaction(async (tx) => {
      await tx.execute("select from artifact_collection where key = 'busy' for update");
      const waiting = Array.from({ length: 12 }, () => server.post("artifact.create", '{"key":"busy"}'));
      const isWaiting =
        "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
      await expect.poll(async () => Number((await server.db.execute(isWaiting))[0]?.n)).toBeGreaterThan(2);
      expect((await server.fetch("/api/ready")).status).toBe(200);
      return waiting;
    });
    for (const { status } of await Promise.all(writes)) expect([200, 503]).toContain(status);
  });
});
