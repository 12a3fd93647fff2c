import { api, queryClient } from "#app/_data/server";
import { distinct, flowRunsQuery, flowsQuery, taskRunsQuery } from "./producer-queries";

interface ProducedRow {
  flowRunId: string | null;
  taskRunId: string | null;
}

/** Prefetches the runs that produced these rows: flow runs with their flows, and with `tasks` the task runs. */
export async function prefetchProducers(rows: ProducedRow[], options: { tasks?: boolean } = {}): Promise<void> {
  const cache = queryClient();
  const runIds = distinct(rows.map((row) => row.flowRunId));
  const taskIds = options.tasks ? distinct(rows.map((row) => row.taskRunId)) : [];
  await Promise.all([
    runIds.length > 0 && prefetchFlowRuns(runIds),
    taskIds.length > 0 && cache.prefetchQuery(taskRunsQuery(api, taskIds)),
  ]);
}

async function prefetchFlowRuns(ids: string[]): Promise<void> {
  const cache = queryClient();
  await cache.prefetchQuery(flowRunsQuery(api, ids));
  const runs = cache.getQueryData(flowRunsQuery(api, ids).queryKey) ?? [];
  const flowIds = distinct(runs.map((run) => run.flowId));
  if (flowIds.length > 0) await cache.prefetchQuery(flowsQuery(api, flowIds));
}
