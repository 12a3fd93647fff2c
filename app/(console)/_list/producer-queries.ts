import type { Api } from "#app/_data/client";
import { MAX_LIMIT } from "#contract/limits";

/** The flow runs with these ids; unknown ids are left out. */
export function flowRunsQuery(api: Api, ids: string[]) {
  return api.flowRun.list.queryOptions({ where: { flowRuns: { id: { any: ids } } }, limit: MAX_LIMIT });
}

/** The task runs with these ids; unknown ids are left out. */
export function taskRunsQuery(api: Api, ids: string[]) {
  return api.taskRun.list.queryOptions({ where: { taskRuns: { id: { any: ids } } }, limit: MAX_LIMIT });
}

/** The flows with these ids; unknown ids are left out. */
export function flowsQuery(api: Api, ids: string[]) {
  return api.flow.list.queryOptions({ where: { flows: { id: { any: ids } } }, limit: MAX_LIMIT });
}

/** The deployments with these ids; unknown ids are left out. */
export function deploymentsQuery(api: Api, ids: string[]) {
  return api.deployment.list.queryOptions({ where: { deployments: { id: { any: ids } } }, limit: MAX_LIMIT });
}

/** The distinct ids, sorted, so that equal sets make equal query keys. */
export function distinct(ids: (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null).sort();
}
