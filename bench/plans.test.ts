import { beforeAll, expect, test } from "vitest";
import { CollectionHistory, EventCount, EventPage } from "#contract/event";
import type { MetadataCondition } from "#contract/filter";
import { queryOf } from "#contract/query/from-where";
import { AD_HOC } from "#db/ad-hoc";
import * as artifacts from "#server/models/artifact";
import * as events from "#server/models/event";
import { trends } from "#server/models/trends";
import { databaseOfFile } from "#test/database";
import { captureStatements, explain, planNodes, type Statement } from "./harness/plan";
import { count, firstPage, list, SORTS } from "./queries/calls";
import { filters, measures } from "./queries/filters";
import { laterPages } from "./queries/later-pages";
import { readSamples, type Samples } from "./queries/samples";
import { fill } from "./volume/generate";

/** Tables that grow with every published artifact; flows and deployments stay few. */
const LARGE_TABLES = ["artifact", "artifact_collection", "artifact_data", "collection_key", "flow_run", "task_run"];

/** Statistics are changed so that the planner expects this many times more rows. */
const ROW_FACTOR = 50;

const SIZE = { artifacts: 20_000, keys: 4_000, flows: 200, deployments: 300, flowRuns: 10_000, taskRuns: 20_000 };

const fresh = await databaseOfFile();
let samples: Samples;

beforeAll(async () => {
  await fill(fresh.db, SIZE);
  await fresh.db.execute(`
    insert into event (verb, key, artifact_id, version, service, flow_run_id, request_id)
      select 'artifact.update', key, id, version, 'service ' || row_number() over () % 1000, flow_run_id, id from artifact`);
  await fresh.db.execute("analyze event");
  samples = await readSamples(fresh.db);
  for (const table of LARGE_TABLES) await fresh.db.execute(`alter table ${table} set (autovacuum_enabled = false)`);
  const tables = LARGE_TABLES.map((table) => `'${table}'::regclass`).join(", ");
  await fresh.db.execute(
    `update pg_class set reltuples = reltuples * ${ROW_FACTOR} where oid in (${tables})
      or oid in (select indexrelid from pg_index where indrelid in (${tables}))`,
  );
});

/** Returns the statements that scan a whole large table, with a custom plan and, if prepared, with a generic one. */
async function sequentialScans(statements: Statement[], tables = LARGE_TABLES): Promise<string[]> {
  const found: string[] = [];
  for (const statement of statements) {
    const prepared = !statement.text.includes(AD_HOC);
    for (const mode of prepared
      ? (["force_custom_plan", "force_generic_plan"] as const)
      : (["force_custom_plan"] as const)) {
      const { root } = await explain(fresh.db, statement, mode);
      const scanned = planNodes(root).filter((node) => node["Node Type"] === "Seq Scan");
      const large = scanned.map((node) => node["Relation Name"] ?? "").filter((name) => tables.includes(name));
      if (large.length > 0) found.push(`${mode}: ${large.join(", ")} in ${statement.text}`);
    }
  }
  return found;
}

test("reads a version by id, by key and number, and as latest without a sequential scan", async () => {
  const statements = await captureStatements(fresh.pools, async () => {
    await artifacts.read(fresh.db, { id: samples.ids() });
    await artifacts.read(fresh.db, { key: samples.keys(), version: 1 });
    await artifacts.latest(fresh.db, { key: samples.keys() });
  });
  expect(statements.length).toBeGreaterThanOrEqual(3);
  expect(await sequentialScans(statements)).toEqual([]);
});

test("reads the trends of keys from one index alone", async () => {
  const keys = Array.from({ length: 50 }, samples.keys);
  const [statement] = await captureStatements(fresh.pools, () => trends(fresh.db, { keys }));
  if (!statement) throw new Error("trends send one statement");
  for (const mode of ["force_custom_plan", "force_generic_plan"] as const) {
    const { root } = await explain(fresh.db, statement, mode);
    const reads = planNodes(root).filter((node) => node["Relation Name"] !== undefined);
    expect(reads.map((node) => [node["Node Type"], node["Index Name"]])).toEqual([
      ["Index Only Scan", "artifact_key_version"],
    ]);
  }
});

