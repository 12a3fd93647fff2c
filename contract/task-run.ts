import { z } from "zod";
import { FlowRunSort } from "./flow-run";
import { atMost, byCursor, byOffset } from "./paging";
import { RunUpdate, type State, StateSet, times } from "./run";
import { Id, name, Tags, Timestamp } from "./value";
import { TaskRunWhere } from "./where";

/**
 * If a task run with the same flow run, task key and dynamic key exists, it is returned unchanged. The id can be chosen
 * by the caller, as Prefect does.
 */
export const TaskRunCreate = z.strictObject({
  id: Id.nullish(),
  flowRunId: Id.nullish(),
  taskKey: name(255),
  dynamicKey: name(255),
  name: name(255).nullish(),
  tags: Tags.default([]),
  state: StateSet.nullish(),
  ...times,
});
export type TaskRunCreate = z.infer<typeof TaskRunCreate>;

export const TaskRunUpdate = RunUpdate;
export type TaskRunUpdate = z.infer<typeof TaskRunUpdate>;

/** A state that a task run entered, with the task run as it was then. The name of the state defaults to that of its type. */
const TaskRunReport = z.strictObject({
  id: Id,
  flowRunId: Id.nullish(),
  taskKey: name(255),
  dynamicKey: name(255),
  name: name(255),
  tags: Tags.default([]),
  state: StateSet,
  /** When it entered the state. */
  occurred: Timestamp,
  ...times,
});
export type TaskRunReport = z.infer<typeof TaskRunReport>;

/** Reports of up to 200 states, in any order. */
export const TaskRunRecord = z.strictObject({ items: z.array(TaskRunReport).min(1).max(200) });
export type TaskRunRecord = z.infer<typeof TaskRunRecord>;

export interface TaskRun {
  id: string;
  flowRunId: string | null;
  taskKey: string;
  dynamicKey: string;
  name: string;
  tags: string[];
  state: State | null;
  expectedStartTime: string | null;
  startTime: string | null;
  endTime: string | null;
  created: string;
  updated: string;
}

/** The orders of flow runs; task runs have no next scheduled start. */
export const TaskRunSort = FlowRunSort.exclude(["NEXT_SCHEDULED_START_TIME_ASC"]);
export type TaskRunSort = z.infer<typeof TaskRunSort>;

export const TaskRunList = z
  .strictObject({ where: TaskRunWhere.optional(), sort: TaskRunSort.default("START_TIME_DESC"), ...byOffset })
  .prefault({});
export type TaskRunList = z.infer<typeof TaskRunList>;

export const TaskRunPage = z
  .strictObject({ where: TaskRunWhere.optional(), sort: TaskRunSort.default("START_TIME_DESC"), ...byCursor })
  .prefault({});
export type TaskRunPage = z.infer<typeof TaskRunPage>;

export const TaskRunCount = z.strictObject({ where: TaskRunWhere.optional(), atMost }).prefault({});
export type TaskRunCount = z.infer<typeof TaskRunCount>;

/** What task runs are counted by: the types of their states, or the ids of their flow runs. */
export const TaskRunCountBy = z.strictObject({ where: TaskRunWhere.optional(), by: z.enum(["state", "flowRun"]) });
export type TaskRunCountBy = z.infer<typeof TaskRunCountBy>;
