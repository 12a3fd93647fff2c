import type { Api } from "#app/_data/client";
import { MAX_LIMIT } from "#contract/limits";
import type { FlowRunWhere } from "#contract/where";
import { distinct } from "../_list/producer-queries";
import { apiSort, type RunsView } from "./view";
import { startedBy } from "./where";

/** Larger counts are displayed as `10,000+`. */
export const COUNT_LIMIT = 10_000;

/** How many runs and artifacts the page of a deployment lists. */
const NEWEST = 10;

export type RunArtifactsView = Pick<RunsView, "cursor" | "asOf">;

export type RunRef = { flowRunId: string } | { taskRunId: string };

/** A page of flow runs; `where` is the filter of the view. */
export function runsQuery(api: Api, view: RunsView, where: FlowRunWhere | undefined) {
  return api.flowRun.page.queryOptions({ where, sort: apiSort(view), cursor: view.cursor || undefined });
}

/** The number of flow runs that match, at most COUNT_LIMIT + 1. */
export function runsCountQuery(api: Api, where: FlowRunWhere | undefined) {
  return api.flowRun.count.queryOptions({ where, atMost: COUNT_LIMIT });
}

/** How many artifacts each of some flow runs has. */
export function artifactCountsQuery(api: Api, runs: { id: string }[]) {
  return api.flowRun.artifactCounts.queryOptions({ ids: distinct(runs.map(({ id }) => id)) });
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

/** A page of the artifacts of a run, as of a time unless `asOf` is empty. */
export function runArtifactsQuery(api: Api, run: RunRef, { cursor, asOf }: RunArtifactsView) {
  const artifacts =
    "flowRunId" in run ? { flowRunId: { any: [run.flowRunId] } } : { taskRunId: { any: [run.taskRunId] } };
  const page = { cursor: cursor || undefined, asOf: asOf || undefined };
  return api.artifact.page.queryOptions({ where: { artifacts }, ...page, include: ["preview"] });
}

export function deploymentQuery(api: Api, id: string) {
  return api.deployment.read.queryOptions({ id });
}

/** The newest runs of a deployment, those that had started at a time unless `asOf` is empty. */
export function deploymentRunsQuery(api: Api, id: string, asOf: string) {
  const flowRuns = { deploymentId: { any: [id] } };
  return api.flowRun.page.queryOptions({
    where: { flowRuns: asOf === "" ? flowRuns : startedBy(flowRuns, asOf) },
    limit: NEWEST,
  });
}

/** The newest artifacts of a deployment's runs, as of a time unless `asOf` is empty. */
export function deploymentArtifactsQuery(api: Api, id: string, asOf: string) {
  return api.artifact.page.queryOptions({
    where: { flowRuns: { deploymentId: { any: [id] } } },
    limit: NEWEST,
    include: ["preview"],
    asOf: asOf || undefined,
  });
}
