import { TRPCError } from "@trpc/server";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { type Artifact, CollectionSort, GeneralSort } from "#contract/artifact";
import type { Page } from "#contract/paging";
import type { Where } from "#contract/where";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { type Dataset, datasets } from "#test/generators/draw";
import { wheres } from "#test/generators/filters";
import { ordered } from "#test/generators/order";
import { latestOf, plant } from "#test/generators/plant";
import { KEYS, LABELS, NAMES, TYPES } from "#test/generators/pools";
import { truth } from "#test/generators/truth";
import { doctor } from "../admin";

const WALKS = 12 * inject("runs");
/** The number of writes per page, and per walk: without a limit a walk might never reach the end. */
const AT_A_TIME = 3;
const WRITES = 120;

const fresh = await databaseOfFile();
const call = callerOn(fresh);

/** Half of a dataset is never written to; the writers change the other half. */
const restless = (id: string) => Number.parseInt(id.slice(-1), 16) % 2 === 1;
const RESTLESS_KEYS = KEYS.filter((_, i) => i % 2 === 1);
const isRestless = ({ id, key }: Artifact) => (key === null ? restless(id) : RESTLESS_KEYS.includes(key));

const write = fc.record({
  verb: fc.constantFrom(
    ...(["create", "update", "update", "remove", "remove", "restore", "restore", "removeKey", "changeRun"] as const),
  ),
  which: fc.nat(),
  key: fc.option(fc.constantFrom(...RESTLESS_KEYS), { nil: null }),
  type: fc.option(fc.constantFrom(...TYPES), { nil: null }),
  name: fc.constantFrom(...NAMES),
});
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;

/** Performs writes in sequence on the half that changes. */
function writer(dataset: Dataset) {
  const ids = [...dataset.artifacts, ...dataset.trash].filter(isRestless).map((row) => row.id);
  const runs = dataset.flowRuns.filter((run) => restless(run.id)).map((run) => run.id);
  return async ({ verb, which, key, type, name }: Write): Promise<void> => {
    const id = ids[which % ids.length] ?? "";
    const run = runs[which % runs.length];
    if (verb === "create") {
      ids.push((await call.artifact.create({ key, type, description: name, flowRunId: run })).id);
    } else if (verb === "changeRun") {
      if (run) await call.flowRun.update({ id: run, name, tags: [], state: { type: "RUNNING" } });
    } else if (verb === "removeKey") {
      const removed = await unlessNotFound(call.collection.remove({ key: key ?? "a-b", force: LABELS }));
      if (removed && which % 2) await unlessNotFound(call.trash.restoreRemoval({ removal: removed.removal }));
    } else if (ids.length > 0) {
      await unlessNotFound<unknown>(
        verb === "update"
          ? call.artifact.update({ id, description: name })
          : verb === "remove"
            ? call.artifact.remove({ id, force: LABELS })
            : call.artifact.restore({ id }),
      );
    }
  };
}

async function unlessNotFound<T>(result: Promise<T>): Promise<T | null> {
  return result.catch((error: unknown) => {
    if (error instanceof TRPCError && error.code === "NOT_FOUND") return null;
    throw error;
  });
}

/** By what a walk may meet a row again, which moved meanwhile. */
const movedBy = (row: Artifact & { versions?: number }, sort: string) =>
  sort.startsWith("VERSIONS") ? row.versions : sort === "UPDATED_DESC" ? row.updated : null;

type Query = (cursor: string | null) => Promise<Page<Artifact>>;

/** Follows `next` to the end, then `previous` back to the start, while others write. */
async function walk(query: Query, meanwhile: () => Promise<unknown>): Promise<{ there: Artifact[]; back: Artifact[] }> {
  let pages = 0;
  const step = async (cursor: string | null) => {
    // Each write moves at most one row, so that a walk ends.
    expect(++pages).toBeLessThan(1000);
    return (await Promise.all([query(cursor), meanwhile()]))[0];
  };
  let page = await step(null);
  const there = [...page.items];
  while (page.next) {
    page = await step(page.next);
    there.push(...page.items);
  }
  const back = [...page.items];
  while (page.previous) {
    page = await step(page.previous);
    back.unshift(...page.items);
  }
  return { there, back };
}

const LOOSE: Where[] = [
  {},
  { artifacts: { key: { exists: false } } },
  { artifacts: { operator: "or", key: { exists: false }, type: { any: ["table", "markdown"] } } },
  { artifacts: { description: { contains: "a" } } },
  { flows: {} },
  { flowRuns: { operator: "or", name: { contains: "a" }, state: { type: { notAny: ["RUNNING"] } } } },
];

