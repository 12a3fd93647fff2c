import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { fillSearch } from "./search/fill";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

async function fillAll() {
  while ((await fillSearch(fresh.db, 16_384)) > 0);
}

it("finds artifacts by a query, and says why", async () => {
  const metadata = { place: { city: "Oslo" } };
  const data = [{ city: "Rome" }, { city: "Oslo" }];
  const { id } = await call.artifact.create({
    key: "reports/oslo",
    type: "table",
    description: "Of Oslo",
    metadata,
    data,
  });
  await call.collection.update({ key: "reports/oslo", title: "Oslo today" });
  const report = await call.artifact.create({ type: "markdown", data: "# Cities\n\nOslo and others" });
  await call.artifact.create({ key: "other", data: "nothing" });
  await fillAll();
  const found = await call.artifact.page({ where: { query: "OSLO" } });
  expect(found.items.map((row) => row.id)).toEqual([report.id, id]);
  const { items } = await call.collection.page({ where: { query: "oslo type:table" } });
  expect(items.map((row) => row.id)).toEqual([id]);
  expect((await call.artifact.page({ where: { query: "-oslo" } })).items).toHaveLength(1);
  const { reasons, pending } = await call.search.why({ query: "oslo type:table", ids: [id, report.id] });
  expect(pending).toBe(0);
  expect(reasons).toEqual([
    {
      id,
      matches: [
        { in: "key", text: "reports/oslo", marks: [[8, 12]] },
        { in: "title", text: "Oslo today", marks: [[0, 4]] },
        { in: "description", text: "Of Oslo", marks: [[3, 7]] },
        { in: "metadata", text: "place.city: Oslo", marks: [[12, 16]], path: ["place", "city"] },
        { in: "data", text: "Oslo", marks: [[0, 4]], rows: [2], column: "city" },
      ],
      partial: false,
      read: true,
    },
    {
      id: report.id,
      matches: [{ in: "data", text: "# Cities  Oslo and others", marks: [[10, 14]], heading: "Cities" }],
      partial: false,
      read: true,
    },
  ]);
});

it("has the best matches first, by where they have the words", async () => {
  const create = async (key: string, fields: object) => (await call.artifact.create({ key, data: "", ...fields })).id;
  const byKey = await create("ranked/kepler", {});
  const byTitle = await create("titled", {});
  await call.collection.update({ key: "titled", title: "The Kepler telescope" });
  const byDescription = await create("described", { description: "Of kepler" });
  const often = await create("often", { data: "kepler, and the laws of kepler" });
  const byContent = await create("content", { data: "orbits of kepler" });
  const second = await create("second", { data: "kepler" });
  const late = await create("late", { data: `${"other words ".repeat(50)}kepler` });
  await fillAll();
  const best = await call.search.best({ where: { query: "kepler" } });
  expect(best.map((row) => row.id)).toEqual([byTitle, byKey, byDescription, often, second, byContent, late]);
  expect(await call.search.best({ where: { query: "kepler key:titled" }, include: ["data"] })).toMatchObject([
    { key: "titled", data: "" },
  ]);
  const limited = callerOn(fresh, "read", "ranked/*");
  expect((await limited.search.best({ where: { query: "kepler" } })).map(({ key }) => key)).toEqual(["ranked/kepler"]);
  expect(await call.search.best({ where: { query: "kepler" }, limit: 1 })).toHaveLength(1);
});

it("counts what is pending, and says nothing of keys that a role does not reach", async () => {
  await fillAll();
  const { id } = await call.artifact.create({ key: "secret", data: "hidden word" });
  expect(await call.search.pending()).toBe(1);
  await fillAll();
  // An update that changes nothing is recorded, but nothing is to be read again.
  await call.artifact.update({ id, description: null, data: "hidden word" });
  expect(await call.search.pending()).toBe(0);
  await call.artifact.update({ id, description: "changed" });
  expect(await call.search.pending()).toBe(1);
  await fillAll();
  const limited = callerOn(fresh, "read", "reports/*");
  expect((await limited.artifact.page({ where: { query: "hidden" } })).items).toEqual([]);
  expect((await limited.collection.page({ where: { query: "secret" } })).items).toEqual([]);
  expect((await limited.search.why({ query: "hidden", ids: [id] })).reasons).toEqual([]);
  expect((await call.search.why({ query: "hidden", ids: [id] })).reasons).toMatchObject([{ id }]);
  expect((await limited.collection.page({ where: { query: "oslo" } })).items).toHaveLength(1);
});

it("reads large data up to a limit, and says so", async () => {
  const large = `${"filler ".repeat(50_000)}needle`;
  const { id } = await call.artifact.create({ key: "large", data: large });
  await fillAll();
  const { reasons } = await call.search.why({ query: "needle", ids: [id] });
  expect(reasons).toEqual([{ id, matches: [], partial: true, read: true }]);
  const rows = await fresh.db.execute(sql`select partial from search_latest where key = 'large'`);
  expect(rows).toEqual([{ partial: true }]);
});
