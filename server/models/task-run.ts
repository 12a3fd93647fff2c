import { and, eq, isNull } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import type { Page } from "#contract/query";
import type { TaskRun, TaskRunCount, TaskRunCreate, TaskRunList, TaskRunPage, TaskRunUpdate } from "#contract/task-run";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { taskRun } from "#db/schema";
import { existing } from "./existing";
import { read as readFlowRun } from "./flow-run";
import { boundedCount } from "./query/count";
import { orderBy, readPage } from "./query/page";
import { taskRunMatches } from "./query/related";
import { createdStateColumns, taskRunOrder, toState, updatedColumns } from "./run-state";

function toTaskRun(row: typeof taskRun.$inferSelect | undefined): TaskRun {
  if (!row) throw new VitrineError("NOT_FOUND", "Task run not found.");
  const { stateType, stateName, stateMessage, stateTimestamp, ...rest } = row;
  return { ...rest, state: toState(row) };
}

/**
 * Creates a task run, or returns the existing one of that flow run, task key and dynamic key. NOT_FOUND for an unknown
 * flow run, CONFLICT for the id of another task run.
 */
export async function create(db: Database, { state, ...input }: TaskRunCreate): Promise<TaskRun> {
  if (input.flowRunId) await readFlowRun(db, input.flowRunId);
  const name = input.name ?? `${input.taskKey}-${input.dynamicKey}`;
  const values = { ...input, id: input.id ?? undefined, name, ...createdStateColumns(state, input) };
  const [created] = await db.insert(taskRun).values(values).onConflictDoNothing().returning();
  if (created) return toTaskRun(created);
  const natural = and(
    input.flowRunId ? eq(taskRun.flowRunId, input.flowRunId) : isNull(taskRun.flowRunId),
    eq(taskRun.taskKey, input.taskKey),
    eq(taskRun.dynamicKey, input.dynamicKey),
  );
  const [earlier] = await db.select().from(taskRun).where(natural);
  if (!earlier && input.id) throw new VitrineError("CONFLICT", "Another task run has this id.", { field: "id" });
  return existing(toTaskRun(earlier));
}

/** One task run. NOT_FOUND. */
export async function read(db: Database, id: string): Promise<TaskRun> {
  const [row] = await db.select().from(taskRun).where(eq(taskRun.id, id));
  return toTaskRun(row);
}

/** Changes a task run's name, tags, state or times: absent keeps, null clears. NOT_FOUND. */
export async function update(db: Database, { id, ...input }: TaskRunUpdate): Promise<TaskRun> {
  const changes = updatedColumns(taskRun, input);
  if (!changes) return read(db, id);
  const [row] = await db.update(taskRun).set(changes).where(eq(taskRun.id, id)).returning();
  return toTaskRun(row);
}

/** Deletes a task run; its artifacts stay and keep its id. NOT_FOUND. */
export async function remove(db: Database, id: string): Promise<{ id: string }> {
  const [row] = await db.delete(taskRun).where(eq(taskRun.id, id)).returning();
  return { id: toTaskRun(row).id };
}

/** The task runs that match, by limit and offset. */
export async function list(db: Database, { where, sort, limit, offset }: TaskRunList): Promise<TaskRun[]> {
  const which = adHoc(await taskRunMatches(db, where));
  const rows = db
    .select()
    .from(taskRun)
    .where(which)
    .orderBy(orderBy(taskRunOrder(sort)));
  return (await rows.limit(limit).offset(offset)).map(toTaskRun);
}

/** The task runs that match, a page at a time. BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: TaskRunPage): Promise<Page<TaskRun>> {
  const { where, sort } = input;
  const which = adHoc(await taskRunMatches(db, where));
  return readPage(input, taskRunOrder(sort), ["task run", sort, where ?? {}], async (from, by, limit) =>
    (await db.select().from(taskRun).where(and(which, from)).orderBy(by).limit(limit)).map(toTaskRun),
  );
}

/** How many task runs match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: TaskRunCount): Promise<number> {
  const rows = db
    .select({ id: taskRun.id })
    .from(taskRun)
    .where(adHoc(await taskRunMatches(db, where)));
  return boundedCount(db, rows.$dynamic(), atMost);
}
