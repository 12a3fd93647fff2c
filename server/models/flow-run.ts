import { and, eq, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import { humanId } from "human-id";
import { VitrineError } from "#contract/error";
import type {
  FlowRun,
  FlowRunArtifactCounts,
  FlowRunCount,
  FlowRunCreate,
  FlowRunFacets,
  FlowRunList,
  FlowRunPage,
  FlowRunUpdate,
} from "#contract/flow-run";
import { MAX_RUN_ARTIFACTS } from "#contract/limits";
import type { Counts, Facets, Page } from "#contract/paging";
import { adHoc } from "#db/ad-hoc";
import { statement } from "#db/compiled";
import type { Database } from "#db/postgres";
import { flowRun, taskRun } from "#db/schema";
import type { Author } from "./author";
import { existing } from "./existing";
import { read as readFlow } from "./flow";
import { boundedCount } from "./query/count";
import { facetsOf } from "./query/facets";
import { orderBy, readPage } from "./query/page";
import { flowRunMatches } from "./query/related";
import { hiddenError, reachable } from "./reach";
import { isRecorded, recordChange, recordCreation, recordDeletion } from "./recorded";
import { createdStateColumns, flowRunOrder, toState, updatedColumns } from "./run-state";

/** A row as a flow run. NOT_FOUND without one. */
export function toFlowRun(row: typeof flowRun.$inferSelect | undefined): FlowRun {
  if (!row) throw new VitrineError("NOT_FOUND", "Flow run not found.");
  const { stateType, stateName, stateMessage, stateTimestamp, limitedTo, ...rest } = row;
  return { ...rest, state: toState(row) };
}

/**
 * Creates a flow run, or returns the existing one of that flow and idempotency key. NOT_FOUND for an unknown flow or
 * parent task run, CONFLICT for a flow run that the author does not reach.
 */
export async function create(db: Database, { state, ...input }: FlowRunCreate, author: Author): Promise<FlowRun> {
  await readFlow(db, input.flowId);
  if (input.parentTaskRunId) await expectParent(db, input.parentTaskRunId);
  const { keys = null } = author;
  const name = input.name ?? humanId({ separator: "-", capitalize: false });
  const runCount = state?.type === "RUNNING" ? 1 : 0;
  const expected = { expectedStartTime: timeOf(input.expectedStartTime) };
  const next = { nextScheduledStartTime: timeOf(input.nextScheduledStartTime) };
  const times = { ...expected, ...next };
  const values = { ...input, name, runCount, ...times, ...createdStateColumns(state, input), limitedTo: keys };
  const created = await recordCreation(db, author, "flowRun.create", (tx) =>
    tx.insert(flowRun).values(values).onConflictDoNothing().returning(),
  );
  if (created) return toFlowRun(created);
  const natural = and(eq(flowRun.flowId, input.flowId), eq(flowRun.idempotencyKey, input.idempotencyKey ?? ""));
  const [earlier] = await reachable(db, keys).select().from(flowRun).where(natural);
  if (!earlier && keys !== null) throw hiddenError("A flow run of this flow and idempotency key", "idempotencyKey");
  return existing(toFlowRun(earlier));
}

function timeOf(time: string | null | undefined) {
  return time === "now" ? sql`clock_timestamp()` : time;
}

async function expectParent(db: Database, id: string): Promise<void> {
  const [parent] = await db.select({ id: taskRun.id }).from(taskRun).where(eq(taskRun.id, id));
  if (!parent) throw new VitrineError("NOT_FOUND", "Task run not found.", { field: "parentTaskRunId" });
}

/** One flow run. NOT_FOUND. */
export async function read(db: Database, id: string): Promise<FlowRun> {
  const [row] = await db.select().from(flowRun).where(eq(flowRun.id, id));
  return toFlowRun(row);
}

/** Changes a flow run's name, tags, state or times: absent keeps, null clears. NOT_FOUND. */
export async function update(db: Database, { id, ...input }: FlowRunUpdate, author: Author): Promise<FlowRun> {
  const changes = flowRunColumns(input);
  if (!changes) return read(db, id);
  const byId = eq(flowRun.id, id);
  if (!Object.keys(input).some(isRecorded)) {
    const [row] = await db.update(flowRun).set(changes).where(byId).returning();
    return toFlowRun(row);
  }
  const row = await recordChange(db, author, "flowRun.update", {
    lock: (tx) => tx.select().from(flowRun).where(byId).for("update"),
    update: (tx) => tx.update(flowRun).set(changes).where(byId).returning(),
  });
  return toFlowRun(row);
}

/** The columns that a change sets, or null when it changes nothing. */
export function flowRunColumns(input: Omit<FlowRunUpdate, "id">) {
  const changes = updatedColumns(flowRun, input);
  return changes && { ...changes, ...(input.state?.type === "RUNNING" && { runCount: COUNTED }) };
}

/** A run that reports RUNNING again has not started again. */
const COUNTED = sql`${flowRun.runCount} + (${flowRun.stateType} is distinct from 'RUNNING')::int`;

/** Deletes a flow run with its task runs; its artifacts stay and keep its id. NOT_FOUND. */
export async function remove(db: Database, id: string, author: Author): Promise<{ id: string }> {
  const row = await recordDeletion(db, author, "flowRun.remove", (tx) =>
    tx.delete(flowRun).where(eq(flowRun.id, id)).returning(),
  );
  return { id: toFlowRun(row).id };
}

/** The flow runs that match, by limit and offset. */
export async function list(db: Database, { where, sort, limit, offset }: FlowRunList): Promise<FlowRun[]> {
  const which = adHoc(await flowRunMatches(db, where));
  const rows = db
    .select()
    .from(flowRun)
    .where(which)
    .orderBy(orderBy(flowRunOrder(sort)));
  return (await rows.limit(limit).offset(offset)).map(toFlowRun);
}

/** The flow runs that match, a page at a time. BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: FlowRunPage): Promise<Page<FlowRun>> {
  const { where, sort } = input;
  const which = adHoc(await flowRunMatches(db, where));
  return readPage(input, flowRunOrder(sort), ["flow run", sort, where ?? {}], async (from, by, limit) =>
    (await db.select().from(flowRun).where(and(which, from)).orderBy(by).limit(limit)).map(toFlowRun),
  );
}

/** What the flow runs that match have in common; they have no types and labels. */
export async function facets(db: Database, { where }: FlowRunFacets): Promise<Facets> {
  const which = adHoc(await flowRunMatches(db, where));
  const found = db
    .select({
      id: sql<null>`null::uuid`.as("id"),
      key: sql<null>`null::text`.as("key"),
      tags: sql<null>`null::text[]`.as("tags"),
      type: sql<null>`null::text`.as("type"),
      flow_run_id: sql<string>`${flowRun.id}`.as("flow_run_id"),
      created_by: sql<null>`null::uuid`.as("created_by"),
    })
    .from(flowRun)
    .where(which)
    .orderBy(orderBy(flowRunOrder("START_TIME_DESC")));
  return { ...(await facetsOf(db, sql`${found}`)), types: [], labels: [], authors: [], owners: [], artifactTags: [] };
}

/** How many artifacts each of some flow runs has, at most `MAX_RUN_ARTIFACTS` + 1; 0 for a run that does not exist. */
export async function artifactCounts(db: Database, { ids }: FlowRunArtifactCounts): Promise<Counts> {
  const rows = await countArtifacts(db, { ids: makePgArray(ids) });
  return Object.fromEntries(rows.map(({ id, count }) => [String(id), Number(count)]));
}

const countArtifacts = statement(
  ["ids"],
  ({ ids }) => sql`
    select run.id, (select count(*) from (select from artifact a where a.flow_run_id = run.id
      limit ${sql.raw(String(MAX_RUN_ARTIFACTS + 1))}) counted) from unnest(${ids}::uuid[]) as run (id)`,
);

/** How many flow runs match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: FlowRunCount): Promise<number> {
  const rows = db
    .select({ id: flowRun.id })
    .from(flowRun)
    .where(adHoc(await flowRunMatches(db, where)));
  return boundedCount(db, rows.$dynamic(), atMost);
}
