import { api, queryClient } from "#app/_data/server";
import type { FlowRun } from "#contract/flow-run";
import { deploymentsQuery, distinct, flowsQuery } from "../_list/producer-queries";
import { artifactCountsQuery } from "./queries";

/** Prefetches the flows and deployments that a table of these runs names, and the numbers of their artifacts. */
export async function prefetchRunDetails(runs: FlowRun[]): Promise<void> {
  if (runs.length === 0) return;
  const cache = queryClient();
  const deploymentIds = distinct(runs.map((run) => run.deploymentId));
  await Promise.all([
    cache.prefetchQuery(flowsQuery(api, distinct(runs.map((run) => run.flowId)))),
    deploymentIds.length > 0 && cache.prefetchQuery(deploymentsQuery(api, deploymentIds)),
    cache.prefetchQuery(artifactCountsQuery(api, runs)),
  ]);
}
