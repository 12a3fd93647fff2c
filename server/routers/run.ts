import {
  type FlowRun,
  FlowRunCount,
  FlowRunCreate,
  FlowRunList,
  FlowRunUpdate,
  type TaskRun,
  TaskRunCount,
  TaskRunCreate,
  TaskRunList,
  TaskRunUpdate,
} from "#contract/run";
import { Named } from "#contract/value";
import * as runs from "#server/models/run";
import { reads, router, writes } from "#server/trpc";

export const flowRunRouter = router({
  /** A flow run: made, or the one its flow already has under the idempotency key. NOT_FOUND for an unknown flow. */
  create: writes.input(FlowRunCreate).mutation(({ ctx, input }): Promise<FlowRun> => runs.createFlowRun(ctx.db, input)),

  /** One flow run. NOT_FOUND. */
  read: reads.input(Named).query(({ ctx, input }): Promise<FlowRun> => runs.readFlowRun(ctx.db, input.id)),

  /** Changes name, tags, state or times: absent keeps, null clears. NOT_FOUND. */
  update: writes.input(FlowRunUpdate).mutation(({ ctx, input }): Promise<FlowRun> => runs.updateFlowRun(ctx.db, input)),

  /** The flow runs that match, by limit (50, at most 200) and offset. */
  list: reads.input(FlowRunList).query(({ ctx, input }): Promise<FlowRun[]> => runs.listFlowRuns(ctx.db, input)),

  /** How many flow runs match. `atMost` bounds it. */
  count: reads.input(FlowRunCount).query(({ ctx, input }): Promise<number> => runs.countFlowRuns(ctx.db, input)),
});

export const taskRunRouter = router({
  /** A task run: made, or the one of that flow run, task key and dynamic key. NOT_FOUND for an unknown flow run. */
  create: writes.input(TaskRunCreate).mutation(({ ctx, input }): Promise<TaskRun> => runs.createTaskRun(ctx.db, input)),

  /** One task run. NOT_FOUND. */
  read: reads.input(Named).query(({ ctx, input }): Promise<TaskRun> => runs.readTaskRun(ctx.db, input.id)),

  /** Changes name, tags, state or times: absent keeps, null clears. NOT_FOUND. */
  update: writes.input(TaskRunUpdate).mutation(({ ctx, input }): Promise<TaskRun> => runs.updateTaskRun(ctx.db, input)),

  /** The task runs that match, by limit (50, at most 200) and offset. */
  list: reads.input(TaskRunList).query(({ ctx, input }): Promise<TaskRun[]> => runs.listTaskRuns(ctx.db, input)),

  /** How many task runs match. `atMost` bounds it. */
  count: reads.input(TaskRunCount).query(({ ctx, input }): Promise<number> => runs.countTaskRuns(ctx.db, input)),
});
