import { type Flow, FlowCount, FlowCreate, FlowList, FlowPage, FlowUpdate } from "#contract/flow";
import type { Page } from "#contract/paging";
import { ById } from "#contract/value";
import * as flows from "#server/models/flow";
import { bulk, reads, router, searches, writes } from "#server/routers/trpc";

export const flowRouter = router({
  /** Creates a flow, or returns the existing one of that name. */
  create: writes.input(FlowCreate).mutation(({ ctx, input }): Promise<Flow> => flows.create(ctx.db, input, ctx.author)),

  /** One flow by id. NOT_FOUND. */
  read: reads.input(ById).query(({ ctx, input }): Promise<Flow> => flows.read(ctx.db, input.id)),

  /** Changes tags or labels: absent fields stay. NOT_FOUND. */
  update: writes.input(FlowUpdate).mutation(({ ctx, input }): Promise<Flow> => flows.update(ctx.db, input, ctx.author)),

  /** The matching flows, by limit (50, at most 200) and offset. */
  list: searches.input(FlowList).query(({ ctx, input }): Promise<Flow[]> => flows.list(ctx.db, input)),

  /** As `list`, by cursor. */
  page: searches.input(FlowPage).query(({ ctx, input }): Promise<Page<Flow>> => flows.page(ctx.db, input)),

  /** The number of matching flows; see `atMost` for its bound. */
  count: searches.input(FlowCount).query(({ ctx, input }): Promise<number> => flows.total(ctx.db, input)),

  /** Deletes a flow with its deployments, flow runs and task runs; their artifacts stay. NOT_FOUND. */
  remove: bulk.input(ById).mutation(({ ctx, input }): Promise<ById> => flows.remove(ctx.db, input.id, ctx.author)),
});
