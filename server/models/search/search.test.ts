import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, inject, it } from "vitest";
import type { Json } from "#contract/json";
import type { TextTerm } from "#contract/query/tree";
import { RawJson } from "#contract/raw-json";
import { artifact, artifactCollection } from "#db/schema";
import { parseTerm } from "#formats/search/term";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { isFound, textsIn } from "#test/generators/free-text";
import { doctor } from "../admin";
import { update } from "../artifact";
import { LOCAL } from "../author";
import { textByIndex } from "../query/text";
import { checkSearch } from "./check";
import { countPending, fillSearch, postponePending } from "./fill";

const VERSION_BYTES = 400;

const fresh = await databaseOfFile();
const call = callerOn(fresh);

async function fillAll() {
  while ((await fillSearch(fresh.db, VERSION_BYTES)) > 0);
}

/** What a term finds by the indexes. */
async function idsOf(term: TextTerm, scope: "artifact" | "collection" = "artifact"): Promise<string[]> {
  const isLatest = scope === "collection";
  const { id, key } = isLatest ? { id: artifactCollection.latestId, key: artifactCollection.key } : artifact;
  const target = { id, key, isLatest };
  const terms = [parseTerm(term)];
  if (terms.every(({ words, part }) => words.length === 0 && part === null)) return [];
  const { condition: which } = await textByIndex(fresh.db, target)(terms, []);
  const select = isLatest
    ? sql`select latest_id as id from ${artifactCollection} where live > 0 and ${which}`
    : sql`select id from ${artifact} where ${which}`;
  return (await fresh.db.execute<{ id: string }>(select)).map((row) => row.id).sort();
}

const word = (text: string): TextTerm => ({ text, kind: "word" });
const prefix = (text: string): TextTerm => ({ text, kind: "prefix" });
const phrase = (text: string): TextTerm => ({ text, kind: "phrase" });

async function violations(repair = false) {
  const found = [];
  for (let after: string | null | undefined; after !== null; ) {
    const batch = await checkSearch(fresh.db, { after }, VERSION_BYTES, repair);
    found.push(...batch.violations);
    after = batch.next;
  }
  return found;
}

describe("finds", () => {
  let id = "";
  beforeAll(async () => {
    const table = [
      { "Wind speed": 12.5, Stadt: "Köln" },
      { "Wind speed": 3, Stadt: "Ålesund" },
    ];
    const input = { key: "weather/oslo-daily", type: "table", description: "Élan of the fjord", data: table };
    await call.artifact.create({ ...input, description: "An earlier one" });
    ({ id } = await call.artifact.create({ ...input, metadata: { region: { code: "eu-west" } } }));
    await call.collection.update({
      key: input.key,
      title: "Wetterbericht",
      links: [{ url: "https://wiki.example/page" }],
    });
    await fillAll();
  });

  it.each([
    ["a word of a cell, without its marks", word("KOLN")],
    ["a word of the description, with marks", word("éLAN")],
    ["the beginning of a word", prefix("Åle")],
    ["words in a row", phrase("of the fjord")],
    ["metadata by path and value", phrase("region code eu west")],
    ["a number", word("12.5")],
    ["a column", phrase("wind speed")],
  ])("%s", async (_, term) => {
    expect(await idsOf(term, "collection")).toEqual([id]);
    expect(await idsOf(term)).toContain(id);
  });

  it.each([
    ["a part of the key", word("slo-dai")],
    ["a part of the title", word("terber")],
    ["a part of a column", word("tad")],
    ["a part of the description", word("jor")],
    ["a link of the key", word("wiki")],
  ])("%s", async (_, term) => {
    expect(await idsOf(term, "collection")).toEqual([id]);
    expect(await idsOf(term)).toContain(id);
  });

  it.each([
    ["a part of a word in content", word("ale")],
    ["fewer letters than a part has", word("sl")],
    ["words of two cells", phrase("12 5 koln")],
    ["words in another order", phrase("fjord the")],
    ["no words", word("…")],
    ["another pattern", word("%")],
  ])("not %s", async (_, term) => {
    expect(await idsOf(term, "collection")).toEqual([]);
  });

  it("each version by what it has, and by its key", async () => {
    expect(await idsOf(word("earlier"))).toHaveLength(1);
    expect(await idsOf(word("wetterbericht"))).toHaveLength(2);
  });
});

