import { and, eq, isNull } from "drizzle-orm";
import { humanId } from "human-id";
import { v7 as uuid } from "uuid";
import { StoreError } from "#contract/error";
import type {
  FlowRun,
  FlowRunCount,
  FlowRunCreate,
  FlowRunList,
  FlowRunUpdate,
  TaskRun,
  TaskRunCount,
  TaskRunCreate,
  TaskRunList,
  TaskRunUpdate,
} from "#contract/run";
import type { Database } from "#db/postgres";
import { flowRun, taskRun } from "#db/schema";
import { boundedCount } from "./count";
import { readFlow } from "./flow";
import { orderBy } from "./page";
import { flowRunMatches, taskRunMatches } from "./related";
import { changesOf, runOrder, stateOf, statesOf } from "./state";

function flowRunOf(row: typeof flowRun.$inferSelect): FlowRun {
  const { stateType, stateName, stateMessage, stateTimestamp, ...rest } = row;
  return { ...rest, state: stateOf(row) };
}

function taskRunOf(row: typeof taskRun.$inferSelect): TaskRun {
  const { stateType, stateName, stateMessage, stateTimestamp, ...rest } = row;
  return { ...rest, state: stateOf(row) };
}

/** A flow run: made, or the one that this flow already has under the idempotency key. NOT_FOUND for an unknown flow. */
export async function createFlowRun(db: Database, { state, ...input }: FlowRunCreate): Promise<FlowRun> {
  await readFlow(db, input.flowId);
  const name = input.name ?? humanId({ separator: "-", capitalize: false });
  const values = { id: uuid(), ...input, name, ...statesOf(state, input) };
  const [made] = await db.insert(flowRun).values(values).onConflictDoNothing().returning();
  if (made) return flowRunOf(made);
  const natural = and(eq(flowRun.flowId, input.flowId), eq(flowRun.idempotencyKey, input.idempotencyKey ?? ""));
  const [earlier] = await db.select().from(flowRun).where(natural);
  if (!earlier) throw unknown("flow run");
  return flowRunOf(earlier);
}

/** One flow run. NOT_FOUND. */
export async function readFlowRun(db: Database, id: string): Promise<FlowRun> {
  const [row] = await db.select().from(flowRun).where(eq(flowRun.id, id));
  if (!row) throw unknown("flow run");
  return flowRunOf(row);
}

/** Changes a flow run's name, tags, state or times: absent keeps, null clears. NOT_FOUND. */
export async function updateFlowRun(db: Database, { id, ...input }: FlowRunUpdate): Promise<FlowRun> {
  const changes = changesOf(flowRun, input);
  if (!changes) return readFlowRun(db, id);
  const [row] = await db.update(flowRun).set(changes).where(eq(flowRun.id, id)).returning();
  if (!row) throw unknown("flow run");
  return flowRunOf(row);
}

/** The flow runs that match, by limit and offset. */
export async function listFlowRuns(db: Database, { where, sort, limit, offset }: FlowRunList): Promise<FlowRun[]> {
  const order = orderBy(runOrder(flowRun, sort));
  const rows = db
    .select()
    .from(flowRun)
    .where(await flowRunMatches(db, where))
    .orderBy(order);
  return (await rows.limit(limit).offset(offset)).map(flowRunOf);
}

/** How many flow runs match; with `atMost`, counted no further than one beyond it. */
export async function countFlowRuns(db: Database, { where, atMost }: FlowRunCount): Promise<number> {
  const rows = db
    .select({ id: flowRun.id })
    .from(flowRun)
    .where(await flowRunMatches(db, where));
  return boundedCount(db, rows.$dynamic(), atMost);
}

/** A task run: made, or the one of that flow run, task key and dynamic key. NOT_FOUND for an unknown flow run. */
export async function createTaskRun(db: Database, { state, ...input }: TaskRunCreate): Promise<TaskRun> {
  if (input.flowRunId) await readFlowRun(db, input.flowRunId);
  const name = input.name ?? `${input.taskKey}-${input.dynamicKey}`;
  const values = { id: uuid(), ...input, name, ...statesOf(state, input) };
  const [made] = await db.insert(taskRun).values(values).onConflictDoNothing().returning();
  if (made) return taskRunOf(made);
  const natural = and(
    input.flowRunId ? eq(taskRun.flowRunId, input.flowRunId) : isNull(taskRun.flowRunId),
    eq(taskRun.taskKey, input.taskKey),
    eq(taskRun.dynamicKey, input.dynamicKey),
  );
  const [earlier] = await db.select().from(taskRun).where(natural);
  if (!earlier) throw unknown("task run");
  return taskRunOf(earlier);
}

/** One task run. NOT_FOUND. */
export async function readTaskRun(db: Database, id: string): Promise<TaskRun> {
  const [row] = await db.select().from(taskRun).where(eq(taskRun.id, id));
  if (!row) throw unknown("task run");
  return taskRunOf(row);
}

/** Changes a task run's name, tags, state or times: absent keeps, null clears. NOT_FOUND. */
export async function updateTaskRun(db: Database, { id, ...input }: TaskRunUpdate): Promise<TaskRun> {
  const changes = changesOf(taskRun, input);
  if (!changes) return readTaskRun(db, id);
  const [row] = await db.update(taskRun).set(changes).where(eq(taskRun.id, id)).returning();
  if (!row) throw unknown("task run");
  return taskRunOf(row);
}

/** The task runs that match, by limit and offset. */
export async function listTaskRuns(db: Database, { where, sort, limit, offset }: TaskRunList): Promise<TaskRun[]> {
  const order = orderBy(runOrder(taskRun, sort));
  const rows = db
    .select()
    .from(taskRun)
    .where(await taskRunMatches(db, where))
    .orderBy(order);
  return (await rows.limit(limit).offset(offset)).map(taskRunOf);
}

/** How many task runs match; with `atMost`, counted no further than one beyond it. */
export async function countTaskRuns(db: Database, { where, atMost }: TaskRunCount): Promise<number> {
  const rows = db
    .select({ id: taskRun.id })
    .from(taskRun)
    .where(await taskRunMatches(db, where));
  return boundedCount(db, rows.$dynamic(), atMost);
}

function unknown(noun: string): StoreError {
  return new StoreError("NOT_FOUND", `There is no such ${noun}.`);
}
