import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import type { Counts, Page } from "#contract/paging";
import type {
  TaskRun,
  TaskRunCount,
  TaskRunCountBy,
  TaskRunCreate,
  TaskRunList,
  TaskRunPage,
  TaskRunRecord,
  TaskRunUpdate,
} from "#contract/task-run";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { flowRun, taskRun } from "#db/schema";
import type { Author } from "./author";
import { existing } from "./existing";
import { read as readFlowRun } from "./flow-run";
import { boundedCount, countValues } from "./query/count";
import { orderBy, readPage } from "./query/page";
import { taskRunMatches } from "./query/related";
import { hiddenError, isOwn, reachable } from "./reach";
import { recordDeletion } from "./recorded";
import { recordset } from "./recordset";
import { createdStateColumns, stateColumns, taskRunOrder, toState, updatedColumns } from "./run-state";

/** A row as a task run. NOT_FOUND without one. */
export function toTaskRun(row: typeof taskRun.$inferSelect | undefined): TaskRun {
  if (!row) throw new VitrineError("NOT_FOUND", "Task run not found.");
  const { stateType, stateName, stateMessage, stateTimestamp, limitedTo, ...rest } = row;
  return { ...rest, state: toState(row) };
}

/**
 * Creates a task run, or returns the existing one of that flow run, task key and dynamic key. NOT_FOUND for an unknown
 * flow run, CONFLICT for the id of another task run, and for a task run that the author does not reach.
 */
export async function create(
  db: Database,
  { state, ...input }: TaskRunCreate,
  { keys = null }: Pick<Author, "keys">,
): Promise<TaskRun> {
  if (input.flowRunId) await readFlowRun(db, input.flowRunId);
  const name = input.name ?? `${input.taskKey}-${input.dynamicKey}`;
  const values = { ...input, id: input.id ?? undefined, name, ...createdStateColumns(state, input), limitedTo: keys };
  const [created] = await db.insert(taskRun).values(values).onConflictDoNothing().returning();
  if (created) return toTaskRun(created);
  const natural = and(
    input.flowRunId ? eq(taskRun.flowRunId, input.flowRunId) : isNull(taskRun.flowRunId),
    eq(taskRun.taskKey, input.taskKey),
    eq(taskRun.dynamicKey, input.dynamicKey),
  );
  const [earlier] = await reachable(db, keys).select().from(taskRun).where(natural);
  if (!earlier && input.id) throw new VitrineError("CONFLICT", "Another task run has this id.", { field: "id" });
  if (!earlier && keys !== null) throw hiddenError("A task run of these keys", "dynamicKey");
  return existing(toTaskRun(earlier));
}

/**
 * Creates and changes task runs by id, as reports of their states say: of the states of one, that which occurred last
 * counts, in whatever order they arrive. Task runs of a flow run that does not exist are left out, as are those of one
 * that the author does not reach, and those that the author may not change. A run of a retried flow has the keys of an
 * earlier one, and gets its id appended to the dynamic key.
 * @returns how many task runs were created or changed
 */
export async function record(
  db: Database,
  { items }: TaskRunRecord,
  { keys = null }: Pick<Author, "keys">,
): Promise<{ recorded: number }> {
  const rows = (await inReach(db, items, keys)).map(({ state, occurred, ...rest }) => ({
    ...rest,
    ...stateColumns(state),
    stateTimestamp: occurred,
    limitedTo: keys,
  }));
  const recorded = await db.execute(sql`
    insert into task_run as t (id, flow_run_id, task_key, dynamic_key, name, tags, state_type, state_name, state_message,
      state_timestamp, expected_start_time, start_time, end_time, limited_to)
    select id, flow_run_id, task_key,
      case when nth > 1 or exists (
        select from task_run o where o.flow_run_id is not distinct from r.flow_run_id and o.task_key = r.task_key
          and o.dynamic_key = r.dynamic_key and o.id <> r.id
      ) then dynamic_key || '-' || id else dynamic_key end,
      name, tags, state_type, state_name, state_message, state_timestamp, expected_start_time, start_time, end_time,
      limited_to
    from (
      select *, row_number() over (partition by flow_run_id, task_key, dynamic_key order by id) as nth
      from (
        select distinct on (id) * from ${recordset(taskRun, rows)} with ordinality
        order by id, state_timestamp desc, ordinality desc
      ) last
    ) r
    where flow_run_id is null or exists (select from flow_run f where f.id = r.flow_run_id)
    order by id
    on conflict (id) do update set name = excluded.name, tags = excluded.tags, state_type = excluded.state_type,
      state_name = excluded.state_name, state_message = excluded.state_message,
      state_timestamp = excluded.state_timestamp,
      expected_start_time = coalesce(excluded.expected_start_time, t.expected_start_time),
      start_time = coalesce(excluded.start_time, t.start_time), end_time = excluded.end_time,
      updated = greatest(clock_timestamp(), t.updated + interval '1 microsecond')
    where (t.state_timestamp is null or t.state_timestamp <= excluded.state_timestamp)
      and ${isOwn(sql`t.limited_to`, keys)}
    returning id`);
  return { recorded: recorded.length };
}

/** The reports of task runs without a flow run, and of flow runs that a role reaches. */
async function inReach(db: Database, items: TaskRunRecord["items"], keys: string | null) {
  if (keys === null) return items;
  const ids = items.flatMap(({ flowRunId }) => flowRunId ?? []);
  const rows = await reachable(db, keys).select({ id: flowRun.id }).from(flowRun).where(inArray(flowRun.id, ids));
  const reached = new Set(rows.map(({ id }) => id));
  return items.filter(({ flowRunId }) => flowRunId == null || reached.has(flowRunId));
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
export async function remove(db: Database, id: string, author: Author): Promise<{ id: string }> {
  const row = await recordDeletion(db, author, "taskRun.remove", (tx) =>
    tx.delete(taskRun).where(eq(taskRun.id, id)).returning(),
  );
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

/** How many of the task runs that match are in each state, or of each flow run. */
export async function countBy(db: Database, { where, by }: TaskRunCountBy): Promise<Counts> {
  const values = { state: taskRun.stateType, flowRun: taskRun.flowRunId };
  return countValues(db, taskRun, values[by], await taskRunMatches(db, where));
}
