import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { type Caller, callerOn } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { isFound, textsIn } from "#test/generators/free-text";
import { fillSearch } from "../search/fill";

/** Larger data is searched of latest versions alone. */
const VERSION_BYTES = 60;

let fresh: FreshDatabase;
let call: Caller;
beforeAll(async () => {
  fresh = await freshDatabase();
  call = callerOn(fresh);
});
afterAll(() => fresh[Symbol.asyncDispose]());

async function fillAll() {
  while ((await fillSearch(fresh.db, VERSION_BYTES)) > 0);
}

async function now(): Promise<string> {
  const [row] = await fresh.db.execute<{ at: string }>(
    `select to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as at`,
  );
  return row?.at ?? "";
}

const WORDS = ["rain", "rainy", "heavy", "snow"];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(" "));
const data: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.array(fc.dictionary(fc.constantFrom("rain", "wind"), text, { minKeys: 1 }), { minLength: 1, maxLength: 2 }),
  text.map((each) => `${"filler ".repeat(10)}${each}`),
);
const operation = fc.record({
  verb: fc.constantFrom(
    ...(["create", "create", "create", "update", "update", "remove", "restore", "purge", "rename", "about"] as const),
  ),
  key: fc.constantFrom("rain/a", "snow", "other", null),
  pick: fc.nat(30),
  data,
  description: fc.option(text),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

async function perform({ verb, key, pick, data, description }: Operation): Promise<void> {
  const among = <T>(rows: T[]) => rows[pick % Math.max(rows.length, 1)];
  if (verb === "create") {
    await call.artifact.create({ key, type: Array.isArray(data) ? "table" : "markdown", data, description });
    return;
  }
  if (verb === "restore" || verb === "purge") {
    const trashed = among(await call.trash.list({ limit: 200 }));
    if (trashed && verb === "restore") await call.artifact.restore({ id: trashed.id });
    else if (trashed) await call.trash.purge({ ids: [trashed.id] });
    return;
  }
  const version = among(await call.artifact.list({ sort: "ID_DESC", limit: 200 }));
  if (!version) return;
  if (verb === "remove") await call.artifact.remove({ id: version.id });
  if (verb === "update") await call.artifact.update({ id: version.id, data, description });
  if (version.key === null) return;
  if (verb === "about") await call.collection.update({ key: version.key, title: description?.slice(0, 50) || null });
  if (verb === "rename") await call.collection.rename({ key: version.key, to: `renamed-${renamed++}` });
}

let renamed = 0;

const QUERIES = [
  ...["rain", "ain", "heavy snow", '"heavy snow"', "rai* -snow", "rain or -heavy", "renamed", "wind -type:table"],
] as const;

/** Whether the words of a query are found, each by a function that says so of one. */
const MEANINGS: Record<
  (typeof QUERIES)[number],
  (row: Artifact, has: (text: string, kind?: "prefix" | "phrase") => boolean) => boolean
> = {
  rain: (_, has) => has("rain"),
  ain: (_, has) => has("ain"),
  "heavy snow": (_, has) => has("heavy") && has("snow"),
  '"heavy snow"': (_, has) => has("heavy snow", "phrase"),
  "rai* -snow": (_, has) => has("rai", "prefix") && !has("snow"),
  "rain or -heavy": (_, has) => has("rain") || !has("heavy"),
  renamed: (_, has) => has("renamed"),
  "wind -type:table": ({ type }, has) => has("wind") && type !== "table",
};

const all = { include: ["data" as const], limit: 200 };
const sortedIds = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();

it("words find what versions had then, whatever was changed or deleted since", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 4, maxLength: 14 }), async (operations) => {
      await fresh.db.execute(sql`truncate artifact, artifact_collection, artifact_data, artifact_trash, artifact_revision,
        label, event, trash_period, collection_about, search_version, search_latest, search_pending cascade`);
      const history: { at: string; versions: Artifact[] }[] = [];
      for (const each of operations) {
        await perform(each);
        history.push({ at: await now(), versions: await call.artifact.list(all) });
      }
      await fillAll();
      const here = new Map((await call.artifact.list({ limit: 200 })).map((row) => [row.id, row]));
      const trashed = new Map((await call.trash.list({ limit: 200 })).map((row) => [row.id, row]));
      const latestNow = new Set((await call.collection.list({ limit: 200 })).map(({ id }) => id));
      const nameOf = ({ id }: Artifact) => (here.get(id) ?? trashed.get(id))?.key ?? null;
      const titles = new Map<string, string | null>();
      for (const key of new Set([...here.values(), ...trashed.values()].flatMap((row) => row.key ?? []))) {
        const [row] = await fresh.db.execute<{ title: string | null }>(
          sql`select title from collection_about where key = ${key}`,
        );
        titles.set(key, row?.title ?? null);
      }
      for (const { at: asOf, versions } of history) {
        const remaining = versions.filter(({ id }) => here.has(id) || trashed.has(id));
        const isRead = (row: Artifact) => {
          const current = here.get(row.id);
          const isChanged = current === undefined || current.updated > asOf;
          return isChanged || row.key === null || latestNow.has(row.id) || row.size <= VERSION_BYTES;
        };
        const has = (row: Artifact) => (text: string, kind?: "prefix" | "phrase") => {
          const key = nameOf(row);
          const { fields, columns } = isRead(row)
            ? textsIn(row.data ?? null, row.rows !== null)
            : { fields: [], columns: [] };
          const names = [row.description, key, key && titles.get(key)].flatMap((each) => each || []);
          return isFound([...fields, ...names], [...columns, ...names], { text, kind: kind ?? "word" });
        };
        const newest = new Map<string, Artifact>();
        for (const row of remaining.toSorted((one, other) => Number(one.version) - Number(other.version)))
          if (row.key !== null) newest.set(row.key, row);
        for (const query of QUERIES) {
          const matches = (row: Artifact) => MEANINGS[query](row, has(row));
          const where = { query };
          const [found, latest] = await Promise.all([
            call.artifact.list({ where, asOf, limit: 200 }),
            call.collection.list({ where, asOf, limit: 200 }),
          ]);
          expect([query, sortedIds(found)]).toEqual([query, sortedIds(remaining.filter(matches))]);
          expect([query, sortedIds(latest)]).toEqual([query, sortedIds([...newest.values()].filter(matches))]);
        }
      }
    }),
    { numRuns: 2 * inject("runs"), endOnFailure: true },
  );
}, 120_000);

