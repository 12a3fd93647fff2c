import { randomInt } from "node:crypto";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { CollectionSort, GeneralSort } from "#contract/artifact";
import { FlowSort } from "#contract/flow";
import { FlowRunSort } from "#contract/flow-run";
import { TaskRunSort } from "#contract/task-run";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { type Dataset, datasets } from "#test/generators/draw";
import { wheres } from "#test/generators/filters";
import { ordered } from "#test/generators/order";
import { latestOf, plant } from "#test/generators/plant";
import { truth } from "#test/generators/truth";
import { doctor } from "../admin";

const DATASETS = 7 * inject("runs");
const FILTERS = 50;

const NOTHING: Dataset = {
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
};

const fresh = await databaseOfFile();
const call = callerOn(fresh);

type Row = { id: string };
type Cut = { limit: number; offset: number };

/** Limit and offset: mostly none. */
const cuts: fc.Arbitrary<Cut> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ limit: 200, offset: 0 }) },
  { weight: 1, arbitrary: fc.record({ limit: fc.nat({ max: 40 }), offset: fc.nat({ max: 40 }) }) },
);

/** Compares a list, with limit and offset, and its count with the expected rows. */
async function compare(expected: Row[], { limit, offset }: Cut, list: Promise<Row[]>, count: Promise<number>) {
  const [rows, counted] = await Promise.all([list, count]);
  const ids = expected.map((row) => row.id);
  expect(rows.map((row) => row.id)).toEqual(ids.slice(offset, offset + limit));
  expect(counted).toBe(ids.length);
}

/** Checks random datasets with random filters, both from one seed, which a failure names. */
async function everywhere(filters: number, property: (dataset: Dataset) => fc.IAsyncProperty<unknown>): Promise<void> {
  const first = randomInt(2 ** 30);
  for (let seed = first; seed < first + DATASETS; seed++) {
    const [dataset] = fc.sample(datasets, { seed, numRuns: 1 });
    if (!dataset) throw new Error("fc.sample returned nothing");
    await plant(fresh.db, dataset);
    await fc.assert(property(dataset), { seed, numRuns: filters });
  }
}

const LONG = { timeout: 120_000 * inject("runs") };

describe("the five filters over random data", () => {
  it(`find and count what the contract says, in order, in ${DATASETS * FILTERS} cases`, LONG, async () => {
    let telling = 0;
    await everywhere(FILTERS, (dataset) => {
      const latest = latestOf(dataset);
      const sorts = fc.record({
        sort: fc.constantFrom(...GeneralSort.options),
        keySort: fc.constantFrom(...CollectionSort.options),
      });
      return fc.asyncProperty(wheres(dataset), sorts, cuts, async (where, { sort, keySort }, cut) => {
        const { artifact: meant } = truth(dataset, where);
        const versions = ordered(dataset.artifacts.filter(meant), sort);
        const keys = ordered(latest.filter(meant), keySort);
        if (versions.length > 0 && versions.length < dataset.artifacts.length) telling++;
        const { artifact, collection } = call;
        await Promise.all([
          compare(versions, cut, artifact.list({ where, sort, ...cut }), artifact.count({ where })),
          compare(keys, cut, collection.list({ where, sort: keySort, ...cut }), collection.count({ where })),
        ]);
      });
    });
    // Filters that match everything or nothing prove little.
    expect(telling / (DATASETS * FILTERS)).toBeGreaterThan(0.1);
  });

  it("match flows, deployments and runs by the filters that their lists accept", LONG, async () => {
    const sorts = {
      flowSort: fc.constantFrom(...FlowSort.options),
      flowRunSort: fc.constantFrom(...FlowRunSort.options),
      taskRunSort: fc.constantFrom(...TaskRunSort.options),
    };
    await everywhere(FILTERS / 5, (dataset) =>
      fc.asyncProperty(wheres(dataset, 6), fc.record(sorts), cuts, async (where, { flowSort, ...runSorts }, cut) => {
        const meant = truth(dataset, where);
        const { flows, deployments, flowRuns, taskRuns } = where;
        const ofFlowRuns = { flowRuns, deployments, flows };
        const ofTaskRuns = { taskRuns, ...ofFlowRuns };
        const { flowRunSort, taskRunSort } = runSorts;
        await Promise.all([
          compare(
            ordered(dataset.flows.filter(meant.flow), flowSort),
            cut,
            call.flow.list({ where: { flows }, sort: flowSort, ...cut }),
            call.flow.count({ where: { flows } }),
          ),
          compare(
            ordered(dataset.deployments.filter(meant.deployment), flowSort),
            cut,
            call.deployment.list({ where: { deployments, flows }, sort: flowSort, ...cut }),
            call.deployment.count({ where: { deployments, flows } }),
          ),
          compare(
            ordered(dataset.flowRuns.filter(meant.flowRun), flowRunSort),
            cut,
            call.flowRun.list({ where: ofFlowRuns, sort: flowRunSort, ...cut }),
            call.flowRun.count({ where: ofFlowRuns }),
          ),
          compare(
            ordered(dataset.taskRuns.filter(meant.taskRun), taskRunSort),
            cut,
            call.taskRun.list({ where: ofTaskRuns, sort: taskRunSort, ...cut }),
            call.taskRun.count({ where: ofTaskRuns }),
          ),
        ]);
      }),
    );
  });
});

