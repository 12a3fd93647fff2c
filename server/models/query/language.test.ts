import { randomInt } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { MAX_QUERY } from "#contract/limits";
import { queryOf } from "#contract/query/from-where";
import type { Where } from "#contract/where";
import { artifact } from "#db/schema";
import { LOCAL, namedActor } from "#server/models/author";
import { createChanges } from "#server/models/changes";
import { fillSearch } from "#server/models/search/fill";
import { type Caller, callerOn, valueCaller } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { type Dataset, datasets } from "#test/generators/draw";
import { wheres } from "#test/generators/filters";
import { latestOf, plant } from "#test/generators/plant";
import { queryTexts } from "#test/generators/query-texts";
import { matching, sortKey, versionOrder } from "./version-filter";

const DATASETS = 3 * inject("runs");
const QUERIES = 50;

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const LONG = { timeout: 120_000 * inject("runs") };

/** Checks random datasets with random queries, both from one seed, which a failure names. */
async function everywhere(property: (dataset: Dataset) => fc.IAsyncProperty<unknown>): Promise<void> {
  const first = randomInt(2 ** 30);
  for (let seed = first; seed < first + DATASETS; seed++) {
    const [dataset] = fc.sample(datasets, { seed, numRuns: 1 });
    if (!dataset) throw new Error("fc.sample returned nothing");
    await plant(fresh.db, dataset);
    while ((await fillSearch(fresh.db, 16_384)) > 0);
    await fc.assert(property(dataset), { seed, numRuns: QUERIES });
  }
}

async function idsOf(where: Where, how: { looksAt: number; limit: number }): Promise<string[]> {
  const order = versionOrder(fresh.db, artifact, sortKey, "CREATED_DESC");
  const select = (which: SQL | undefined) => sql`select id from ${artifact} where ${which ?? sql`true`}`;
  const which = await matching(fresh.db, artifact, where, { order, position: null, select, ...how });
  return sortedIds(await fresh.db.execute<{ id: string }>(select(which)));
}

function sortedIds(rows: { id: string }[]): string[] {
  return rows.map(({ id }) => id).sort();
}

describe("a query over random data", () => {
  it(`finds what a naive matcher does, in ${DATASETS * QUERIES} cases`, LONG, async () => {
    let telling = 0;
    await everywhere((dataset) =>
      fc.asyncProperty(queryTexts(dataset), async ({ text, matches }) => {
        const where = { query: text };
        const versions = dataset.artifacts.filter(matches);
        const keys = latestOf(dataset).filter(matches);
        const [listed, counted, latest, keyCount] = await Promise.all([
          call.artifact.list({ where, limit: 200 }),
          call.artifact.count({ where }),
          call.collection.list({ where, limit: 200, sort: "VERSIONS_DESC" }),
          call.collection.count({ where }),
        ]);
        expect(sortedIds(listed)).toEqual(sortedIds(versions));
        expect(sortedIds(latest)).toEqual(sortedIds(keys));
        // However many rows are looked at before, of however many that are read.
        for (const [looksAt, limit] of [
          [0, Number.POSITIVE_INFINITY],
          [0, 200],
          [5, 0],
        ] as const) {
          const found = await idsOf(where, { looksAt, limit });
          expect([looksAt, found]).toEqual([looksAt, sortedIds(versions)]);
        }
        expect([counted, keyCount]).toEqual([versions.length, keys.length]);
        if (versions.length > 0 && versions.length < dataset.artifacts.length) telling++;
      }),
    );
    // Queries that match everything or nothing prove little.
    expect(telling / (DATASETS * QUERIES)).toBeGreaterThan(0.15);
  });

  it("finds the same as the typed filter that it was printed from", LONG, async () => {
    let printed = 0;
    await everywhere((dataset) =>
      fc.asyncProperty(wheres(dataset, 12), async (where) => {
        const query = queryOf(where);
        if (query.length > MAX_QUERY) return;
        printed++;
        const [typed, written] = await Promise.all([
          call.artifact.list({ where, limit: 200 }),
          call.artifact.list({ where: { query }, limit: 200 }),
        ]);
        expect(sortedIds(written)).toEqual(sortedIds(typed));
      }),
    );
    expect(printed / (DATASETS * QUERIES)).toBeGreaterThan(0.6);
  });
});

