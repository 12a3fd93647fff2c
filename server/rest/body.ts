import { z } from "zod";
import { ArtifactCreate, ArtifactUpdate } from "#contract/artifact";
import { DeploymentCreate, DeploymentUpdate } from "#contract/deployment";
import { FlowCreate } from "#contract/flow";
import { FlowRunCreate, FlowRunUpdate } from "#contract/flow-run";
import { MAX_LIMIT } from "#contract/limits";
import { StateSet } from "#contract/run";
import { TaskRunCreate, TaskRunUpdate } from "#contract/task-run";
import { Tags } from "#contract/value";
import { restFieldName, restSchema, toContractFields } from "./rest-schema";
import {
  RestBoolean,
  RestId,
  RestLabels,
  RestLimit,
  RestMetadata,
  RestName,
  RestParameters,
  RestTimestamp,
} from "./value";

type Shape = Record<string, z.ZodType>;

/** A body that rejects unknown fields, as the contract's input. */
const strictBody = (shape: Shape) => z.strictObject(shape).transform(toContractFields);

/** A body that ignores unknown fields, as the contract's input: Prefect's client sends many that only its own server uses. */
const lenientBody = (shape: Shape) => z.object(shape).transform(toContractFields);

/** Contract fields under their REST names and with their REST schemas. */
function pickFields(schema: z.ZodObject, ...names: string[]): Shape {
  return Object.fromEntries(names.map((name) => [restFieldName(name), restSchema(schema.shape[name])]));
}

const content = { data: ArtifactCreate.shape.data, metadata_: RestMetadata.nullish() };

export const ArtifactCreateBody = strictBody({
  ...pickFields(ArtifactCreate, "key", "type", "description"),
  ...content,
  ...pickFields(ArtifactCreate, "flowRunId", "taskRunId"),
});
export const ArtifactUpdateBody = strictBody({ ...content, ...pickFields(ArtifactUpdate, "description") });

/** Prefect's client sends null where the contract expects the field to be absent. */
const tags = Tags.nullish().transform((value) => value ?? undefined);
const labels = RestLabels.nullish().transform((value) => value ?? undefined);

export const FlowCreateBody = lenientBody({ name: RestName.pipe(FlowCreate.shape.name), tags, labels });
const updatable = { tags: Tags.optional(), labels: RestLabels.optional() };
export const FlowUpdateBody = lenientBody(updatable);

/** Fields for which Prefect's client sends null where it has no value. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);

const deployment = {
  ...pickFields(DeploymentCreate, "description", "version", "workQueueName", "concurrencyLimit", "path", "entrypoint"),
  parameters: optional(RestParameters),
  parameter_openapi_schema: RestParameters.nullish(),
  enforce_parameter_schema: optional(RestBoolean),
  pull_steps: z.array(RestParameters).max(100).nullish(),
  job_variables: optional(RestParameters),
};

export const DeploymentCreateBody = lenientBody({
  name: RestName.pipe(DeploymentCreate.shape.name),
  ...pickFields(DeploymentCreate, "flowId"),
  ...deployment,
  paused: optional(RestBoolean),
  tags,
  labels,
});
export const DeploymentUpdateBody = lenientBody({
  ...deployment,
  ...pickFields(DeploymentUpdate, "paused"),
  ...updatable,
});

export const ScheduledRunsBody = lenientBody({
  deployment_ids: z.array(RestId).max(1000),
  scheduled_before: RestTimestamp.nullish(),
  limit: RestLimit.nullish().transform((limit) => limit ?? MAX_LIMIT),
});

/** A state as Prefect sends it; of its details only the scheduled time is stored. */
const StateBody = z.object({
  ...StateSet.shape,
  state_details: z.object({ scheduled_time: RestTimestamp.nullish() }).nullish(),
});

/** The contract's state, and the time for which it schedules the run. */
function toState({ state_details, ...state }: z.infer<typeof StateBody>) {
  return { state, at: (state.type === "SCHEDULED" && state_details?.scheduled_time) || null };
}

/** When Prefect's engine retries a flow; what it also keeps about pauses is ignored. */
const RetryPolicy = z.object(pickFields(FlowRunUpdate, "retries", "retryDelay"));

const created = { tags, state: StateBody.nullish(), expected_start_time: RestTimestamp.nullish() };

const flowRun = {
  ...pickFields(FlowRunCreate, "name", "parentTaskRunId", "idempotencyKey", "workQueueName"),
  parameters: RestParameters.optional(),
  next_scheduled_start_time: RestTimestamp.nullish(),
  empirical_policy: RetryPolicy.nullish(),
  ...created,
};

/** A new flow run, in the state that was sent or in Prefect's default. */
const flowRunBody = (shape: Shape, type: "PENDING" | "SCHEDULED") =>
  z
    .object({ ...shape, ...flowRun })
    .transform(({ state: sent, expected_start_time, next_scheduled_start_time, empirical_policy, ...rest }) => {
      const { state, at } = toState(sent ?? { type });
      const next = at ?? (state.type === "SCHEDULED" ? "now" : null);
      return {
        ...toContractFields({ ...rest, ...empirical_policy }),
        state,
        // As in Prefect, whose interface filters runs by it.
        expectedStartTime: expected_start_time ?? at ?? "now",
        nextScheduledStartTime: next_scheduled_start_time ?? next,
      };
    });

export const FlowRunCreateBody = flowRunBody(
  pickFields(FlowRunCreate, "flowId", "deploymentId", "flowVersion"),
  "PENDING",
);
export const DeploymentRunBody = flowRunBody({}, "SCHEDULED");
export const FlowRunUpdateBody = z
  .object({
    ...pickFields(FlowRunUpdate, "name", "flowVersion"),
    parameters: RestParameters.optional(),
    tags: updatable.tags,
    empirical_policy: RetryPolicy.nullish(),
  })
  .transform(({ empirical_policy, ...rest }) => toContractFields({ ...rest, ...empirical_policy }));
export const FlowRunStateBody = z.object({ state: StateBody, force: RestBoolean.optional() }).transform((sent) => {
  const { state, at } = toState(sent.state);
  return { state, scheduledTime: at, force: sent.force };
});

export const TaskRunCreateBody = z
  .object({ ...pickFields(TaskRunCreate, "id", "flowRunId", "taskKey", "dynamicKey", "name"), ...created })
  .transform(({ state, ...rest }) => ({
    ...toContractFields(rest),
    state: toState(state ?? { type: "PENDING" }).state,
  }));
export const TaskRunUpdateBody = lenientBody({ ...pickFields(TaskRunUpdate, "name"), tags: updatable.tags });
export const TaskRunStateBody = z
  .object({ state: StateBody })
  .transform((sent) => ({ state: toState(sent.state).state }));