it("covers large data of the latest version alone, and reports what it leaves out", async () => {
  const large = `${"filler ".repeat(100)} needle`;
  const first = await call.artifact.create({ key: "large", data: large });
  const keyless = await call.artifact.create({ data: `${large} in a haystack` });
  await fillAll();
  expect(await idsOf(word("needle"))).toEqual([first.id, keyless.id].sort());
  const second = await call.artifact.create({ key: "large", data: `${large} again` });
  await fillAll();
  expect(await idsOf(word("needle"))).toEqual([second.id, keyless.id].sort());
  expect(await idsOf(word("needle"), "collection")).toEqual([second.id]);
  const rows = await fresh.db.execute(sql`select partial from search_version where artifact_id = ${first.id}::uuid`);
  expect(rows).toEqual([{ partial: true }]);
  await call.artifact.remove({ id: second.id });
  await fillAll();
  expect(await idsOf(word("needle"), "collection")).toEqual([first.id]);
});

it("finds nothing twice that changes while it is read", async () => {
  const { id } = await call.artifact.create({ key: "changing", data: "before" });
  const { db } = fresh.connect();
  await db.transaction(async (tx) => {
    await update(tx, { id, data: RawJson.fromValue("after") }, LOCAL, 1);
    await fillAll();
  });
  expect(await countPending(fresh.db)).toBe(1);
  await fillAll();
  expect([await idsOf(word("before")), await idsOf(word("after"))]).toEqual([[], [id]]);
});

describe("takes from the queue", () => {
  const pendingIds = async () => {
    const rows = await fresh.db.execute<{ id: string }>(sql`
      select artifact_id as id from search_pending p where artifact_id is not null order by p.id desc`);
    return rows.map(({ id }) => id);
  };

  it("as much text of descriptions and metadata as is read at once", async () => {
    await fillAll();
    const description = "d".repeat(60_000);
    for (let n = 0; n < 40; n += 1) await call.artifact.create({ description, metadata: { m: description }, data: n });
    const filled = await fillSearch(fresh.db, VERSION_BYTES);
    expect([filled > 30, filled < 40]).toEqual([true, true]);
    await fillAll();
    expect(await countPending(fresh.db)).toBe(0);
  });

  it("all versions with more words in all than are stored at once", async () => {
    const data = { [`deep ${"name ".repeat(200)}`]: Array(400).fill("amplified") };
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) ids.push((await call.artifact.create({ data })).id);
    await fillSearch(fresh.db, 16_384);
    expect(await pendingIds()).toEqual([]);
    expect(await idsOf(word("amplified"))).toEqual(ids.sort());
  });

  it("what was postponed after all others", async () => {
    await fillAll();
    const create = async (data: string) => (await call.artifact.create({ data })).id;
    const [first, second, third] = [await create("one"), await create("two"), await create("three")];
    expect(await postponePending(fresh.db)).toBe(third);
    const fourth = await create("four");
    expect(await pendingIds()).toEqual([fourth, second, first, third]);
    expect(await fillSearch(fresh.db, VERSION_BYTES)).toBe(3);
    expect(await pendingIds()).toEqual([third]);
    expect(await postponePending(fresh.db)).toBe(third);
    expect(await fillSearch(fresh.db, VERSION_BYTES, 1)).toBe(1);
    expect([await pendingIds(), await postponePending(fresh.db)]).toEqual([[], null]);
  });
});

it("is checked and repaired", async () => {
  const { id } = await call.artifact.create({ key: "damaged", data: "undamaged" });
  const { id: missing } = await call.artifact.create({ data: "two" });
  expect(await violations()).toEqual([]);
  await fillAll();
  await fresh.db.execute(sql`update search_version set words = 'other' where artifact_id = ${id}::uuid`);
  await fresh.db.execute(sql`delete from search_version where artifact_id = ${missing}::uuid`);
  await fresh.db.execute(sql`update search_latest set partial = true where key = 'damaged'`);
  await fresh.db.execute(sql`insert into search_version values (gen_random_uuid(), 'lost', null, false)`);
  await fresh.db.execute(sql`insert into search_latest select 'lost', artifact_id, words, names, partial, key_words, key_names
    from search_latest where key = 'damaged'`);
  expect(await violations()).toHaveLength(5);
  expect(await violations(true)).toHaveLength(5);
  await fillAll();
  expect(await violations()).toEqual([]);
  expect([await idsOf(word("undamaged")), await idsOf(word("lost"))]).toEqual([[id], []]);
});

