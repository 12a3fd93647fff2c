import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "#test/database";

describe("connect", () => {
  const settings = sql`select current_setting('statement_timeout') as timeout, current_setting('TimeZone') as zone`;

  test.each(["none", "session", "transaction"] as const)(
    "limits quick statements and searches to 2 s, writes to 3 s and work on many rows to 30 s, with pooler %s",
    async (pooler) => {
      await using fresh = await freshDatabase();
      const { pools } = fresh.connect({ pooler });
      const all = [pools.long, pools.writes, pools.searches, ...Array.from({ length: 4 }, () => pools.reads())];
      const timeouts = await Promise.all(all.map(async (db) => (await db.execute(settings))[0]));
      const expected = ["30s", "3s", "2s", "2s", "2s", "2s", "2s"].map((timeout) => ({ timeout, zone: "UTC" }));
      expect(timeouts).toEqual(expected);
      const inTransaction = all.map((db) => db.transaction(async (tx) => (await tx.execute(settings))[0]));
      expect(await Promise.all(inTransaction)).toEqual(expected);
    },
  );

  test.each([
    ["none", 1],
    ["session", 1],
    ["transaction", 0],
  ] as const)("with pooler %s it prepares %i statement", async (pooler, count) => {
    await using fresh = await freshDatabase();
    const { pools } = fresh.connect({ pooler });
    const prepared = () =>
      pools.control.execute(sql`select count(*)::int as n from pg_prepared_statements where name <> ${""}`);
    await prepared();
    expect(await prepared()).toEqual([{ n: count }]);
  });

  test("treats a pooler as one in transaction mode once a prepared statement is lost", async () => {
    await using fresh = await freshDatabase();
    const found: string[] = [];
    const { pools } = fresh.connect({ onPooler: () => found.push(pools.pooler) });
    const select = () =>
      pools.writes.transaction(async (tx) => (await tx.execute(sql`select ${"a"}::text as value`))[0]);
    expect(await select()).toEqual({ value: "a" });
    await pools.writes.execute("deallocate all");
    await expect(select()).rejects.toMatchObject({ cause: { code: "26000" } });
    expect([found, await select()]).toEqual([["transaction"], { value: "a" }]);
  });

  test("replaces connections to a server that takes no writes", async () => {
    await using fresh = await freshDatabase();
    const { database } = fresh.address;
    const { pools } = fresh.connect({ poolSize: 2 });
    const other = fresh.connect();
    const write = () => pools.writes.execute("create table if not exists written (n int)");
    await other.db.execute(`alter database ${database} set default_transaction_read_only = on`);
    await expect(write()).rejects.toMatchObject({ cause: { code: "25006" } });
    await other.db.execute("set default_transaction_read_only = off");
    await other.db.execute(`alter database ${database} reset default_transaction_read_only`);
    await write();
  });

  test("with a pooler a write is committed before its result, and one that fails is undone", async () => {
    await using fresh = await freshDatabase();
    const { pools } = fresh.connect({ pooler: "transaction", poolSize: 2 });
    await fresh.db.execute("create table written (n int primary key deferrable initially deferred)");
    const insert = (n: number) => pools.writes.execute(sql`insert into written values (${n}) returning n`);
    const results = await Promise.allSettled([1, 2, 3, 1, 2, 4].map(insert));
    expect(results.map(({ status }) => status).sort()).toEqual([...Array(4).fill("fulfilled"), "rejected", "rejected"]);
    const rejected = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(rejected).toMatchObject([{ cause: { code: "23505" } }, { cause: { code: "23505" } }]);
    await expect(pools.writes.execute(sql`select 1 / ${0}::int`)).rejects.toMatchObject({ cause: { code: "22012" } });
    expect(await fresh.db.execute("select n from written order by n")).toEqual([1, 2, 3, 4].map((n) => ({ n })));
    const rows = await Promise.all(
      Array.from({ length: 50 }, (_, i) => pools.reads().execute(sql`select ${i}::int as i`)),
    );
    expect(rows.map(([row]) => row?.i)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test("opens at most as many connections for writes, and for searches, as it may", async () => {
    await using fresh = await freshDatabase();
    const { pools } = fresh.connect({ poolSize: 3 });
    const own = sql`select pg_backend_pid() as pid, pg_sleep(0.02)`;
    for (const db of [pools.writes, pools.searches]) {
      const rows = await Promise.all(Array.from({ length: 12 }, () => db.execute(own)));
      expect(new Set(rows.map(([row]) => row?.pid)).size).toBe(3);
    }
  });

  test.each([
    ['{"a":1.0,"b":12345678901234567890,"a":1e2}', "json"],
    ['{plain,"a \\"quoted\\" word",""}', "text[]"],
  ])("reads %s as %s without loss", async (text, type) => {
    await using fresh = await freshDatabase();
    const [row] = await fresh.db.execute(sql`select ${text}::${sql.raw(type)} as value`);
    expect(row?.value).toEqual(type === "json" ? text : ["plain", 'a "quoted" word', ""]);
  });
});
