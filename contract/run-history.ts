import { z } from "zod";
import { Timestamp } from "./value";
import { FlowRunWhere, type StateType, TaskRunWhere } from "./where";

/** A history has at most so many intervals, from its start. */
export const MAX_INTERVALS = 500;

/** The longest interval in seconds, which is longer than all timestamps are apart. */
export const MAX_INTERVAL = 10_000_000_000;

/** From `start` to before `end`, in intervals of so many seconds; the last one may reach beyond `end`. */
const span = {
  start: Timestamp,
  end: Timestamp,
  interval: z.number().min(1).max(MAX_INTERVAL),
};

export const FlowRunHistory = z.strictObject({ where: FlowRunWhere.optional(), ...span });
export type FlowRunHistory = z.infer<typeof FlowRunHistory>;

export const TaskRunHistory = z.strictObject({ where: TaskRunWhere.optional(), ...span });
export type TaskRunHistory = z.infer<typeof TaskRunHistory>;

/** How many runs of an interval are in a state, how long they ran in all, and how late they started, in seconds. */
export interface HistoryState {
  type: StateType;
  name: string;
  count: number;
  runTime: number;
  lateness: number;
}

/** The runs that started within an interval; one that has not started counts by its expected start, else by its creation. */
export interface RunInterval {
  start: string;
  end: string;
  states: HistoryState[];
}
