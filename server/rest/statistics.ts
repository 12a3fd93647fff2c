import { z } from "zod";
import type { FlowRun } from "#contract/flow-run";
import { FlowRunSort } from "#contract/flow-run";
import { MAX_LIMIT } from "#contract/limits";
import { type HistoryState, MAX_INTERVAL, type RunInterval } from "#contract/run-history";
import { FAILED_STATES, FINAL_STATES, STATE_TYPES } from "#contract/state";
import { FlowRunWhere, StateType, TaskRunWhere } from "#contract/where";
import { FlowRunCount, filters, TaskRunCount, whereOf } from "./filter";
import { type Route, route } from "./route";
import { runTime, secondsBetween } from "./row";
import { RestId, RestOffset, RestTimestamp } from "./value";

type Input = NonNullable<Route["input"]>;
type ToBody = NonNullable<Route["toBody"]>;

const id = z.string().meta({ format: "uuid" });
const timestamp = z.string().meta({ format: "date-time" });
const number = z.int().min(0);
const seconds = z.number().min(0);

/** What Prefect's interface shows in numbers and charts. */
const MAX_IDS = 200;
const MAX_BARS = 1_000;
const DASHBOARD_INTERVALS = 20;
const DAY = 24 * 60 * 60 * 1_000;

const ALL_TIME = { start: "1970-01-01T00:00:00Z", end: "2200-12-31T23:59:59Z", interval: MAX_INTERVAL };

function historyBody(where: z.ZodObject) {
  const span = {
    history_start: RestTimestamp,
    history_end: RestTimestamp,
    history_interval_seconds: z.number().min(1).max(MAX_INTERVAL),
  };
  return z.object({ ...filters(where), ...span }).transform((body) => ({
    where: whereOf(where, body),
    start: body.history_start,
    end: body.history_end,
    interval: body.history_interval_seconds,
  }));
}

const RunHistory = z.array(
  z.strictObject({
    interval_start: timestamp,
    interval_end: timestamp,
    states: z.array(
      z.strictObject({
        state_type: StateType,
        state_name: z.string(),
        count_runs: number,
        sum_estimated_run_time: seconds,
        sum_estimated_lateness: seconds,
      }),
    ),
  }),
);

const toHistory: ToBody = (intervals) =>
  intervalsOf(intervals).map(({ start, end, states }) => ({
    interval_start: start,
    interval_end: end,
    states: states.map(({ type, name, count, runTime: sum, lateness }) => ({
      state_type: type,
      state_name: name,
      count_runs: count,
      sum_estimated_run_time: sum,
      sum_estimated_lateness: lateness,
    })),
  }));

function intervalsOf(output: unknown): RunInterval[] {
  return Object(output);
}

const toLateness: ToBody = (intervals) => {
  const states = intervalsOf(intervals).flatMap((each) => each.states);
  const count = sum(states, (state) => state.count);
  return count === 0 ? null : sum(states, (state) => state.lateness) / count;
};

function sum(states: HistoryState[], of: (state: HistoryState) => number): number {
  return states.reduce((total, state) => total + of(state), 0);
}

/** The finished task runs of the time in the filter, else of a day, as Prefect's older interface draws them. */
const dashboardHistory: Input = ({ where }) => {
  const { taskRuns, ...others } = Object(where);
  const { startTime } = taskRuns ?? {};
  const end = startTime?.before ?? new Date().toISOString();
  const after = startTime?.after ?? new Date(Math.max(0, Date.parse(end) - DAY)).toISOString();
  const interval = Math.max(1, secondsBetween(after, end) / DASHBOARD_INTERVALS);
  return {
    where: { ...others, taskRuns: { ...taskRuns, state: { type: { any: FINAL_STATES } } } },
    start: after,
    end,
    interval,
  };
};

const toDashboardCounts: ToBody = (intervals) =>
  intervalsOf(intervals)
    .slice(0, DASHBOARD_INTERVALS)
    .map(({ states }) => {
      const failed = states.filter(({ type }) => FAILED_STATES.includes(type));
      const completed = states.filter(({ type }) => !FAILED_STATES.includes(type));
      return { completed: sum(completed, ({ count }) => count), failed: sum(failed, ({ count }) => count) };
    });

const FlowRunBars = z
  .object({
    ...filters(FlowRunWhere),
    sort: FlowRunSort.nullish(),
    limit: z.int().min(0).max(MAX_BARS).nullish(),
    offset: RestOffset.nullish(),
  })
  .transform((body) => ({
    where: whereOf(FlowRunWhere, body),
    sort: body.sort ?? "EXPECTED_START_TIME_DESC",
    limit: Math.min(body.limit ?? MAX_BARS, MAX_LIMIT),
    offset: body.offset ?? 0,
  }));

const toFlowRunBars: ToBody = (runs) =>
  flowRunsOf(runs).map((run) => ({
    id: run.id,
    state_type: run.state?.type ?? "PENDING",
    timestamp: run.startTime ?? run.expectedStartTime ?? run.created,
    duration: runTime(run),
    lateness: lateness(run),
  }));

function flowRunsOf(output: unknown): FlowRun[] {
  return Object(output);
}

function lateness({ startTime, expectedStartTime, state }: FlowRun): number {
  const isOver = state !== null && FINAL_STATES.includes(state.type);
  return secondsBetween(expectedStartTime, startTime ?? (isOver ? null : new Date().toISOString()));
}

