import { sql } from "drizzle-orm";
import type { FlowRun, FlowRunSort, FlowRunUpdate, State, StateSet } from "#contract/run";
import type { StateType } from "#contract/where";
import type { flowRun, taskRun } from "#db/schema";
import type { Order } from "./page";

type Runs = typeof flowRun | typeof taskRun;
type Times = Pick<FlowRunUpdate, "startTime" | "endTime">;

const FINAL: StateType[] = ["COMPLETED", "FAILED", "CANCELLED", "CRASHED"];

/** The four state columns of a run as one state. */
export function stateOf(row: {
  stateType: StateType | null;
  stateName: string | null;
  stateMessage: string | null;
  stateTimestamp: string | null;
}): State | null {
  const { stateType: type, stateName: name, stateMessage: message, stateTimestamp: timestamp } = row;
  return type && timestamp ? { type, name: name ?? titled(type), message, timestamp } : null;
}

function titled(type: StateType): string {
  return type.charAt(0) + type.slice(1).toLowerCase();
}

/** The columns that a new run's state sets; times that the call names win over those that the state implies. */
export function statesOf(state: StateSet | null | undefined, times: Times) {
  if (!state) return {};
  const now = sql`clock_timestamp()`;
  return {
    ...columnsOf(state),
    ...(state.type === "RUNNING" && times.startTime === undefined && { startTime: now }),
    ...(FINAL.includes(state.type) && times.endTime === undefined && { endTime: now }),
  };
}

function columnsOf({ type, name, message }: StateSet) {
  return {
    stateType: type,
    stateName: name ?? titled(type),
    stateMessage: message ?? null,
    stateTimestamp: sql`clock_timestamp()`,
  };
}

/** The columns that a change of a run sets, or null when it changes nothing. */
export function changesOf(runs: Runs, { state, ...rest }: Omit<FlowRunUpdate, "id">) {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (!state && given.length === 0) return null;
  return {
    ...Object.fromEntries(given),
    ...(state && columnsOf(state)),
    ...(state?.type === "RUNNING" &&
      rest.startTime === undefined && { startTime: sql`coalesce(${runs.startTime}, clock_timestamp())` }),
    ...(state &&
      rest.endTime === undefined && { endTime: FINAL.includes(state.type) ? sql`clock_timestamp()` : sql`null` }),
    updated: sql`greatest(clock_timestamp(), ${runs.updated} + interval '1 microsecond')`,
  };
}

/** The orders of runs. One that has not started sorts by when it is expected to, else by when it was made. */
export function runOrder(runs: Runs, sort: FlowRunSort): Order<Pick<FlowRun, "id">> {
  const { id, name } = runs;
  const of = (row: Pick<FlowRun, "id">) => row.id;
  const start = sql`coalesce(${runs.startTime}, ${runs.expectedStartTime}, ${runs.created})`;
  const end = sql`coalesce(${runs.endTime}, '-infinity')`;
  const orders: Record<FlowRunSort, Order<Pick<FlowRun, "id">>> = {
    ID_DESC: { value: id, type: "uuid", id, descending: true, of },
    START_TIME_DESC: { value: start, type: "timestamptz", id, descending: true, of },
    START_TIME_ASC: { value: start, type: "timestamptz", id, descending: false, of },
    NAME_ASC: { value: name, type: "text", id, descending: false, of },
    NAME_DESC: { value: name, type: "text", id, descending: true, of },
    END_TIME_DESC: { value: end, type: "timestamptz", id, descending: true, of },
  };
  return orders[sort];
}
