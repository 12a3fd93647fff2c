import { randomInt } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { MAX_QUERY } from "#contract/limits";
import { queryOf } from "#contract/query/from-where";
import { fillSearch } from "#server/models/search/fill";
import { type Caller, callerOn } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { type Dataset, datasets } from "#test/generators/draw";
import { wheres } from "#test/generators/filters";
import { latestOf, plant } from "#test/generators/plant";
import { queryTexts } from "#test/generators/query-texts";

const DATASETS = 3 * inject("runs");
const QUERIES = 100;

let fresh: FreshDatabase;
let call: Caller;
beforeAll(async () => {
  fresh = await freshDatabase();
  call = callerOn(fresh);
});
afterAll(() => fresh[Symbol.asyncDispose]());

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
        expect([counted, keyCount]).toEqual([versions.length, keys.length]);
        if (versions.length > 0 && versions.length < dataset.artifacts.length) telling++;
      }),
    );
    // Queries that match everything or nothing prove little.
    expect(telling / (DATASETS * QUERIES)).toBeGreaterThan(0.3);
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
    expect(printed / (DATASETS * QUERIES)).toBeGreaterThan(0.8);
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
