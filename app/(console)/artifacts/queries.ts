import type { Api } from "#app/_data/client";
import { filterOf, pageInput, scopeOf, type View } from "./view";

/** Beyond this a count says "more than". */
export const COUNT_LIMIT = 10_000;

/** A page of the latest version of each key. */
export function latestQuery(api: Api, view: View) {
  return api.collection.page.queryOptions(pageInput(view));
}

/** A page of versions, whatever their key. */
export function versionsQuery(api: Api, view: View) {
  return api.artifact.page.queryOptions(pageInput(view));
}

/** How many rows a view has in all, at most one more than COUNT_LIMIT. */
export function countQuery(api: Api, view: View) {
  const artifacts = filterOf(view);
  const input = { where: artifacts && { artifacts }, atMost: COUNT_LIMIT };
  return scopeOf(view) === "latest"
    ? { ...api.collection.count.queryOptions(input) }
    : { ...api.artifact.count.queryOptions(input) };
}

/** The flow runs with these ids; an unknown id is left out of the answer. */
export function flowRunsQuery(api: Api, ids: string[]) {
  return api.flowRun.list.queryOptions({ where: { flowRuns: { id: { any: ids } } }, limit: 200 });
}

/** The task runs with these ids; an unknown id is left out of the answer. */
export function taskRunsQuery(api: Api, ids: string[]) {
  return api.taskRun.list.queryOptions({ where: { taskRuns: { id: { any: ids } } }, limit: 200 });
}

/** The flows with these ids; an unknown id is left out of the answer. */
export function flowsQuery(api: Api, ids: string[]) {
  return api.flow.list.queryOptions({ where: { flows: { id: { any: ids } } }, limit: 200 });
}

/** Different ids in one order, so that the same set is the same question. */
export function distinct(ids: (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null).sort();
}
