import { z } from "zod";
import { jsonObject } from "./json";
import { atMost, byCursor, byOffset } from "./query";
import { Id, Instant, name, Tags, text } from "./value";
import { FlowRunWhere, StateType, TaskRunWhere } from "./where";

const Parameters = jsonObject(512 * 1024);

/** A state to set. The name is the type's own ("Completed") when absent; the moment is the server's. */
export const StateSet = z.strictObject({
  type: StateType,
  name: name(255).nullish(),
  message: text(64 * 1024).nullish(),
});
export type StateSet = z.infer<typeof StateSet>;

export interface State {
  type: StateType;
  name: string;
  message: string | null;
  timestamp: string;
}

/** Who made a run: a user, a deployment, an automation … */
const CreatedBy = z.strictObject({
  id: Id.nullish(),
  type: name(255).nullish(),
  displayValue: name(255).nullish(),
});
type CreatedBy = z.infer<typeof CreatedBy>;

const times = {
  startTime: Instant.nullish(),
  endTime: Instant.nullish(),
  expectedStartTime: Instant.nullish(),
};

/** A flow run. With an idempotency key, the run of that flow that already has the key is returned unchanged. */
export const FlowRunCreate = z.strictObject({
  flowId: Id,
  name: name(255).nullish(),
  deploymentId: Id.nullish(),
  parentTaskRunId: Id.nullish(),
  idempotencyKey: name(255).nullish(),
  flowVersion: name(255).nullish(),
  workQueueName: name(255).nullish(),
  tags: Tags.default([]),
  parameters: Parameters.default({}),
  createdBy: CreatedBy.nullish(),
  state: StateSet.nullish(),
  nextScheduledStartTime: Instant.nullish(),
  ...times,
});
export type FlowRunCreate = z.infer<typeof FlowRunCreate>;

/**
 * A change of a flow run: absent keeps, null clears. Entering RUNNING sets a start time that is not set yet, and a
 * final state (COMPLETED, FAILED, CANCELLED, CRASHED) sets an end time, unless the same call names them.
 */
export const FlowRunUpdate = z.strictObject({
  id: Id,
  name: name(255).optional(),
  tags: Tags.optional(),
  state: StateSet.optional(),
  ...times,
});
export type FlowRunUpdate = z.infer<typeof FlowRunUpdate>;

export interface FlowRun {
  id: string;
  flowId: string;
  name: string;
  deploymentId: string | null;
  parentTaskRunId: string | null;
  idempotencyKey: string | null;
  flowVersion: string | null;
  workQueueName: string | null;
  tags: string[];
  parameters: z.infer<typeof Parameters>;
  createdBy: CreatedBy | null;
  state: State | null;
  expectedStartTime: string | null;
  nextScheduledStartTime: string | null;
  startTime: string | null;
  endTime: string | null;
  created: string;
  updated: string;
}

/**
 * Total orders, with the id as tie-break. By start time, a run that has not started stands at its expected start, else
 * at its creation; by any other time, one that has none comes last.
 */
export const FlowRunSort = z.enum([
  "ID_DESC",
  "START_TIME_DESC",
  "START_TIME_ASC",
  "EXPECTED_START_TIME_ASC",
  "EXPECTED_START_TIME_DESC",
  "NEXT_SCHEDULED_START_TIME_ASC",
  "NAME_ASC",
  "NAME_DESC",
  "END_TIME_DESC",
]);
export type FlowRunSort = z.infer<typeof FlowRunSort>;

/** Input of `flowRun.list`. */
export const FlowRunList = z
  .strictObject({ where: FlowRunWhere.optional(), sort: FlowRunSort.default("START_TIME_DESC"), ...byOffset })
  .prefault({});
export type FlowRunList = z.infer<typeof FlowRunList>;

/** Input of `flowRun.page`. */
export const FlowRunPage = z
  .strictObject({ where: FlowRunWhere.optional(), sort: FlowRunSort.default("START_TIME_DESC"), ...byCursor })
  .prefault({});
export type FlowRunPage = z.infer<typeof FlowRunPage>;

/** Input of `flowRun.count`. */
export const FlowRunCount = z.strictObject({ where: FlowRunWhere.optional(), atMost }).prefault({});
export type FlowRunCount = z.infer<typeof FlowRunCount>;

/** A task run, by its flow run, task key and dynamic key: one that exists is returned unchanged. */
export const TaskRunCreate = z.strictObject({
  flowRunId: Id.nullish(),
  taskKey: name(255),
  dynamicKey: name(255),
  name: name(255).nullish(),
  tags: Tags.default([]),
  state: StateSet.nullish(),
  ...times,
});
export type TaskRunCreate = z.infer<typeof TaskRunCreate>;

/** A change of a task run: as that of a flow run. */
export const TaskRunUpdate = FlowRunUpdate;
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