it("says what is not searched as it was, and where what was found is", async () => {
  const long = `${"filler ".repeat(20)}needle`;
  const first = await call.artifact.create({ key: "long", data: long });
  const second = await call.artifact.create({ key: "changed", data: "a needle in hay" });
  const asOf = await now();
  await call.artifact.create({ key: "long", data: "other" });
  await call.artifact.update({ id: second.id, data: "gone" });
  await fillAll();
  const where = { query: "needle" };
  expect(sortedIds((await call.collection.page({ where, asOf })).items)).toEqual([second.id]);
  expect((await call.collection.page({ where, asOf })).pending).toBe(0);
  expect((await call.collection.page({ where })).items).toEqual([]);
  const { reasons } = await call.search.why({ query: "needle", ids: [first.id, second.id], asOf });
  expect(reasons).toMatchObject([
    { id: first.id, partial: true },
    { id: second.id, partial: false, matches: [{ in: "data", text: "a needle in hay" }] },
  ]);
  await call.artifact.remove({ id: second.id });
  expect(sortedIds((await call.artifact.page({ where, asOf })).items)).toEqual([second.id]);
  expect((await call.artifact.page({ where, asOf })).pending).toBe(1);
  const limited = callerOn(fresh, "read", "long");
  expect((await limited.artifact.page({ where, asOf })).items).toEqual([]);
});
