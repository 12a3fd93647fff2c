import type { Counts, Page } from "#contract/paging";
import { type RunInterval, TaskRunHistory } from "#contract/run-history";
import {
  type TaskRun,
  TaskRunCount,
  TaskRunCountBy,
  TaskRunCreate,
  TaskRunList,
  TaskRunPage,
  TaskRunRecord,
  TaskRunUpdate,
} from "#contract/task-run";
import { ById } from "#contract/value";
import { taskRunHistory } from "#server/models/run-history";
import * as taskRuns from "#server/models/task-run";
import { reads, router, searches, writes } from "#server/routers/trpc";

export const taskRunRouter = router({
  /** Creates a task run, or returns the existing one of that flow run, task key and dynamic key. NOT_FOUND for an unknown flow run. */
  create: writes
    .input(TaskRunCreate)
    .mutation(({ ctx, input }): Promise<TaskRun> => taskRuns.create(ctx.db, input, ctx.author)),

  /**
   * Records up to 200 states that task runs entered, in any order: task runs are created by their id, and of several states
   * of one the last to occur counts. Task runs of a flow run that does not exist are left out.
   */
  record: writes
    .input(TaskRunRecord)
    .mutation(({ ctx, input }): Promise<{ recorded: number }> => taskRuns.record(ctx.db, input, ctx.author)),

  /** One task run by id. NOT_FOUND. */
  read: reads.input(ById).query(({ ctx, input }): Promise<TaskRun> => taskRuns.read(ctx.db, input.id)),

  /** Changes name, tags, state or times: absent fields stay, null clears. NOT_FOUND. */
  update: writes.input(TaskRunUpdate).mutation(({ ctx, input }): Promise<TaskRun> => taskRuns.update(ctx.db, input)),

  /** The matching task runs, by limit (50, at most 200) and offset. */
  list: searches.input(TaskRunList).query(({ ctx, input }): Promise<TaskRun[]> => taskRuns.list(ctx.db, input)),

  /** As `list`, by cursor. */
  page: searches.input(TaskRunPage).query(({ ctx, input }): Promise<Page<TaskRun>> => taskRuns.page(ctx.db, input)),

  /** The number of matching task runs; see `atMost` for its bound. */
  count: searches.input(TaskRunCount).query(({ ctx, input }): Promise<number> => taskRuns.total(ctx.db, input)),

  /** The number of matching task runs of each state, or of each flow run. */
  countBy: searches.input(TaskRunCountBy).query(({ ctx, input }): Promise<Counts> => taskRuns.countBy(ctx.db, input)),

  /** The matching task runs by state, in intervals of time, for a chart. */
  history: searches
    .input(TaskRunHistory)
    .query(({ ctx, input }): Promise<RunInterval[]> => taskRunHistory(ctx.db, input)),

  /** Deletes a task run; its artifacts stay. NOT_FOUND. */
  remove: writes.input(ById).mutation(({ ctx, input }): Promise<ById> => taskRuns.remove(ctx.db, input.id, ctx.author)),
});
