import { and, type SQL, sql } from "drizzle-orm";
import {
  type FlowRunHistory,
  type HistoryState,
  MAX_INTERVALS,
  type RunInterval,
  type TaskRunHistory,
} from "#contract/run-history";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { flowRun, taskRun } from "#db/schema";
import { flowRunMatches, taskRunMatches } from "./query/related";
import { titleCase } from "./run-state";

type Span = Pick<FlowRunHistory, "start" | "end" | "interval">;

/** The flow runs that match, by interval and state. */
export async function flowRunHistory(db: Database, { where, ...span }: FlowRunHistory): Promise<RunInterval[]> {
  return history(db, flowRun, await flowRunMatches(db, where), span);
}

/** The task runs that match, by interval and state. */
export async function taskRunHistory(db: Database, { where, ...span }: TaskRunHistory): Promise<RunInterval[]> {
  return history(db, taskRun, await taskRunMatches(db, where), span);
}

async function history(
  db: Database,
  runs: typeof flowRun | typeof taskRun,
  which: SQL | undefined,
  { start, end, interval }: Span,
): Promise<RunInterval[]> {
  const from = Date.parse(start);
  const intervals = Math.min(MAX_INTERVALS, Math.ceil((Date.parse(end) - from) / 1000 / interval));
  if (intervals <= 0) return [];
  const at = (index: number) => new Date(from + index * interval * 1000).toISOString();
  const begun = sql`coalesce(${runs.startTime}, ${runs.expectedStartTime}, ${runs.created})`;
  const within = sql`${begun} >= ${at(0)}::timestamptz and ${begun} < ${at(intervals)}::timestamptz`;
  const type = sql<HistoryState["type"]>`coalesce(${runs.stateType}, 'PENDING')`;
  const isRunning = sql`${runs.stateType} = 'RUNNING'`;
  const ended = sql`coalesce(${runs.endTime}, case when ${isRunning} then clock_timestamp() end)`;
  const isFinal = sql`${type} in ('COMPLETED', 'FAILED', 'CANCELLED', 'CRASHED')`;
  const started = sql`coalesce(${runs.startTime}, case when not ${isFinal} then clock_timestamp() end)`;
  const total = (to: SQL, since: unknown) =>
    sql<number>`sum(greatest(0, extract(epoch from ${to} - ${since})))::float8`;
  const rows = await db
    .select({
      index: sql<number>`floor(extract(epoch from ${begun} - ${at(0)}::timestamptz) / ${interval}::float8)::int`,
      type,
      name: runs.stateName,
      count: sql<number>`count(*)::int`,
      runTime: total(ended, runs.startTime),
      lateness: total(started, runs.expectedStartTime),
    })
    .from(runs)
    .where(adHoc(and(within, which)))
    .groupBy(sql`1`, sql`2`, runs.stateName);
  const found = Array.from({ length: intervals }, (_, index): RunInterval => {
    return { start: at(index), end: at(index + 1), states: [] };
  });
  for (const { index, name, ...row } of rows) {
    found[index]?.states.push({ ...row, name: name ?? titleCase(row.type) });
  }
  return found;
}