const FlowIds = z.object({ flow_ids: z.array(RestId).max(MAX_IDS) });
const FlowRunIds = z.object({ flow_run_ids: z.array(RestId).max(MAX_IDS) });
const Ids = z.object({ any: z.array(z.string()) });
const counts = { response: z.record(id, number) };

/** The counts of the ids in a filter, those without rows included. */
const countsOf =
  (idsIn: (where: Record<string, Record<string, unknown>>) => unknown): ToBody =>
  (output, input) => {
    const { any: ids } = Ids.parse(idsIn(Object(input).where));
    return Object.fromEntries(ids.map((each) => [each, Object(output)[each] ?? 0]));
  };

const NextRun = z.strictObject({
  id,
  flow_id: id,
  name: z.string(),
  state_name: z.string(),
  state_type: StateType,
  next_scheduled_start_time: timestamp,
});

const toNextRuns: ToBody = (output, input) => {
  const { any: ids } = Ids.parse(Object(input).where.flowRuns.flowId);
  const runs = flowRunsOf(output).filter((run) => run.nextScheduledStartTime !== null);
  return Object.fromEntries(
    ids.map((flowId) => {
      const next = runs.find((run) => run.flowId === flowId);
      return [flowId, next ? toNextRun(next) : null];
    }),
  );
};

function toNextRun({ id: runId, flowId, name, state, nextScheduledStartTime }: FlowRun) {
  const { name: state_name, type: state_type } = state ?? {};
  return {
    id: runId,
    flow_id: flowId,
    name,
    state_name,
    state_type,
    next_scheduled_start_time: nextScheduledStartTime,
  };
}

const perState = Object.fromEntries(STATE_TYPES.map((type) => [type, number]));

/** The routes from which Prefect's interface takes its numbers and charts. */
export const statistics = [
  route("POST /flow_runs/history", "flowRun.history", 200, {
    operationId: "read_flow_run_history",
    summary: "Count the flow runs that match a filter, by state and interval of time; at most 500 intervals.",
    body: historyBody(FlowRunWhere),
    response: RunHistory,
    toBody: toHistory,
  }),
  route("POST /task_runs/history", "taskRun.history", 200, {
    operationId: "read_task_run_history",
    summary: "Count the task runs that match a filter, by state and interval of time; at most 500 intervals.",
    body: historyBody(TaskRunWhere),
    response: RunHistory,
    toBody: toHistory,
  }),
  route("POST /flow_runs/lateness", "flowRun.history", 200, {
    operationId: "read_flow_run_lateness",
    summary: "Average by how many seconds the flow runs that match a filter started late.",
    query: FlowRunCount,
    input: ({ where }) => ({ where, ...ALL_TIME }),
    response: seconds.nullable(),
    toBody: toLateness,
  }),
  route("POST /ui/flow_runs/history", "flowRun.list", 200, {
    operationId: "list_flow_run_bars",
    summary: "List how long flow runs took and how late they started; at most 200.",
    query: FlowRunBars,
    response: z.array(z.strictObject({ id, state_type: StateType, timestamp, duration: seconds, lateness: seconds })),
    toBody: toFlowRunBars,
  }),
  route("POST /ui/flow_runs/count-task-runs", "taskRun.countBy", 200, {
    operationId: "count_task_runs_by_flow_run",
    summary: "Count the task runs of flow runs, without those that stand for flow runs.",
    body: FlowRunIds.transform(({ flow_run_ids: any }) => ({
      where: { taskRuns: { flowRunId: { any }, subflowRuns: { exists: false } } },
      by: "flowRun",
    })),
    ...counts,
    toBody: countsOf(({ taskRuns }) => taskRuns?.flowRunId),
  }),
  route("POST /ui/flows/count-deployments", "deployment.countBy", 200, {
    operationId: "count_deployments_by_flow",
    summary: "Count the deployments of flows.",
    body: FlowIds.transform(({ flow_ids: any }) => ({ where: { deployments: { flowId: { any } } }, by: "flow" })),
    ...counts,
    toBody: countsOf(({ deployments }) => deployments?.flowId),
  }),
  route("POST /ui/flows/next-runs", "flowRun.list", 200, {
    operationId: "read_next_flow_runs",
    summary: "Read the next scheduled flow run of each flow, among the next 200 of all of them.",
    body: FlowIds.transform(({ flow_ids: any }) => ({
      where: { flowRuns: { flowId: { any }, state: { type: { any: ["SCHEDULED"] } } } },
      sort: "NEXT_SCHEDULED_START_TIME_ASC",
      limit: MAX_LIMIT,
    })),
    response: z.record(id, NextRun.nullable()),
    toBody: toNextRuns,
  }),
  route("POST /ui/task_runs/count", "taskRun.countBy", 200, {
    operationId: "count_task_runs_by_state",
    summary: "Count the task runs that match a filter, by state.",
    query: TaskRunCount,
    input: ({ where }) => ({ where, by: "state" }),
    response: z.strictObject(perState),
    toBody: (output) => Object.fromEntries(STATE_TYPES.map((type) => [type, Object(output)[type] ?? 0])),
  }),
  route("POST /ui/task_runs/dashboard/counts", "taskRun.history", 200, {
    operationId: "count_finished_task_runs",
    summary: "Count the finished task runs that started since a time, in 20 intervals.",
    body: TaskRunCount,
    input: dashboardHistory,
    response: z.array(z.strictObject({ completed: number, failed: number })),
    toBody: toDashboardCounts,
  }),
];
