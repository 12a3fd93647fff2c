import { z } from "zod";
import { FlowRunSort } from "./flow-run";
import { atMost, byCursor, byOffset } from "./query";
import { RunUpdate, type State, StateSet, times } from "./run";
import { Id, name, Tags } from "./value";
import { TaskRunWhere } from "./where";

/**
 * A task run, by its flow run, task key and dynamic key: one that exists is returned unchanged. Who names runs before they
 * are told of, as Prefect does, gives the id along.
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

/** A change of a task run. */
export const TaskRunUpdate = RunUpdate;
export type TaskRunUpdate = z.infer<typeof TaskRunUpdate>;

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

/** The orders of flow runs, but for the next scheduled start, which task runs have not. */
export const TaskRunSort = FlowRunSort.exclude(["NEXT_SCHEDULED_START_TIME_ASC"]);
export type TaskRunSort = z.infer<typeof TaskRunSort>;

/** Input of `taskRun.list`. */
export const TaskRunList = z
  .strictObject({ where: TaskRunWhere.optional(), sort: TaskRunSort.default("START_TIME_DESC"), ...byOffset })
  .prefault({});
export type TaskRunList = z.infer<typeof TaskRunList>;

/** Input of `taskRun.page`. */
export const TaskRunPage = z
  .strictObject({ where: TaskRunWhere.optional(), sort: TaskRunSort.default("START_TIME_DESC"), ...byCursor })
  .prefault({});
export type TaskRunPage = z.infer<typeof TaskRunPage>;

/** Input of `taskRun.count`. */
export const TaskRunCount = z.strictObject({ where: TaskRunWhere.optional(), atMost }).prefault({});
export type TaskRunCount = z.infer<typeof TaskRunCount>;
