import { afterAll, beforeAll, expect, test } from "vitest";
import { AD_HOC } from "#db/ad-hoc";
import * as artifacts from "#server/models/artifact";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { explained, nodesOf, type Statement, sentBy } from "./harness/plan";
import { firstPage, SORTS } from "./queries/calls";
import { type Draws, drawsOf } from "./queries/draws";
import { filters } from "./queries/filters";
import { laterPages } from "./queries/positions";
import { fill } from "./volume/generate";

/** A table that grows with what is published; flows and deployments are few. */
const LARGE = ["artifact", "artifact_collection", "artifact_data", "flow_run", "task_run"];

/** How many times larger the planner believes the tables to be than they are. */
const BELIEVED = 50;

const SIZE = { artifacts: 20_000, keys: 4_000, flows: 200, deployments: 300, flowRuns: 10_000, taskRuns: 20_000 };

let fresh: FreshDatabase;
let draws: Draws;

beforeAll(async () => {
  fresh = await freshDatabase();
  await fill(fresh.db, SIZE);
  draws = await drawsOf(fresh.db);
  for (const table of LARGE) await fresh.db.execute(`alter table ${table} set (autovacuum_enabled = false)`);
  const tables = LARGE.map((table) => `'${table}'::regclass`).join(", ");
  await fresh.db.execute(
    `update pg_class set reltuples = reltuples * ${BELIEVED} where oid in (${tables})
      or oid in (select indexrelid from pg_index where indrelid in (${tables}))`,
  );
});
afterAll(() => fresh[Symbol.asyncDispose]());

/**
 * Statements that scan a large table from end to end, whatever plan PostgreSQL makes: one for the values sent, and for
 * a prepared statement also one for any values. Others are planned anew each time.
 */
async function scans(sent: Statement[]): Promise<string[]> {
  const found: string[] = [];
  for (const statement of sent) {
    const prepared = !statement.text.includes(AD_HOC);
    for (const mode of prepared
      ? (["force_custom_plan", "force_generic_plan"] as const)
      : (["force_custom_plan"] as const)) {
      const { root } = await explained(fresh.db, statement, mode);
      const scanned = nodesOf(root).filter((node) => node["Node Type"] === "Seq Scan");
      const large = scanned.map((node) => node["Relation Name"] ?? "").filter((name) => LARGE.includes(name));
      if (large.length > 0) found.push(`${mode}: ${large.join(", ")} in ${statement.text}`);
    }
  }
  return found;
}

test("a version is read by its id, by key and number, and as the latest without a scan", async () => {
  const sent = await sentBy(fresh.db, async () => {
    await artifacts.read(fresh.db, { id: draws.ids() }, JSON.parse);
    await artifacts.read(fresh.db, { key: draws.keys(), version: 1 }, JSON.parse);
    await artifacts.latest(fresh.db, draws.keys(), JSON.parse);
  });
  expect(sent.length).toBeGreaterThanOrEqual(3);
  expect(await scans(sent)).toEqual([]);
});

test.each(["artifact", "collection"] as const)(
  "a page of %ss by each named filter and sort needs no scan",
  async (noun) => {
    const sent = await sentBy(fresh.db, async () => {
      for (const { named, where } of filters(draws)) {
        for (const sort of named ? SORTS : []) await firstPage(fresh.db, noun, where(), sort);
      }
    });
    expect(sent.length).toBeGreaterThanOrEqual(60);
    expect(await scans(sent)).toEqual([]);
  },
);

test.each(["artifact", "collection"] as const)("a walk over %ss needs no scan at any depth", async (noun) => {
  for (const sort of SORTS) {
    const { middle, last } = await laterPages(fresh.db, noun, sort);
    const sent = await sentBy(fresh.db, async () => {
      await middle();
      await last();
    });
    expect(sent).toHaveLength(2);
    expect(await scans(sent)).toEqual([]);
  }
});