describe("with other filters", () => {
  beforeAll(async () => {
    await plant(fresh.db, {
      flows: [],
      deployments: [],
      flowRuns: [],
      taskRuns: [],
      labels: [],
      abouts: [],
      actors: [],
      authors: new Map(),
      artifacts: [],
      trash: [],
    });
    const items = ["a", "b", "in/c"].flatMap((key) =>
      ["table", "markdown"].map((type) => ({ key, type, description: `${type} of ${key}` })),
    );
    await call.artifact.createMany({ items });
    await fillSearch(fresh.db, 16_384);
  });

  it("both must match, also where the filter has `or`", async () => {
    const keys = async (query: string, artifacts: object) =>
      (await call.artifact.list({ where: { query, artifacts }, sort: "KEY_ASC" })).map(
        ({ key, type }) => `${key} ${type}`,
      );
    expect(await keys("type:table", { key: { any: ["a", "b"] } })).toEqual(["a table", "b table"]);
    const either = { operator: "or", key: { any: ["a"] }, type: { any: ["table"] } };
    expect(await keys("key:b or type:markdown", either)).toEqual(["a markdown", "b table"]);
  });

  it("is followed by cursors, which belong to it", async () => {
    const where = { query: "type:markdown or key:a" };
    const first = await call.artifact.page({ where, limit: 3 });
    const second = await call.artifact.page({ where, limit: 3, cursor: first.next });
    expect([first.items.length, second.items.length]).toEqual([3, 1]);
    const other = call.artifact.page({ where: { query: "type:markdown" }, cursor: first.next });
    await expect(other).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { field: "cursor" } } });
  });

  it("counts ages from the clock of the database", async () => {
    const count = (query: string) => call.artifact.count({ where: { query } });
    expect([await count("age:<1h"), await count("age:>1h"), await count("-age:<1h")]).toEqual([6, 0, 0]);
  });

  it("shows no more than the keys that a role reaches", async () => {
    const limited = callerOn(fresh, "read", "in/*");
    const where = { query: "type:table or -type:table or markdown" };
    expect((await limited.artifact.list({ where })).map(({ key }) => key)).toEqual(["in/c", "in/c"]);
    expect(await limited.collection.count({ where })).toBe(1);
    expect((await limited.artifact.facets({ where })).types.map(({ count }) => count)).toEqual([1, 1]);
  });

  it("knows the caller as `me`, in the past too, with a quoted one as a name", async () => {
    const [{ asOf = "" } = {}] = await fresh.db.execute<{ asOf: string }>(
      `select to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as "asOf"`,
    );
    const changes = createChanges(null);
    const ada = { ...LOCAL, actor: namedActor("key", "ada") };
    const hers = valueCaller({ pools: fresh.pools, role: "write", keys: null, caller: "ada", author: ada, changes });
    await hers.artifact.create({ key: "hers", type: "markdown", data: "text" });
    await call.artifact.create({ key: "hers" });
    const keys = async (by: Caller, query: string, asOf?: string) =>
      (await by.artifact.list({ where: { query }, sort: "KEY_ASC", asOf })).map(({ key }) => key);
    expect(await keys(hers, "by:me")).toEqual(["hers"]);
    expect(await keys(hers, "-by:me type:table")).toEqual(["a", "b", "in/c"]);
    expect(await keys(hers, "by:!=me key:hers")).toEqual(["hers"]);
    expect(await keys(hers, 'by:me,local key:hers or by:"me"')).toEqual(["hers", "hers"]);
    expect(await keys(call, "by:me type:markdown text")).toEqual([]);
    expect(await keys(hers, "by:me", asOf)).toEqual([]);
    const where = { artifacts: { author: { me: true } } };
    const [count, facets, latest] = await Promise.all([
      hers.artifact.count({ where }),
      hers.artifact.facets({ where }),
      // The latest version is another author's.
      hers.collection.count({ where }),
    ]);
    expect([count, facets.types, latest]).toEqual([1, [{ value: "markdown", id: null, count: 1 }], 0]);
    await call.collection.remove({ key: "hers" });
  });

  it("has no `me` where nobody calls", async () => {
    const how = {
      order: versionOrder(fresh.db, artifact, sortKey, "CREATED_DESC"),
      position: null,
      looksAt: 0,
      limit: 1,
    };
    const reading = { ...how, select: (which: SQL | undefined) => sql`select id from ${artifact} where ${which}` };
    await expect(matching(fresh.db, artifact, { query: "by:me" }, reading)).rejects.toThrow(
      'Nobody is known as the caller here; name who is meant instead of "me".',
    );
  });

  it("filters facets and folders", async () => {
    const where = { query: "-key:a description:markdown" };
    expect((await call.collection.facets({ where })).types).toMatchObject([{ value: "markdown", count: 2 }]);
    expect(await call.collection.folders({ where })).toEqual([{ folder: "in/", keys: 1 }]);
  });

  it("is refused with its place and the nearest word", async () => {
    await expect(call.artifact.list({ where: { query: "rows:1 typ:table" } })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: 'The field "where.query" has an error at character 8: unknown operator "typ"; did you mean "type"?',
      cause: { details: { field: "where.query", place: { offset: 7, length: 3, nearest: "type" } } },
    });
  });
});
