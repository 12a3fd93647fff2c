import { type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { TextTerm } from "#contract/query/tree";
import { artifact, artifactCollection } from "#db/schema";
import { parseTerm } from "#formats/search/term";
import { type Caller, callerOn } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { isFound, textsIn } from "#test/generators/free-text";
import { fillSearch } from "../search/fill";
import { firstAmong } from "./sample";
import { type FindText, textByIndex, textInRows } from "./text";
import { firstInWindow } from "./window";

const WORDS = ["rain", "rainy", "train", "snow", "heavy", "of", "x1"];
const words = (most: number) => fc.array(fc.constantFrom(...WORDS), { maxLength: most });
const version = fc.record({
  key: fc.constantFrom("rain/a", "snow/b", "heavy-snow", "c", null),
  description: fc.option(words(3).map((all) => all.join(" "))),
  data: words(4).map((all) => all.join(" ")),
});
const title = fc.record({ key: fc.constantFrom("rain/a", "c"), title: words(2).map((all) => all.join(" ") || "none") });
const term: fc.Arbitrary<TextTerm> = fc.oneof(
  fc.record({
    text: fc.constantFrom(...WORDS, "ain", "now/b"),
    kind: fc.constantFrom("word" as const, "prefix" as const),
  }),
  words(2).map((all): TextTerm => ({ text: all.join(" ") || "snow of", kind: "phrase" })),
);

let fresh: FreshDatabase;
let call: Caller;
beforeAll(async () => {
  fresh = await freshDatabase();
  call = callerOn(fresh);
});
afterAll(() => fresh[Symbol.asyncDispose]());

const ofVersions = { id: artifact.id, key: artifact.key, isLatest: false };
const ofLatest = { id: artifactCollection.latestId, key: artifactCollection.key, isLatest: true };

async function idsOf(findText: FindText, terms: TextTerm[], without: TextTerm[], isLatest: boolean): Promise<string[]> {
  const { condition, among } = await findText(terms.map(parseTerm), without.map(parseTerm));
  const target = isLatest ? ofLatest : ofVersions;
  const select = (which: SQL | undefined) =>
    isLatest
      ? sql`select latest_id as id from ${artifactCollection} where live > 0 and ${which ?? sql`true`}`
      : sql`select id from ${artifact} where ${which ?? sql`true`}`;
  const rows = await fresh.db.execute<{ id: string }>(select(condition));
  const ids = rows.map(({ id }) => id).sort();
  if (!among) return ids;
  const value = isLatest ? artifactCollection.created : artifact.created;
  const order = { value, type: "timestamptz", id: target.id, descending: true, of: () => "" } as const;
  const found = await firstAmong(fresh.db, { order, position: null, limit: 200, select }, target, among, condition);
  expect([terms, without, found.sort()]).toEqual([terms, without, ids]);
  return ids;
}

/** The newest versions that have terms, looked for by one of them in the newest of all; null where these have too few. */
async function firstIds(terms: TextTerm[], without: TextTerm[], limit: number): Promise<string[] | null> {
  const [all, others] = [terms.map(parseTerm), without.map(parseTerm)];
  const { condition } = await textInRows(ofVersions)(all, others);
  const select = (which: SQL | undefined) => sql`select id from ${artifact} ${which && sql`where ${which}`}`;
  const order = {
    value: artifact.created,
    type: "timestamptz",
    id: artifact.id,
    descending: true,
    of: () => "",
  } as const;
  return firstInWindow(fresh.db, { order, position: null, limit, select }, artifact.id, all, condition, 0);
}

describe("words together and words that are not there", () => {
  it("are found by the indexes, whatever is rare, as by looking at each version", async () => {
    const searches = fc.array(
      fc.record({
        terms: fc.array(term, { minLength: 1, maxLength: 5 }),
        without: fc.array(term, { maxLength: 2 }),
        atMost: fc.constantFrom(0, 1, 3, 10, 5_000),
        isLatest: fc.boolean(),
      }),
      { minLength: 30, maxLength: 30 },
    );
    let telling = 0;
    let full = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(version, { minLength: 10, maxLength: 40 }),
        fc.array(title, { maxLength: 2 }),
        searches,
        async (versions, titles, each) => {
          await fresh.db.execute(sql`truncate artifact, artifact_collection, artifact_data, collection_about,
            search_version, search_latest, search_pending cascade`);
          const rows = await call.artifact.createMany({ items: versions });
          const named = new Map<string, string>();
          for (const { key, title } of titles) {
            if (!versions.some((row) => row.key === key)) continue;
            await call.collection.update({ key, title });
            named.set(key, title);
          }
          while ((await fillSearch(fresh.db, 16_384)) > 0);
          const latest = new Map(rows.flatMap(({ key, id }) => (key === null ? [] : [[key, id]])));
          for (const { terms, without, atMost, isLatest } of each) {
            const matches = rows.filter(({ id, key, description }, at) => {
              if (isLatest && latest.get(key ?? "") !== id) return false;
              const names = [key, key && named.get(key), description].flatMap((one) => one || []);
              const has = (term: TextTerm) =>
                isFound([...textsIn(versions[at]?.data ?? "").fields, ...names], names, term);
              return terms.every(has) && !without.some(has);
            });
            const inOrder = matches.toSorted((one, other) =>
              one.created + one.id < other.created + other.id ? 1 : -1,
            );
            const first = await firstIds(terms, without, 2);
            if (first && !isLatest) {
              full += 1;
              expect([terms, without, first]).toEqual([terms, without, inOrder.slice(0, 2).map(({ id }) => id)]);
            }
            const expected = matches.map(({ id }) => id).sort();
            if (expected.length > 0) telling += 1;
            const target = isLatest ? ofLatest : ofVersions;
            const found = async (find: FindText) => [terms, without, await idsOf(find, terms, without, isLatest)];
            expect(await found(textByIndex(fresh.db, target, atMost))).toEqual([terms, without, expected]);
            expect(await found(textInRows(target))).toEqual([terms, without, expected]);
          }
        },
      ),
      { numRuns: 6 * inject("runs") },
    );
    expect(telling / (180 * inject("runs"))).toBeGreaterThan(0.03);
    expect(full).toBeGreaterThan(0);
  }, 120_000);
});
