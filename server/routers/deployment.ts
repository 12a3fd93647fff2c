import {
  type Deployment,
  DeploymentCount,
  DeploymentCountBy,
  DeploymentCreate,
  DeploymentList,
  DeploymentPage,
  DeploymentUpdate,
} from "#contract/deployment";
import type { Counts, Page } from "#contract/paging";
import { ById } from "#contract/value";
import * as deployments from "#server/models/deployment";
import { bulk, reads, router, searches, writes } from "#server/routers/trpc";

export const deploymentRouter = router({
  /** Creates a deployment, or returns the existing one of that flow and name. NOT_FOUND for an unknown flow. */
  create: writes
    .input(DeploymentCreate)
    .mutation(({ ctx, input }): Promise<Deployment> => deployments.create(ctx.db, input, ctx.author)),

  /** One deployment by id. NOT_FOUND. */
  read: reads.input(ById).query(({ ctx, input }): Promise<Deployment> => deployments.read(ctx.db, input.id)),

  /** Changes a deployment: absent fields stay, null clears. NOT_FOUND. */
  update: writes
    .input(DeploymentUpdate)
    .mutation(({ ctx, input }): Promise<Deployment> => deployments.update(ctx.db, input, ctx.author)),

  /** The matching deployments, by limit (50, at most 200) and offset. */
  list: searches
    .input(DeploymentList)
    .query(({ ctx, input }): Promise<Deployment[]> => deployments.list(ctx.db, input)),

  /** As `list`, by cursor. */
  page: searches
    .input(DeploymentPage)
    .query(({ ctx, input }): Promise<Page<Deployment>> => deployments.page(ctx.db, input)),

  /** The number of matching deployments; see `atMost` for its bound. */
  count: searches.input(DeploymentCount).query(({ ctx, input }): Promise<number> => deployments.total(ctx.db, input)),

  /** The number of matching deployments of each flow. */
  countBy: searches
    .input(DeploymentCountBy)
    .query(({ ctx, input }): Promise<Counts> => deployments.countBy(ctx.db, input)),

  /** Deletes a deployment; its flow runs stay. NOT_FOUND. */
  remove: bulk
    .input(ById)
    .mutation(({ ctx, input }): Promise<ById> => deployments.remove(ctx.db, input.id, ctx.author)),
});