/** No filter, filters that match much, and any filter. */
const filters = (dataset: Dataset): fc.Arbitrary<Where> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 4, arbitrary: fc.constantFrom(...LOOSE) },
    { weight: 2, arbitrary: wheres(dataset) },
  );

/** A dataset, a query and concurrent writes, from one seed, so that a failure can be reproduced. */
function sample(seed: number) {
  const scenes = datasets.chain((dataset) =>
    fc.record({
      dataset: fc.constant(dataset),
      where: filters(dataset),
      writes: fc.array(write, { minLength: WRITES, maxLength: WRITES }),
    }),
  );
  const [scene] = fc.sample(scenes, { seed, numRuns: 1 });
  if (!scene) throw new Error("expected one scene");
  return scene;
}

const seeds = fc.nat();
const queries = fc.oneof(
  fc.record({ noun: fc.constant("artifact" as const), sort: fc.constantFrom(...GeneralSort.options) }),
  fc.record({ noun: fc.constant("collection" as const), sort: fc.constantFrom(...CollectionSort.options) }),
);
const limits = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 25 }));

describe("paging by cursor while others write", () => {
  it(`sees every row that stayed once, and none twice, in ${WALKS} random walks`, {
    timeout: 120_000 * inject("runs"),
  }, async () => {
    let seen = 0;
    const property = fc.asyncProperty(seeds, queries, limits, async (seed, query, limit) => {
      const { noun, sort } = query;
      const { dataset, where, writes } = sample(seed);
      await plant(fresh.db, dataset);
      const perform = writer(dataset);
      const left = [...writes];
      const meanwhile = () => Promise.all(left.splice(0, AT_A_TIME).map(perform));
      const page = (cursor: string | null): Promise<Page<Artifact>> =>
        query.noun === "artifact"
          ? call.artifact.page({ where, sort: query.sort, limit, cursor })
          : call.collection.page({ where, sort, limit, cursor });
      const { there, back } = await walk(page, meanwhile);

      const ofChangedRun = ({ flowRunId }: Artifact) => where.flowRuns && flowRunId && restless(flowRunId);
      const rows: Artifact[] = noun === "artifact" ? dataset.artifacts : latestOf(dataset);
      const existed = new Set(rows.map((row) => row.id));
      const stayed = (row: Artifact) => existed.has(row.id) && !isRestless(row) && !ofChangedRun(row);
      const expected = ordered(rows.filter(truth(dataset, where).artifact).filter(stayed), sort).map((row) => row.id);
      for (const met of [there, back]) {
        expect(met.filter(stayed).map((row) => row.id)).toEqual(expected);
        // Moved rows are in order too, so that none is returned twice at one position.
        expect(met).toEqual(ordered(met, sort));
        expect(new Set(met.map((row) => `${row.id} ${movedBy(row, sort)}`)).size).toBe(met.length);
      }
      seen += expected.length;
    });
    await fc.assert(property, { numRuns: WALKS, endOnFailure: true });
    expect(seen / WALKS).toBeGreaterThan(1);
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("returns to the last row from a page that became empty", async () => {
    await fresh.db.execute("truncate artifact, artifact_collection, artifact_data, artifact_trash");
    const ids: string[] = [];
    for (const _ of [1, 2, 3, 4]) ids.push((await call.artifact.create({})).id);
    const [first = "", second = "", ...rest] = ids;
    const met = (page: Page<Artifact>) => page.items.map((row) => row.id);
    const query = (cursor: string | null) => call.artifact.page({ sort: "CREATED_ASC", limit: 2, cursor });

    const start = await query(null);
    await call.artifact.removeMany({ ids: rest });
    const emptied = await query(start.next);
    expect(met(emptied)).toEqual([]);
    expect(met(await query(emptied.previous))).toEqual([first, second]);

    await call.artifact.restoreMany({ ids: rest });
    const end = await query(start.next);
    await call.artifact.removeMany({ ids: [first, second] });
    const before = await query(end.previous);
    expect(met(before)).toEqual([]);
    expect(met(await query(before.next))).toEqual(rest);
    // If that row was deleted as well, it continues with the next rows.
    await call.artifact.remove({ id: rest[0] ?? "" });
    expect(met(await query(before.next))).toEqual(rest.slice(1));
  });
});
