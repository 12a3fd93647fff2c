import {
  type Deployment,
  DeploymentCount,
  DeploymentCreate,
  DeploymentList,
  type Flow,
  FlowCount,
  FlowCreate,
  FlowList,
} from "#contract/flow";
import { Named } from "#contract/value";
import * as flows from "#server/models/flow";
import { reads, router, writes } from "#server/trpc";

export const flowRouter = router({
  /** The flow of that name: made, or as it already is. */
  create: writes.input(FlowCreate).mutation(({ ctx, input }): Promise<Flow> => flows.createFlow(ctx.db, input)),

  /** One flow. NOT_FOUND. */
  read: reads.input(Named).query(({ ctx, input }): Promise<Flow> => flows.readFlow(ctx.db, input.id)),

  /** The flows that match, by limit (50, at most 200) and offset. */
  list: reads.input(FlowList).query(({ ctx, input }): Promise<Flow[]> => flows.listFlows(ctx.db, input)),

  /** How many flows match. `atMost` bounds it. */
  count: reads.input(FlowCount).query(({ ctx, input }): Promise<number> => flows.countFlows(ctx.db, input)),
});

export const deploymentRouter = router({
  /** The deployment of that flow and name: made, or as it already is. NOT_FOUND for an unknown flow. */
  create: writes
    .input(DeploymentCreate)
    .mutation(({ ctx, input }): Promise<Deployment> => flows.createDeployment(ctx.db, input)),

  /** One deployment. NOT_FOUND. */
  read: reads.input(Named).query(({ ctx, input }): Promise<Deployment> => flows.readDeployment(ctx.db, input.id)),

  /** The deployments that match, by limit (50, at most 200) and offset. */
  list: reads
    .input(DeploymentList)
    .query(({ ctx, input }): Promise<Deployment[]> => flows.listDeployments(ctx.db, input)),

  /** How many deployments match. `atMost` bounds it. */
  count: reads.input(DeploymentCount).query(({ ctx, input }): Promise<number> => flows.countDeployments(ctx.db, input)),
});
