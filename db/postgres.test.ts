import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { connect, driverAddress } from "./postgres";

describe("driverAddress", () => {
  test.each([
    ["postgres://me:secret@db.example:5433/v", "postgres://me:secret@db.example:5433/v"],
    ["postgres:///v?host=db.example", "postgres:///v?host=db.example"],
    ["not a URL", "not a URL"],
    ["postgres:///v?host=/run/pg&user=me", { host: "/run/pg", port: 5432, user: "me", database: "v", password: "" }],
    [
      "postgres:///v?host=/run/pg&user=me&port=6000&password=s%20p",
      { host: "/run/pg", port: 6000, user: "me", database: "v", password: "s p" },
    ],
    [
      "postgres://m%40e:p%2Fw@localhost:6000/v?host=/run/pg",
      { host: "/run/pg", port: 6000, user: "m@e", database: "v", password: "p/w" },
    ],
  ])("of %s", (address, expected) => {
    expect(driverAddress(address)).toEqual(expected);
  });

  test("leaves an object as it is", () => {
    const address = { host: "/run/pg", port: 5432, user: "me", database: "v" };
    expect(driverAddress(address)).toBe(address);
  });
});

describe("connect", () => {
  const settings = sql`select current_setting('statement_timeout') as timeout, current_setting('TimeZone') as zone`;

  test("limits searches and short statements to 2 s, and everything else to 30 s", async () => {
    await using fresh = await freshDatabase();
    const { pools } = fresh.connect();
    const all = [pools.writes, pools.searches, ...Array.from({ length: 4 }, () => pools.reads())];
    const timeouts = await Promise.all(all.map(async (db) => (await db.execute(settings))[0]));
    expect(timeouts).toEqual(["30s", "2s", "2s", "2s", "2s", "2s"].map((timeout) => ({ timeout, zone: "UTC" })));
  });

  test("sets no time limits for a pooler that rejects them", async () => {
    await using fresh = await freshDatabase();
    const { db, close } = connect(fresh.address, { limits: false });
    expect(await db.execute(settings)).toEqual([{ timeout: "0", zone: "UTC" }]);
    await close();
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
