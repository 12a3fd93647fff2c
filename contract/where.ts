import { z } from "zod";
import {
  AuthorCondition,
  ChoiceCondition,
  CreatedByCondition,
  DescriptionCondition,
  IdChoice,
  IdCondition,
  KeyCondition,
  LabelCondition,
  LimitCondition,
  MetadataCondition,
  NumberCondition,
  Operator,
  OptionalIdCondition,
  OptionalNumberCondition,
  OptionalTextCondition,
  OptionalTimestampCondition,
  PatternCondition,
  TagsCondition,
  TextCondition,
  TimestampCondition,
  TypeCondition,
  ValueCondition,
} from "./filter";
import { MAX_QUERY } from "./limits";
import { STATE_TYPES } from "./state";
import { NO_NUL } from "./value";

const operator = Operator.nullish();

/**
 * Conditions on artifacts, combined by `operator`; in the procedures of collections, on the latest version of a key. A
 * condition without criteria is ignored, also with `or` (in Prefect it then matches everything).
 */
export const ArtifactFilter = z.strictObject({
  operator,
  id: IdCondition.nullish(),
  key: KeyCondition.nullish(),
  type: TypeCondition.nullish(),
  flowRunId: IdCondition.nullish(),
  taskRunId: IdCondition.nullish(),
  /** Names a flow run or task run, whether it exists or not (true), or neither (false). */
  hasRun: z.boolean().nullish(),
  version: NumberCondition.nullish(),
  /** How many versions its key has. An artifact without a key matches nothing. */
  versions: NumberCondition.nullish(),
  /** A version that a label names. */
  label: LabelCondition.nullish(),
  /** The name of who published it: a person, an API key, or `local` on a server without keys. */
  author: AuthorCondition.nullish(),
  /** Of its key. An artifact without a key has none. */
  owner: TypeCondition.nullish(),
  /** The tags of a version and of its key together, without those of its run. */
  tags: TagsCondition.nullish(),
  /** Of the data, in bytes. */
  size: NumberCondition.nullish(),
  /** Of a table. */
  rows: OptionalNumberCondition.nullish(),
  /** The data itself where it is a number. */
  number: ValueCondition.nullish(),
  description: DescriptionCondition.nullish(),
  /** All must hold. */
  metadata: z.array(MetadataCondition).max(20).nullish(),
  created: TimestampCondition.nullish(),
  updated: TimestampCondition.nullish(),
});
export interface ArtifactFilter extends z.infer<typeof ArtifactFilter> {}

export const StateType = z.enum(STATE_TYPES);
export type StateType = z.infer<typeof StateType>;

const StateTypes = z.array(StateType).max(100).nullish();

/** Combined by its own operator. A run without a state matches neither condition. */
export const StateCondition = z.strictObject({
  operator,
  type: z.strictObject({ any: StateTypes, notAny: StateTypes }).nullish(),
  name: ChoiceCondition.nullish(),
});
export type StateCondition = z.infer<typeof StateCondition>;

/**
 * Conditions on flow runs; for artifacts, `{}` means "has a flow run that exists". For `startTime.after` and `before`, a
 * run that has not started counts by its expected start, as in Prefect; `isNull` is about the start alone.
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
  /** The flow run of the parent task run. `operator` has no effect here: there is one condition. */
  parentFlowRunId: IdCondition.extend({ operator }).nullish(),
  parentTaskRunId: OptionalIdCondition.nullish(),
  idempotencyKey: ChoiceCondition.nullish(),
  createdBy: CreatedByCondition.nullish(),
});
export interface FlowRunFilter extends z.infer<typeof FlowRunFilter> {}

/** Conditions on task runs; for artifacts, `{}` means "has a task run that exists". */
export const TaskRunFilter = z.strictObject({
  operator,
  id: IdCondition.nullish(),
  name: TextCondition.nullish(),
  tags: TagsCondition.nullish(),
  state: StateCondition.nullish(),
  startTime: OptionalTimestampCondition.nullish(),
  endTime: OptionalTimestampCondition.nullish(),
  expectedStartTime: TimestampCondition.nullish(),
  /** Is the parent of a flow run (true) or of none (false). */
  subflowRuns: z.strictObject({ exists: z.boolean().nullish() }).nullish(),
  flowRunId: OptionalIdCondition.nullish(),
});
export interface TaskRunFilter extends z.infer<typeof TaskRunFilter> {}

/** Conditions on deployments; for artifacts, `{}` means "has a flow run of a deployment that exists". */
export const DeploymentFilter = z.strictObject({
  operator,
  id: IdChoice.nullish(),
  name: TextCondition.nullish(),
  flowId: IdCondition.nullish(),
  flowOrDeploymentName: PatternCondition.nullish(),
  paused: z.strictObject({ eq: z.boolean().nullish() }).nullish(),
  tags: TagsCondition.nullish(),
  workQueueName: z.strictObject({ any: ChoiceCondition.shape.any }).nullish(),
  concurrencyLimit: LimitCondition.nullish(),
});
export interface DeploymentFilter extends z.infer<typeof DeploymentFilter> {}

/** Conditions on flows; for artifacts, `{}` means "has a flow run of a flow that exists". */
export const FlowFilter = z.strictObject({
  operator,
  id: IdChoice.nullish(),
  name: TextCondition.nullish(),
  tags: TagsCondition.nullish(),
  /** Has no deployment (true) or some (false). `operator` has no effect here: there is one condition. */
  deployment: z.strictObject({ operator, isNull: z.boolean().nullish() }).nullish(),
});
export interface FlowFilter extends z.infer<typeof FlowFilter> {}

const flows = FlowFilter.nullish();
const deployments = DeploymentFilter.nullish();
const flowRuns = FlowRunFilter.nullish();
const taskRuns = TaskRunFilter.nullish();

/**
 * All given filters must match. `flowRuns`, `flows` and `deployments` apply to the flow run that the artifact names,
 * `taskRuns` to its task run. An artifact whose run does not exist matches none of these four.
 */
export interface Filters {
  artifacts?: ArtifactFilter | null | undefined;
  flowRuns?: FlowRunFilter | null | undefined;
  taskRuns?: TaskRunFilter | null | undefined;
  deployments?: DeploymentFilter | null | undefined;
  flows?: FlowFilter | null | undefined;
}

/** A text in the query language; the server parses it. */
export const Query = z.string().max(MAX_QUERY).meta({ pattern: NO_NUL });

/** The filters, and `query`: all given must match. */
export const Where = z.strictObject({
  query: Query.nullish(),
  artifacts: ArtifactFilter.nullish(),
  ...{ flowRuns, taskRuns, deployments, flows },
});
export interface Where extends Filters {
  query?: string | null | undefined;
}

/** The filters on the run that produced an artifact. */
export type RunWhere = Omit<Filters, "artifacts">;

export const FlowWhere = z.strictObject({ flows });
export interface FlowWhere extends Pick<Filters, "flows"> {}

export const DeploymentWhere = z.strictObject({ deployments, flows });
export interface DeploymentWhere extends Pick<Filters, "deployments" | "flows"> {}

export const FlowRunWhere = z.strictObject({ flowRuns, deployments, flows });
export interface FlowRunWhere extends Pick<Filters, "flowRuns" | "deployments" | "flows"> {}

export const TaskRunWhere = z.strictObject({ taskRuns, flowRuns, deployments, flows });
export interface TaskRunWhere extends Pick<Filters, "taskRuns" | "flowRuns" | "deployments" | "flows"> {}
