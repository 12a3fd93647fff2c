import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { RULES, reachable, TABLES } from "./reach";

const fresh = await databaseOfFile();
const all = callerOn(fresh);
const limited = callerOn(fresh, "admin", "reports-*");

it("has a rule for every table", () => {
  expect(Object.keys(RULES).sort()).toEqual([...TABLES].sort());
});

it("reads the rows of its keys in a statement, a CTE and a transaction", async () => {
  await all.artifact.create({ key: "reports-a", data: 1 });
  await all.artifact.create({ key: "other", data: 2 });
  await all.artifact.create({ data: 3 });
  const db = reachable(fresh.pools.searches, "reports-*");
  const keys = async (read: typeof db, text = sql`select key from artifact`) =>
    (await read.execute<{ key: string }>(text)).map(({ key }) => key);
  expect(await keys(db)).toEqual(["reports-a"]);
  expect(await keys(db, sql`with a as (select * from "artifact") select key from a`)).toEqual(["reports-a"]);
  expect(await keys(db, sql`(select key from artifact) union all (select key from artifact where ${true})`)).toEqual([
    "reports-a",
    "reports-a",
  ]);
  expect(await db.transaction((tx) => tx.transaction((inner) => keys(inner)))).toEqual(["reports-a"]);
  await expect(db.execute(sql`delete from artifact`)).rejects.toThrow();
  await expect(db.execute(sql`with recursive a as (select 1) select * from artifact`)).rejects.toThrow();
  await expect(db.execute(sql`truncate artifact`)).rejects.toThrow();
});

it("lists", async () => {
  expect(await limited.artifact.count({})).toBe(1);
  expect((await limited.artifact.list({})).map(({ key }) => key)).toEqual(["reports-a"]);
  expect((await limited.collection.page({})).items.map(({ key }) => key)).toEqual(["reports-a"]);
  await expect(limited.artifact.create({ key: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
