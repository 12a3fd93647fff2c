import { z } from "zod";
import { ChoiceCondition, IdCondition, Operator, TextCondition } from "./filter";
import { jsonObject } from "./json";
import { atMost, byOffset } from "./query";
import { Id, Instant, name, Tags, text } from "./value";

const Parameters = jsonObject(512 * 1024);

/** The states that a flow run or task run goes through, as in Prefect. */
export const StateType = z.enum([
  "SCHEDULED",
  "PENDING",
  "RUNNING",
  "COMPLETED",
  "FAILED",
  "CANCELLED",
  "CRASHED",
  "PAUSED",
  "CANCELLING",
]);
export type StateType = z.infer<typeof StateType>;

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
  createdBy: jsonObject(4096).nullish(),
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
  createdBy: z.infer<typeof Parameters> | null;
  state: State | null;
  expectedStartTime: string | null;
  nextScheduledStartTime: string | null;
  startTime: string | null;
  endTime: string | null;
  created: string;
  updated: string;
}

export const StateCondition = z.strictObject({
  type: z.strictObject({ any: z.array(StateType).nullish(), notAny: z.array(StateType).nullish() }).nullish(),
  name: ChoiceCondition.nullish(),
});

export type StateCondition = z.infer<typeof StateCondition>;

export const FlowRunFilter = z.strictObject({
  operator: Operator.nullish(),
  id: IdCondition.nullish(),
  name: TextCondition.nullish(),
  flowId: IdCondition.nullish(),
  deploymentId: IdCondition.nullish(),
  state: StateCondition.nullish(),
});
export type FlowRunFilter = z.infer<typeof FlowRunFilter>;

export const FlowRunWhere = z.strictObject({ flowRuns: FlowRunFilter.nullish() });
export type FlowRunWhere = z.infer<typeof FlowRunWhere>;

export const FlowRunSort = z.enum([
  "ID_DESC",
  "START_TIME_DESC",
  "START_TIME_ASC",
  "NAME_ASC",
  "NAME_DESC",
  "END_TIME_DESC",
]);
export type FlowRunSort = z.infer<typeof FlowRunSort>;

/** Input of `flowRun.list`. A run that has not started sorts by when it is expected to. */
export const FlowRunList = z
  .strictObject({ where: FlowRunWhere.optional(), sort: FlowRunSort.default("START_TIME_DESC"), ...byOffset })
  .prefault({});
export type FlowRunList = z.infer<typeof FlowRunList>;

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

export const TaskRunFilter = z.strictObject({
  operator: Operator.nullish(),
  id: IdCondition.nullish(),
  name: TextCondition.nullish(),
  flowRunId: IdCondition.nullish(),
  state: StateCondition.nullish(),
});
export type TaskRunFilter = z.infer<typeof TaskRunFilter>;

export const TaskRunWhere = z.strictObject({ taskRuns: TaskRunFilter.nullish() });
export type TaskRunWhere = z.infer<typeof TaskRunWhere>;

/** Input of `taskRun.list`. */
export const TaskRunList = z
  .strictObject({ where: TaskRunWhere.optional(), sort: FlowRunSort.default("START_TIME_DESC"), ...byOffset })
  .prefault({});
export type TaskRunList = z.infer<typeof TaskRunList>;

/** Input of `taskRun.count`. */
export const TaskRunCount = z.strictObject({ where: TaskRunWhere.optional(), atMost }).prefault({});
export type TaskRunCount = z.infer<typeof TaskRunCount>;