it("finds the versions and keys directly in a folder", async () => {
  await plant(fresh.db, NOTHING);
  const keys = ["a", "a/b", "a/b/c", "a0", "a/d"];
  await call.artifact.createMany({ items: [...keys, ...keys].map((key) => ({ key })) });
  await call.artifact.create({});
  const counts = async (folder: string) => {
    const where = { artifacts: { key: { folder } } };
    return [await call.artifact.count({ where }), await call.collection.count({ where })];
  };
  expect([await counts(""), await counts("a/"), await counts("a/b/")]).toEqual([
    [4, 2],
    [4, 2],
    [2, 1],
  ]);
});

describe("a pattern of a name", () => {
  it("is case-insensitive, also beyond ASCII and for the flow of a deployment", async () => {
    await plant(fresh.db, NOTHING);
    const flow = await call.flow.create({ name: "Über Größe" });
    const run = await call.flowRun.create({ flowId: flow.id, name: "Ärger" });
    await call.taskRun.create({ flowRunId: run.id, taskKey: "t", dynamicKey: "1", name: "Ölfeld" });
    await call.deployment.create({ flowId: flow.id, name: "Straße É" });
    expect(await call.flow.count({ where: { flows: { name: { contains: "über grÖ" } } } })).toBe(1);
    expect(await call.flowRun.count({ where: { flowRuns: { name: { startsWith: "äRG" } } } })).toBe(1);
    expect(await call.taskRun.count({ where: { taskRuns: { name: { like: "ö_FELD" } } } })).toBe(1);
    const named = (like: string) =>
      call.deployment.count({ where: { deployments: { flowOrDeploymentName: { like } } } });
    expect([await named("é"), await named("ÜBER"), await named("zzz")]).toEqual([1, 1, 0]);
  });
});

describe("a filter that matches more flows than are listed by id", () => {
  it("finds the artifacts of their runs only", async () => {
    await plant(fresh.db, NOTHING);
    await fresh.db.execute(`insert into flow (id, name)
      select gen_random_uuid(), case when n % 3 = 0 then 'few ' else 'many ' end || n from generate_series(1, 1800) n`);
    await fresh.db.execute("insert into deployment (id, flow_id, name) select gen_random_uuid(), id, name from flow");
    await fresh.db.execute(`insert into flow_run (id, flow_id, deployment_id, name)
      select gen_random_uuid(), flow_id, id, name from deployment where name ~ '[07]$'`);
    await fresh.db.execute(`insert into artifact (id, description, flow_run_id, created, updated, size)
      select gen_random_uuid(), name, id, now(), now(), 0 from flow_run`);
    const many = await call.artifact.count({ where: { artifacts: { description: { contains: "many" } } } });
    expect(many).toBe(240);
    for (const where of [
      { flows: { name: { contains: "MANY" } } },
      { deployments: { name: { startsWith: "many" } } },
      { flows: { deployment: { isNull: false } }, deployments: { flowOrDeploymentName: { like: "m_ny" } } },
    ]) {
      expect(await call.artifact.count({ where })).toBe(many);
      const found = await call.artifact.list({ where, limit: 200 });
      expect(found.every((row) => row.description?.startsWith("many"))).toBe(true);
    }
  });
});

describe("a random dataset", () => {
  it("satisfies the invariants and is returned unchanged", async () => {
    const [dataset] = fc.sample(datasets, 1);
    if (!dataset) throw new Error("fc.sample returned nothing");
    await plant(fresh.db, dataset);
    expect(await doctor(fresh.db)).toEqual([]);
    expect(await call.artifact.list({ limit: 200, sort: "ID_DESC" })).toEqual(ordered(dataset.artifacts, "ID_DESC"));
    expect(await call.collection.list({ limit: 200, sort: "KEY_ASC" })).toEqual(ordered(latestOf(dataset), "KEY_ASC"));
    expect(await call.flow.list({})).toMatchObject(ordered(dataset.flows, "NAME_ASC"));
    expect(await call.deployment.list({})).toMatchObject(ordered(dataset.deployments, "NAME_ASC"));
    expect(await call.flowRun.list({ sort: "ID_DESC" })).toMatchObject(ordered(dataset.flowRuns, "ID_DESC"));
    expect(await call.taskRun.list({ sort: "ID_DESC" })).toMatchObject(ordered(dataset.taskRuns, "ID_DESC"));
  });
});