const WORDS = ["rain", "rainy", "heavy", "Köln", "koln", "x1", "天気", "a-b"];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((words) => words.join(" "));
const data: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.array(fc.dictionary(fc.constantFrom("rain", "Wind x1"), fc.oneof(text, fc.nat(3))), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("heavy", "koln"), fc.oneof(text, fc.array(text, { maxLength: 2 })), { maxKeys: 2 }),
);
const step = fc.record({
  verb: fc.constantFrom(
    ...(["create", "create", "create", "update", "remove", "restore", "rename", "about", "fill"] as const),
  ),
  key: fc.constantFrom("rain/a", "koln", "other", null),
  which: fc.nat(20),
  type: fc.constantFrom("markdown", "table", "json"),
  data,
  description: fc.option(text),
});
const term = fc.record({
  text: fc.oneof(fc.constantFrom(...WORDS, "rai", "he", "ol", "気"), text),
  kind: fc.constantFrom("word" as const, "prefix" as const, "phrase" as const),
});

it("finds what a matcher without an index finds, after any writes and interrupted work", async () => {
  const run = fc.asyncProperty(
    fc.array(step, { minLength: 1, maxLength: 12 }),
    fc.array(term, { minLength: 20, maxLength: 20 }),
    async (steps, terms) => {
      for (const each of steps) await perform(each);
      await fillAll();
      expect(await violations()).toEqual([]);
      const { items: versions } = await call.artifact.page({ limit: 200, include: ["data"] });
      const { items: latest } = await call.collection.page({ limit: 200 });
      const isLatest = new Set(latest.map(({ id }) => id));
      const described = new Map<string, (string | null | undefined)[]>();
      for (const { key } of latest) {
        const about = key === null ? null : await call.collection.about({ key });
        described.set(key ?? "", [key, about?.title, about?.description]);
      }
      for (const term of terms) {
        const expected = versions.filter(({ key, description, data, rows, size, id }) => {
          const isRead = key === null || isLatest.has(id) || size <= VERSION_BYTES;
          const { fields, columns } = isRead ? textsIn(data ?? null, rows !== null) : { fields: [], columns: [] };
          const ofKey = (described.get(key ?? "") ?? []).flatMap((each) => each ?? []);
          const own = description === null ? [] : [description];
          return isFound([...fields, ...own, ...ofKey], [...columns, ...own, ...ofKey], term);
        });
        const ids = expected.map(({ id }) => id).sort();
        expect([term, await idsOf(term)]).toEqual([term, ids]);
        expect([term, await idsOf(term, "collection")]).toEqual([term, ids.filter((id) => isLatest.has(id))]);
      }
    },
  );
  // Each query reads what the other tests left, which is large.
  const { items } = await call.artifact.page({ limit: 200 });
  const ids = items.map(({ id }) => id);
  await call.artifact.removeMany({ ids });
  await call.trash.purge({ ids });
  await fc.assert(run, { numRuns: 8 * inject("runs") });
  expect(await doctor(fresh.db)).toEqual([]);
}, 120_000);

async function perform({
  verb,
  key,
  which,
  type,
  data,
  description,
}: typeof step extends fc.Arbitrary<infer T> ? T : never) {
  const { items } = await call.artifact.page({ limit: 200 });
  const subject = items[which % Math.max(items.length, 1)];
  switch (verb) {
    case "create":
      await call.artifact.create({ key, type, data, description });
      break;
    case "update":
      if (subject) await call.artifact.update({ id: subject.id, data, description });
      break;
    case "remove":
      if (subject) await call.artifact.remove({ id: subject.id });
      break;
    case "restore": {
      const [row] = await call.trash.list({ limit: 1, offset: which });
      if (row) await call.artifact.restore({ id: row.id });
      break;
    }
    case "rename": {
      const to = `renamed-${which}`;
      const isTaken = items.some((each) => each.key === to) || (await call.trash.count({ where: { key: to } })) > 0;
      if (subject?.key && subject.key !== to && !isTaken) await call.collection.rename({ key: subject.key, to });
      break;
    }
    case "about":
      if (subject?.key) await call.collection.update({ key: subject.key, title: description?.slice(0, 50) || null });
      break;
    case "fill":
      await interruptedFill();
  }
}

/** A batch that is rolled back before it is committed. */
async function interruptedFill() {
  const stopped = new Error("stopped");
  const interrupted = fresh.db.transaction(async (tx) => {
    await fillSearch(tx, VERSION_BYTES);
    throw stopped;
  });
  await expect(interrupted).rejects.toBe(stopped);
}
