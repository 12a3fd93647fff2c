import type { Api } from "#app/_data/client";
import { MAX_LIMIT } from "#contract/limits";
import { startedBy } from "./where";

/** How many runs and keys the page of a flow lists. */
const NEWEST = 10;

/** In milliseconds. */
const DAY = 86_400_000;

/** How many bars the chart of a flow has, and the days that one can stand for. */
const BARS = 30;
const DAYS_PER_BAR = [1, 7, 30];

/** The time that the chart of a flow covers: its end, a midnight (UTC), and what a bar stands for, in milliseconds. */
export interface ChartSpan {
  end: number;
  step: number;
}

export function flowQuery(api: Api, id: string) {
  return api.flow.read.queryOptions({ id });
}

/** The newest runs of a flow, those that had started at a time unless `asOf` is empty. */
export function flowRunsQuery(api: Api, id: string, asOf: string) {
  const flowRuns = asOf === "" ? undefined : startedBy(undefined, asOf);
  return api.flowRun.page.queryOptions({ where: { flows: { id: { any: [id] } }, flowRuns }, limit: NEWEST });
}

/** The keys whose latest version is of a flow, the newest first, as of a time unless `asOf` is empty. */
export function flowKeysQuery(api: Api, id: string, asOf: string) {
  const where = { flows: { id: { any: [id] } } };
  return api.collection.page.queryOptions({ where, limit: 2 * NEWEST, asOf: asOf || undefined });
}

export function flowDeploymentsQuery(api: Api, id: string) {
  return api.deployment.list.queryOptions({
    where: { flows: { id: { any: [id] } } },
    sort: "NAME_ASC",
    limit: MAX_LIMIT,
  });
}

/** The runs of a flow by state, for each bar of its chart. */
export function flowHistoryQuery(api: Api, id: string, { end, step }: ChartSpan) {
  return api.flowRun.history.queryOptions({
    where: { flows: { id: { any: [id] } } },
    start: new Date(end - BARS * step).toISOString(),
    end: new Date(end).toISOString(),
    interval: step / 1000,
  });
}

/**
 * The span up to today, or up to the newest run where it would have none, in the shortest steps that reach back to all of
 * the newest runs. `starts` are their times (milliseconds), the newest first.
 */
export function chartSpan(starts: number[], now: number): ChartSpan {
  const midnightAfter = (time: number) => (Math.floor(time / DAY) + 1) * DAY;
  const today = midnightAfter(now);
  const [newest = now] = starts;
  const end = newest < today - BARS * DAY ? midnightAfter(newest) : Math.max(today, midnightAfter(newest));
  const oldest = starts.at(-1) ?? now;
  const days = DAYS_PER_BAR.find((each) => end - BARS * each * DAY <= oldest) ?? Math.max(...DAYS_PER_BAR);
  return { end, step: days * DAY };
}
