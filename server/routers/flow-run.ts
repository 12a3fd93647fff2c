import { type FlowRun, FlowRunCount, FlowRunCreate, FlowRunList, FlowRunPage, FlowRunUpdate } from "#contract/flow-run";
import type { Page } from "#contract/query";
import { ById } from "#contract/value";
import * as flowRuns from "#server/models/flow-run";
import { reads, router, searches, writes } from "#server/routers/trpc";

export const flowRunRouter = router({
  /** A flow run: made, or the one its flow already has under the idempotency key. NOT_FOUND for an unknown flow. */
  create: writes.input(FlowRunCreate).mutation(({ ctx, input }): Promise<FlowRun> => flowRuns.create(ctx.db, input)),

  /** One flow run. NOT_FOUND. */
  read: reads.input(ById).query(({ ctx, input }): Promise<FlowRun> => flowRuns.read(ctx.db, input.id)),

  /** Changes name, tags, state or times: absent keeps, null clears. NOT_FOUND. */
  update: writes.input(FlowRunUpdate).mutation(({ ctx, input }): Promise<FlowRun> => flowRuns.update(ctx.db, input)),

  /** The flow runs that match, by limit (50, at most 200) and offset. */
  list: searches.input(FlowRunList).query(({ ctx, input }): Promise<FlowRun[]> => flowRuns.list(ctx.db, input)),

  /** As `list`, a page at a time by cursor, forward and backward. */
  page: searches.input(FlowRunPage).query(({ ctx, input }): Promise<Page<FlowRun>> => flowRuns.page(ctx.db, input)),

  /** How many flow runs match. `atMost` bounds it. */
  count: searches.input(FlowRunCount).query(({ ctx, input }): Promise<number> => flowRuns.total(ctx.db, input)),

  /** Deletes a flow run with its task runs; its artifacts stay. NOT_FOUND. */
  remove: writes.input(ById).mutation(({ ctx, input }): Promise<ById> => flowRuns.remove(ctx.db, input.id)),
});
