import { type Column, sql } from "drizzle-orm";
import type { FlowRun, FlowRunSort, FlowRunUpdate } from "#contract/flow-run";
import type { State, StateSet } from "#contract/run";
import { FINAL_STATES } from "#contract/state";
import type { TaskRun, TaskRunSort } from "#contract/task-run";
import type { StateType } from "#contract/where";
import { flowRun, nextUpdated, taskRun } from "#db/schema";
import type { Order } from "./query/page";

type Runs = typeof flowRun | typeof taskRun;
type Times = Pick<FlowRunUpdate, "startTime" | "endTime">;

/** The four state columns of a run as one state. */
export function toState(row: {
  stateType: StateType | null;
  stateName: string | null;
  stateMessage: string | null;
  stateTimestamp: string | null;
}): State | null {
  const { stateType: type, stateName: name, stateMessage: message, stateTimestamp: timestamp } = row;
  return type && timestamp ? { type, name: name ?? titleCase(type), message, timestamp } : null;
}

/** The name of a state that has none of its own. */
export function titleCase(type: StateType): string {
  return type.charAt(0) + type.slice(1).toLowerCase();
}

/** The columns that a new run's state sets; times in the call take precedence over those that the state implies. */
export function createdStateColumns(state: StateSet | null | undefined, times: Times) {
  if (!state) return {};
  const now = sql`clock_timestamp()`;
  return {
    ...stateColumns(state),
    ...(state.type === "RUNNING" && times.startTime === undefined && { startTime: now }),
    ...(FINAL_STATES.includes(state.type) && times.endTime === undefined && { endTime: now }),
  };
}

/** The columns of a state that a run enters now. */
export function stateColumns({ type, name, message }: StateSet) {
  return {
    stateType: type,
    stateName: name ?? titleCase(type),
    stateMessage: message ?? null,
    stateTimestamp: sql`clock_timestamp()`,
  };
}

/** The columns that a change of a run sets, or null when it changes nothing. */
export function updatedColumns(runs: Runs, { state, ...rest }: Omit<FlowRunUpdate, "id">) {
  const input = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (!state && input.length === 0) return null;
  return {
    ...Object.fromEntries(input),
    ...(state && stateColumns(state)),
    ...(state?.type === "RUNNING" &&
      rest.startTime === undefined && { startTime: sql`coalesce(${runs.startTime}, clock_timestamp())` }),
    ...(state &&
      rest.endTime === undefined && {
        endTime: FINAL_STATES.includes(state.type) ? sql`clock_timestamp()` : sql`null`,
      }),
    updated: nextUpdated(runs.updated),
  };
}

/** The orders of flow runs. */
export function flowRunOrder(sort: FlowRunSort): Order<FlowRun> {
  if (sort !== "NEXT_SCHEDULED_START_TIME_ASC") return runOrder(flowRun, sort);
  const { id, nextScheduledStartTime } = flowRun;
  return ascending(nextScheduledStartTime, id, (row) => row.nextScheduledStartTime);
}

/** The orders of task runs. */
export function taskRunOrder(sort: TaskRunSort): Order<TaskRun> {
  return runOrder(taskRun, sort);
}

function ascending<Row>(time: Column, id: Column, of: (row: Row) => string | null): Order<Row> {
  const value = sql`coalesce(${time}, 'infinity')`;
  return { value, type: "timestamptz", id, descending: false, of: (row) => of(row) ?? "infinity" };
}

function descending<Row>(time: Column, id: Column, of: (row: Row) => string | null): Order<Row> {
  const value = sql`coalesce(${time}, '-infinity')`;
  return { value, type: "timestamptz", id, descending: true, of: (row) => of(row) ?? "-infinity" };
}

function runOrder(runs: Runs, sort: TaskRunSort): Order<FlowRun | TaskRun> {
  const { id, name, startTime, expectedStartTime, endTime, created } = runs;
  const byName = { value: name, type: "text", id, of: (row: FlowRun | TaskRun) => row.name } as const;
  const byStart = {
    value: sql`coalesce(${startTime}, ${expectedStartTime}, ${created})`,
    type: "timestamptz",
    id,
    of: (row: FlowRun | TaskRun) => row.startTime ?? row.expectedStartTime ?? row.created,
  } as const;
  const orders: Record<TaskRunSort, Order<FlowRun | TaskRun>> = {
    ID_DESC: { value: id, type: "uuid", id, descending: true, of: (row) => row.id },
    START_TIME_DESC: { ...byStart, descending: true },
    START_TIME_ASC: { ...byStart, descending: false },
    EXPECTED_START_TIME_ASC: ascending(expectedStartTime, id, (row) => row.expectedStartTime),
    EXPECTED_START_TIME_DESC: descending(expectedStartTime, id, (row) => row.expectedStartTime),
    NAME_ASC: { ...byName, descending: false },
    NAME_DESC: { ...byName, descending: true },
    END_TIME_DESC: descending(endTime, id, (row) => row.endTime),
  };
  return orders[sort];
}
