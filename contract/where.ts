import { z } from "zod";
import {
  ChoiceCondition,
  CreatedByCondition,
  IdChoice,
  IdCondition,
  KeyCondition,
  LimitCondition,
  MetadataCondition,
  NumberCondition,
  Operator,
  OptionalIdCondition,
  OptionalTextCondition,
  OptionalTimestampCondition,
  PatternCondition,
  TagsCondition,
  TextCondition,
  TimestampCondition,
} from "./filter";
import { STATE_TYPES } from "./state";

const operator = Operator.nullish();

/**
 * Which artifacts: the conditions joined by `operator`. In collection verbs it is tested against the latest version of
 * a key. A condition without criteria counts as not given, also under `or` (in Prefect it makes everything match).
 */
export const ArtifactFilter = z.strictObject({
  operator,
  id: IdCondition.nullish(),
  key: KeyCondition.nullish(),
  type: ChoiceCondition.nullish(),
  flowRunId: IdCondition.nullish(),
  taskRunId: IdCondition.nullish(),
  /** Belongs to a flow run or task run, known or not; or to neither. */
  hasRun: z.boolean().nullish(),
  version: NumberCondition.nullish(),
  description: z.strictObject({ contains: z.string().max(255).nullish() }).nullish(),
  /** Up to 20 conditions on names of the metadata; all must hold. */
  metadata: z.array(MetadataCondition).max(20).nullish(),
  created: TimestampCondition.nullish(),
  updated: TimestampCondition.nullish(),
});
export type ArtifactFilter = z.infer<typeof ArtifactFilter>;

/** A state, by its type. */
export const StateType = z.enum(STATE_TYPES);
export type StateType = z.infer<typeof StateType>;

const StateTypes = z.array(StateType).max(100).nullish();

/** A state, by type and by name, joined by its own operator. A run without a state matches neither. */
export const StateCondition = z.strictObject({
  operator,
  type: z.strictObject({ any: StateTypes, notAny: StateTypes }).nullish(),
  name: ChoiceCondition.nullish(),
});
export type StateCondition = z.infer<typeof StateCondition>;

/**
 * Which flow runs. `{}` asks for "has a flow run that exists". A run that has not started counts by its expected start
 * in `startTime.after` and `before`, as in Prefect; `isNull` looks at the start alone.
 */
export const FlowRunFilter = z.strictObject({
  operator,
  id: IdChoice.nullish(),
  name: TextCondition.nullish(),
  tags: TagsCondition.nullish(),
  flowId: IdCondition.nullish(),
  deploymentId: OptionalIdCondition.nullish(),
  workQueueName: OptionalTextCondition.nullish(),
  state: StateCondition.nullish(),
  flowVersion: z.strictObject({ any: ChoiceCondition.shape.any }).nullish(),
  startTime: OptionalTimestampCondition.nullish(),
  endTime: OptionalTimestampCondition.nullish(),
  expectedStartTime: TimestampCondition.nullish(),
  nextScheduledStartTime: TimestampCondition.nullish(),
  /** Runs whose parent task run belongs to one of these flow runs (one level). */
  parentFlowRunId: IdCondition.nullish(),
  parentTaskRunId: OptionalIdCondition.nullish(),
  idempotencyKey: ChoiceCondition.nullish(),
  createdBy: CreatedByCondition.nullish(),
});
export type FlowRunFilter = z.infer<typeof FlowRunFilter>;

/** Which task runs. `{}` asks for "has a task run that exists". */
export const TaskRunFilter = z.strictObject({
  operator,
  id: IdCondition.nullish(),
  name: TextCondition.nullish(),
  tags: TagsCondition.nullish(),
  state: StateCondition.nullish(),
  startTime: OptionalTimestampCondition.nullish(),
  endTime: OptionalTimestampCondition.nullish(),
  expectedStartTime: TimestampCondition.nullish(),
  /** Some flow run has this task run as its parent; or none has. */
  subflowRuns: z.strictObject({ exists: z.boolean().nullish() }).nullish(),
  flowRunId: OptionalIdCondition.nullish(),
});
export type TaskRunFilter = z.infer<typeof TaskRunFilter>;

/** Which deployments. `{}` asks for "has a flow run of a deployment that exists". */
export const DeploymentFilter = z.strictObject({
  operator,
  id: IdChoice.nullish(),
  name: TextCondition.nullish(),
  flowId: IdCondition.nullish(),
  /** The deployment's name, or its flow's. */
  flowOrDeploymentName: PatternCondition.nullish(),
  paused: z.strictObject({ eq: z.boolean().nullish() }).nullish(),
  tags: TagsCondition.nullish(),
  workQueueName: z.strictObject({ any: ChoiceCondition.shape.any }).nullish(),
  concurrencyLimit: LimitCondition.nullish(),
});
export type DeploymentFilter = z.infer<typeof DeploymentFilter>;

/** Which flows. `{}` asks for "has a flow run of a flow that exists". */
export const FlowFilter = z.strictObject({
  operator,
  id: IdChoice.nullish(),
  name: TextCondition.nullish(),
  tags: TagsCondition.nullish(),
  /** Flows without any deployment; or with one. */
  deployment: z.strictObject({ isNull: z.boolean().nullish() }).nullish(),
});
export type FlowFilter = z.infer<typeof FlowFilter>;

const flows = FlowFilter.nullish();
const deployments = DeploymentFilter.nullish();
const flowRuns = FlowRunFilter.nullish();
const taskRuns = TaskRunFilter.nullish();

/**
 * The five filters together; all that are given must hold, and an absent or null one is not asked. Flow runs, flows and
 * deployments speak of one and the same flow run, the one the artifact names; task runs of the task run it names. An
 * artifact that names a run which no longer exists matches none of the four.
 */
export const Where = z.strictObject({ artifacts: ArtifactFilter.nullish(), flowRuns, taskRuns, deployments, flows });
export type Where = z.infer<typeof Where>;

/** The four filters on what produced an artifact. */
export type RunWhere = Omit<Where, "artifacts">;

/** Which flows a list of flows shows. */
export const FlowWhere = z.strictObject({ flows });
export type FlowWhere = z.infer<typeof FlowWhere>;

/** Which deployments a list of deployments shows, also by their flows. */
export const DeploymentWhere = z.strictObject({ deployments, flows });
export type DeploymentWhere = z.infer<typeof DeploymentWhere>;

/** Which flow runs a list of flow runs shows, also by their flows and deployments. */
export const FlowRunWhere = z.strictObject({ flowRuns, deployments, flows });
export type FlowRunWhere = z.infer<typeof FlowRunWhere>;

/** Which task runs a list of task runs shows, also by their flow runs and those runs' flows and deployments. */
export const TaskRunWhere = z.strictObject({ taskRuns, flowRuns, deployments, flows });
export type TaskRunWhere = z.infer<typeof TaskRunWhere>;
