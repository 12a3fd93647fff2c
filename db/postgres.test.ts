import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { connect } from "./postgres";

describe("connect", () => {
  const settings = sql`select current_setting('statement_timeout') as timeout, current_setting('TimeZone') as zone`;

  test("limits quick statements and searches to 2 s, writes to 3 s and work on many rows to 30 s", async () => {
    await using fresh = await freshDatabase();
    const { pools } = fresh.connect();
    const all = [pools.long, pools.writes, pools.searches, ...Array.from({ length: 4 }, () => pools.reads())];
    const timeouts = await Promise.all(all.map(async (db) => (await db.execute(settings))[0]));
    expect(timeouts).toEqual(["30s", "3s", "2s", "2s", "2s", "2s", "2s"].map((timeout) => ({ timeout, zone: "UTC" })));
  });

  test("sets no time limits for a pooler that rejects them", async () => {
    await using fresh = await freshDatabase();
    const { db, close } = connect(fresh.address, { limits: false });
    expect(await db.execute(settings)).toEqual([{ timeout: "0", zone: "UTC" }]);
    await close();
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
