import {
  type FlowRun,
  FlowRunArtifactCounts,
  FlowRunCount,
  FlowRunCreate,
  FlowRunFacets,
  FlowRunList,
  FlowRunPage,
  type FlowRunProposal,
  FlowRunPropose,
  FlowRunUpdate,
} from "#contract/flow-run";
import type { Counts, Facets, Page } from "#contract/paging";
import { FlowRunHistory, type RunInterval } from "#contract/run-history";
import { ById } from "#contract/value";
import * as flowRuns from "#server/models/flow-run";
import { propose } from "#server/models/propose";
import { flowRunHistory } from "#server/models/run-history";
import { bulk, reads, router, searches, writes } from "#server/routers/trpc";

export const flowRunRouter = router({
  /** Creates a flow run, or returns the existing one of that flow and idempotency key. NOT_FOUND for an unknown flow. */
  create: writes
    .input(FlowRunCreate)
    .mutation(({ ctx, input }): Promise<FlowRun> => flowRuns.create(ctx.db, input, ctx.author)),

  /** One flow run by id. NOT_FOUND. */
  read: reads.input(ById).query(({ ctx, input }): Promise<FlowRun> => flowRuns.read(ctx.db, input.id)),

  /** Changes name, tags, state or times: absent fields stay, null clears. NOT_FOUND. */
  update: writes
    .input(FlowRunUpdate)
    .mutation(({ ctx, input }): Promise<FlowRun> => flowRuns.update(ctx.db, input, ctx.author)),

  /**
   * Sets the state by the rules of Prefect's server, where `update` sets it in any case: a FAILED run with `retries` left
   * becomes AwaitingRetry, and RUNNING before the scheduled time changes nothing. NOT_FOUND.
   */
  propose: writes.input(FlowRunPropose).mutation(({ ctx, input }): Promise<FlowRunProposal> => propose(ctx.db, input)),

  /** The matching flow runs, by limit (50, at most 200) and offset. */
  list: searches.input(FlowRunList).query(({ ctx, input }): Promise<FlowRun[]> => flowRuns.list(ctx.db, input)),

  /** As `list`, by cursor. */
  page: searches.input(FlowRunPage).query(({ ctx, input }): Promise<Page<FlowRun>> => flowRuns.page(ctx.db, input)),

  /** The number of matching flow runs; see `atMost` for its bound. */
  count: searches.input(FlowRunCount).query(({ ctx, input }): Promise<number> => flowRuns.total(ctx.db, input)),

  /** Flows, deployments, states and tags of the matching flow runs, with counts. They have no types. */
  facets: searches.input(FlowRunFacets).query(({ ctx, input }): Promise<Facets> => flowRuns.facets(ctx.db, input)),

  /** How many artifacts each of up to 200 flow runs has, by the run's id; above 1,000 it is 1,001. */
  artifactCounts: searches
    .input(FlowRunArtifactCounts)
    .query(({ ctx, input }): Promise<Counts> => flowRuns.artifactCounts(ctx.db, input)),

  /** The matching flow runs by state, in intervals of time, for a chart. */
  history: searches
    .input(FlowRunHistory)
    .query(({ ctx, input }): Promise<RunInterval[]> => flowRunHistory(ctx.db, input)),

  /** Deletes a flow run with its task runs; its artifacts stay. NOT_FOUND. */
  remove: bulk.input(ById).mutation(({ ctx, input }): Promise<ById> => flowRuns.remove(ctx.db, input.id, ctx.author)),
});
