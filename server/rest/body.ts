import { z } from "zod";
import { ArtifactCreate, ArtifactUpdate } from "#contract/artifact";
import { DeploymentCreate, DeploymentUpdate } from "#contract/deployment";
import { FlowCreate } from "#contract/flow";
import { FlowRunCreate, FlowRunUpdate } from "#contract/flow-run";
import { MAX_LIMIT } from "#contract/limits";
import { StateSet } from "#contract/run";
import { TaskRunCreate, TaskRunUpdate } from "#contract/task-run";
import { Tags } from "#contract/value";
import { fieldIn, inDialect, renamed } from "./dialect";
import { RestFlag, RestId, RestInstant, RestLabels, RestLimit, RestMetadata, RestName, RestParameters } from "./value";

type Shape = Record<string, z.ZodType>;

/** A body whose members are all known, as the contract's input. */
const strict = (shape: Shape) => z.strictObject(shape).transform(renamed);

/** A body of which what this store has no place for is passed over: Prefect's client sends much that only its server uses. */
const known = (shape: Shape) => z.object(shape).transform(renamed);

/** Fields of the contract, in the dialect. */
function fields(schema: z.ZodObject, ...names: string[]): Shape {
  return Object.fromEntries(names.map((name) => [fieldIn(name), inDialect(schema.shape[name])]));
}

const content = { data: ArtifactCreate.shape.data, metadata_: RestMetadata.nullish() };

export const ArtifactCreateBody = strict({
  ...fields(ArtifactCreate, "key", "type", "description"),
  ...content,
  ...fields(ArtifactCreate, "flowRunId", "taskRunId"),
});
export const ArtifactUpdateBody = strict({ ...content, ...fields(ArtifactUpdate, "description") });

/** Python's client sends null for what it does not know, where the contract wants nothing. */
const tags = Tags.nullish().transform((given) => given ?? undefined);
const labels = RestLabels.nullish().transform((given) => given ?? undefined);

export const FlowCreateBody = known({ name: RestName.pipe(FlowCreate.shape.name), tags, labels });
const changed = { tags: Tags.optional(), labels: RestLabels.optional() };
export const FlowUpdateBody = known(changed);

export const DeploymentCreateBody = known({
  name: RestName.pipe(DeploymentCreate.shape.name),
  ...fields(DeploymentCreate, "flowId", "description", "version", "workQueueName", "concurrencyLimit"),
  paused: RestFlag.optional(),
  tags,
  labels,
});
export const DeploymentUpdateBody = known({
  ...fields(DeploymentUpdate, "description", "version", "workQueueName", "concurrencyLimit", "paused"),
  ...changed,
});

/** The runs that are due, asked for by who serves deployments. */
export const DueRunsBody = known({
  deployment_ids: z.array(RestId).max(1000),
  scheduled_before: RestInstant.nullish(),
  limit: RestLimit.nullish().transform((limit) => limit ?? MAX_LIMIT),
});

/** A state as Prefect sends it; of its details only the time for which a run is scheduled is kept. */
const StateBody = z.object({
  ...StateSet.shape,
  state_details: z.object({ scheduled_time: RestInstant.nullish() }).nullish(),
});

/** A state as the contract has it, and the time for which it schedules the run: at once where it does not say. */
function stateOf({ state_details, ...state }: z.infer<typeof StateBody>) {
  if (state.type !== "SCHEDULED") return { state, at: null };
  return { state, at: state_details?.scheduled_time ?? new Date().toISOString() };
}

const made = { tags, state: StateBody.nullish(), expected_start_time: RestInstant.nullish() };

const flowRun = {
  ...fields(FlowRunCreate, "name", "parentTaskRunId", "idempotencyKey", "workQueueName"),
  parameters: RestParameters.optional(),
  next_scheduled_start_time: RestInstant.nullish(),
  ...made,
};

/** A flow run as it begins: in the state that is sent, else in the one that Prefect gives it. */
const begun = (shape: Shape, type: "PENDING" | "SCHEDULED") =>
  z
    .object({ ...shape, ...flowRun })
    .transform(({ state: sent, expected_start_time, next_scheduled_start_time, ...rest }) => {
      const { state, at } = stateOf(sent ?? { type });
      return {
        ...renamed(rest),
        state,
        expectedStartTime: expected_start_time ?? at,
        nextScheduledStartTime: next_scheduled_start_time ?? at,
      };
    });

export const FlowRunCreateBody = begun(fields(FlowRunCreate, "flowId", "deploymentId", "flowVersion"), "PENDING");
export const DeploymentRunBody = begun({}, "SCHEDULED");
export const FlowRunUpdateBody = known({
  ...fields(FlowRunUpdate, "name", "flowVersion"),
  parameters: RestParameters.optional(),
  tags: changed.tags,
});
export const FlowRunStateBody = z.object({ state: StateBody }).transform((sent) => {
  const { state, at } = stateOf(sent.state);
  return { state, nextScheduledStartTime: at };
});

export const TaskRunCreateBody = z
  .object({ ...fields(TaskRunCreate, "id", "flowRunId", "taskKey", "dynamicKey", "name"), ...made })
  .transform(({ state, ...rest }) => ({ ...renamed(rest), state: stateOf(state ?? { type: "PENDING" }).state }));
export const TaskRunUpdateBody = known({ ...fields(TaskRunUpdate, "name"), tags: changed.tags });
export const TaskRunStateBody = z
  .object({ state: StateBody })
  .transform((sent) => ({ state: stateOf(sent.state).state }));
