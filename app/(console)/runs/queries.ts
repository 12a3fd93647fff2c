import type { Api } from "#app/_data/client";
import { MAX_LIMIT } from "#contract/limits";
import { type RunsView, runsWhere } from "./view";

/** Beyond this a count says "more than". */
export const COUNT_LIMIT = 10_000;

/** A page of flow runs at a moment (milliseconds), the one that started last first. */
export function runsQuery(api: Api, view: RunsView, now: number) {
  return api.flowRun.page.queryOptions({ where: runsWhere(view, now), cursor: view.cursor || undefined });
}

/** How many flow runs a view has, at most one more than COUNT_LIMIT. */
export function runsCountQuery(api: Api, view: RunsView, now: number) {
  return api.flowRun.count.queryOptions({ where: runsWhere(view, now), atMost: COUNT_LIMIT });
}

/** The flows one may choose from, by name. */
export function flowChoicesQuery(api: Api) {
  return api.flow.list.queryOptions({ sort: "NAME_ASC", limit: MAX_LIMIT });
}

/** One flow run. */
export function flowRunQuery(api: Api, id: string) {
  return api.flowRun.read.queryOptions({ id });
}

/** One task run. */
export function taskRunQuery(api: Api, id: string) {
  return api.taskRun.read.queryOptions({ id });
}

/** The task runs of a flow run, the first started first, at most 200. */
export function taskRunsOfQuery(api: Api, flowRunId: string) {
  return api.taskRun.list.queryOptions({
    where: { taskRuns: { flowRunId: { any: [flowRunId] } } },
    sort: "START_TIME_ASC",
    limit: MAX_LIMIT,
  });
}

/** Names a run of either kind. */
export type RunName = { flowRunId: string } | { taskRunId: string };

/** A page of what a run produced, the newest first. */
export function producedQuery(api: Api, run: RunName, cursor: string) {
  const artifacts =
    "flowRunId" in run ? { flowRunId: { any: [run.flowRunId] } } : { taskRunId: { any: [run.taskRunId] } };
  return api.artifact.page.queryOptions({ where: { artifacts }, cursor: cursor || undefined });
}
