import type { Api } from "#app/_data/client";
import { MAX_LIMIT } from "#contract/limits";
import { type RunsView, runsWhere } from "./view";

/** Larger counts are displayed as `10,000+`. */
export const COUNT_LIMIT = 10_000;

/** How many runs and artifacts the page of a deployment lists. */
const NEWEST = 10;

export type RunRef = { flowRunId: string } | { taskRunId: string };

export function runsQuery(api: Api, view: RunsView, now: number) {
  return api.flowRun.page.queryOptions({ where: runsWhere(view, now), cursor: view.cursor || undefined });
}

/** The number of flow runs of a view on all pages, at most COUNT_LIMIT + 1. */
export function runsCountQuery(api: Api, view: RunsView, now: number) {
  return api.flowRun.count.queryOptions({ where: runsWhere(view, now), atMost: COUNT_LIMIT });
}

export function flowChoicesQuery(api: Api) {
  return api.flow.list.queryOptions({ sort: "NAME_ASC", limit: MAX_LIMIT });
}

/** The deployments, of one flow where it is named. */
export function deploymentChoicesQuery(api: Api, flow: string) {
  const where = flow ? { flows: { name: { any: [flow] } } } : undefined;
  return api.deployment.list.queryOptions({ where, sort: "NAME_ASC", limit: MAX_LIMIT });
}

export function flowRunQuery(api: Api, id: string) {
  return api.flowRun.read.queryOptions({ id });
}

export function taskRunQuery(api: Api, id: string) {
  return api.taskRun.read.queryOptions({ id });
}

export function taskRunsOfQuery(api: Api, flowRunId: string) {
  return api.taskRun.list.queryOptions({
    where: { taskRuns: { flowRunId: { any: [flowRunId] } } },
    sort: "START_TIME_ASC",
    limit: MAX_LIMIT,
  });
}

export function runArtifactsQuery(api: Api, run: RunRef, cursor: string) {
  const artifacts =
    "flowRunId" in run ? { flowRunId: { any: [run.flowRunId] } } : { taskRunId: { any: [run.taskRunId] } };
  return api.artifact.page.queryOptions({ where: { artifacts }, cursor: cursor || undefined, include: ["preview"] });
}

export function deploymentQuery(api: Api, id: string) {
  return api.deployment.read.queryOptions({ id });
}

/** The newest runs of a deployment. */
export function deploymentRunsQuery(api: Api, id: string) {
  return api.flowRun.page.queryOptions({
    where: { flowRuns: { deploymentId: { any: [id] } } },
    limit: NEWEST,
  });
}

/** The newest artifacts of a deployment's runs. */
export function deploymentArtifactsQuery(api: Api, id: string) {
  return api.artifact.page.queryOptions({
    where: { flowRuns: { deploymentId: { any: [id] } } },
    limit: NEWEST,
    include: ["preview"],
  });
}