test("reads the events of all, of a key, of a version and by what callers claim without a sequential scan", async () => {
  const filtered = await captureStatements(fresh.pools, async () => {
    await events.page(fresh.pools.searches, EventPage.parse({}));
    await events.pageOfKey(fresh.pools.searches, CollectionHistory.parse({ key: samples.keys() }));
    const claims = [{ flowRunId: samples.ids() }, { service: "etl" }, { requestId: "request-1" }];
    for (const where of [{ artifactId: samples.ids() }, ...claims]) {
      await events.page(fresh.pools.searches, EventPage.parse({ where }));
      await events.total(fresh.pools.searches, EventCount.parse({ where }));
    }
  });
  expect(filtered.length).toBeGreaterThanOrEqual(10);
  expect(await sequentialScans(filtered, [...LARGE_TABLES, "event"])).toEqual([]);
  const counted = await captureStatements(fresh.pools, () =>
    events.total(fresh.pools.searches, EventCount.parse({ atMost: 1_000 })),
  );
  expect(counted).not.toHaveLength(0);
  expect(await sequentialScans(counted)).toEqual([]);
});

test.each(["artifact", "collection"] as const)(
  "reads a page of %ss by each named filter and sort without a sequential scan",
  async (noun) => {
    const statements = await captureStatements(fresh.pools, async () => {
      for (const { named, where } of filters(samples)) {
        for (const sort of named ? SORTS[noun] : []) {
          await firstPage(fresh.pools.searches, noun, where(), sort);
          await list(fresh.pools.searches, noun, where(), sort);
        }
      }
    });
    expect(statements.length).toBeGreaterThanOrEqual(120);
    expect(await sequentialScans(statements)).toEqual([]);
  },
);

test.each(["artifact", "collection"] as const)(
  "reads a page of %ss by each named filter as a query without a sequential scan",
  async (noun) => {
    const statements = await captureStatements(fresh.pools, async () => {
      for (const { named, where } of filters(samples)) {
        const query = queryOf(where() ?? {});
        if (named && query !== "") await firstPage(fresh.pools.searches, noun, { query }, "CREATED_DESC");
      }
      for (const query of [`(type:table or type:image) flow.id:${samples.busyFlows().id}`, "key:*report* -type:table"])
        await firstPage(fresh.pools.searches, noun, { query }, "CREATED_DESC");
    });
    expect(statements.length).toBeGreaterThanOrEqual(12);
    expect(await sequentialScans(statements)).toEqual([]);
  },
);

test("reads and counts the latest of keys by what was measured of them without a sequential scan", async () => {
  const statements = await captureStatements(fresh.pools, async () => {
    for (const { filter } of measures) {
      await count(fresh.pools.searches, "collection", { artifacts: filter }, 10_000);
      for (const sort of SORTS.collection)
        await firstPage(fresh.pools.searches, "collection", { artifacts: filter }, sort);
    }
  });
  expect(statements).toHaveLength(measures.length * (1 + SORTS.collection.length));
  expect(await sequentialScans(statements)).toEqual([]);
});

test.each(["artifact", "collection"] as const)("finds %ss by their metadata in its index", async (noun) => {
  const conditions: MetadataCondition[] = [
    { name: "source", equals: "s3://bucket/471" },
    { name: "source", path: ["a", "b"], equals: 471 },
    { name: "absent", min: 471 },
    { name: "absent", path: ["0"], contains: "word" },
    { name: "absent", path: ["a"], exists: true },
  ];
  for (const condition of conditions) {
    const where = { artifacts: { metadata: [condition] } };
    const [statement] = await captureStatements(fresh.pools, () => count(fresh.pools.searches, noun, where));
    if (!statement) throw new Error("a count sends one statement");
    const { root } = await explain(fresh.db, statement, "force_custom_plan");
    expect(planNodes(root).map((node) => node["Index Name"])).toContain("artifact_metadata");
  }
});

test.each(["artifact", "collection"] as const)(
  "pages through %ss without a sequential scan at any depth",
  async (noun) => {
    for (const sort of SORTS[noun]) {
      const { middle, last } = await laterPages(fresh.pools.searches, noun, sort);
      const statements = await captureStatements(fresh.pools, async () => {
        await middle();
        await last();
      });
      expect(statements).toHaveLength(2);
      expect(await sequentialScans(statements)).toEqual([]);
    }
  },
);
