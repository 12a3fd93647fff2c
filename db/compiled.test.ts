import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { adHoc } from "./ad-hoc";
import { compiled, statement } from "./compiled";
import { artifact } from "./schema";

test("a compiled select is built once for each pool, and runs with the values of each call", async () => {
  await using fresh = await freshDatabase();
  let built = 0;
  const find = compiled<{ n: number }>(() => {
    built += 1;
    return sql`select ${sql.placeholder("n")}::int + 1 as next`;
  });
  const { writes, searches } = fresh.pools;
  expect(await find(writes, { n: 1 })).toEqual([{ next: 2 }]);
  expect(await find(writes, { n: 5 })).toEqual([{ next: 6 }]);
  expect(await find(searches, { n: 7 })).toEqual([{ next: 8 }]);
  expect(built).toBe(2);
  await expect(writes.transaction((tx) => find(tx, { n: 1 }))).rejects.toThrow(/not in a transaction/);
});

test("a statement takes its values by name, on a pool and in a transaction", async () => {
  await using fresh = await freshDatabase();
  const subtract = statement(["a", "b"], ({ a, b }) => sql`select ${b}::int - ${a}::int as difference`);
  const difference = [{ difference: 5 }];
  expect(await subtract(fresh.db, { a: 2, b: 7 })).toEqual(difference);
  expect(await fresh.db.transaction((tx) => subtract(tx, { b: 7, a: 2 }))).toEqual(difference);
});

test("ad hoc conditions are not prepared, all other statements are", async () => {
  await using fresh = await freshDatabase();
  const { db, close } = fresh.connect();
  await db.transaction(async (tx) => {
    const find = (type: string) =>
      tx
        .select({ id: artifact.id })
        .from(artifact)
        .where(adHoc(sql`type = ${type}`));
    await find("table");
    await tx.execute(sql`select ${1}::int as fixed`);
    const prepared = await tx.execute<{ statement: string }>(sql`select statement from pg_prepared_statements`);
    const texts = prepared.map(({ statement }) => statement);
    expect(texts.filter((text) => text.includes("as fixed"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("type ="))).toEqual([]);
  });
  await close();
  expect(adHoc(undefined)).toBe(undefined);
});
