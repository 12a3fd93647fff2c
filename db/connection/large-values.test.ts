import { type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, inject, test } from "vitest";
import { STEP } from "#formats/steps";
import { freshDatabase } from "#test/database";
import { decodeRows, LARGE_VALUES } from "./large-values";

const Text = fc
  .tuple(fc.string({ unit: "binary", minLength: 1 }), fc.constantFrom(1, 2_000, 300_000))
  .map(([text, times]) => text.replaceAll("\0", "n").repeat(Math.ceil(times / text.length)));

test("rows are the same with and without the marker, in and out of transactions", async () => {
  await using fresh = await freshDatabase();
  const { pools } = fresh.connect();
  const select = (texts: (string | null)[], end: SQL) => {
    const rows = texts.map(
      (text, i) => sql`(${text}::text, to_json(${text}::text), ${i}::int, array[${text}]::text[])`,
    );
    return sql`select *, now() - now() as zero from (values ${sql.join(rows, sql`, `)}) v (text, data, number, list) ${end}`;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(Text), { minLength: 1, maxLength: 5 }), async (texts) => {
      const plain = await pools.searches.execute(select(texts, sql``));
      const marked = select(texts, LARGE_VALUES);
      expect([...(await pools.searches.execute(marked))]).toEqual([...plain]);
      expect([...(await pools.searches.transaction((tx) => tx.execute(marked)))]).toEqual([...plain]);
    }),
    { numRuns: 20 * inject("runs") },
  );
}, 60_000);

test("a select that Drizzle maps has its values too", async () => {
  await using fresh = await freshDatabase();
  const { db } = fresh.connect();
  const found = await db
    .select({ number: sql<number>`number`, text: sql<string>`repeat('é', 400000) ${LARGE_VALUES}` })
    .from(sql`(values (1)) v (number)`);
  expect(found).toEqual([{ number: 1, text: "é".repeat(400_000) }]);
});

test("other work runs between the steps of decoding a large value", async () => {
  const text = "é".repeat(4 * 1024 * 1024);
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const rows = await decodeRows(Object.assign([[Buffer.from(text)]], { columns: [{ name: "text" }] }), false);
  isDone = true;
  expect(rows).toEqual([{ text }]);
  expect(turns).toBeGreaterThanOrEqual((text.length * 2) / STEP);
});
