import { z } from "zod";
import { ArtifactCreate, ArtifactSort, ArtifactUpdate } from "#contract/artifact";
import { DeploymentCreate, DeploymentUpdate } from "#contract/deployment";
import { FlowCreate, FlowSort, FlowUpdate } from "#contract/flow";
import { FlowRunCreate, FlowRunSort, FlowRunUpdate } from "#contract/flow-run";
import { byOffset, MAX_LIMIT } from "#contract/query";
import { StateSet } from "#contract/run";
import { TaskRunCreate, TaskRunSort } from "#contract/task-run";
import { DeploymentWhere, FlowRunWhere, FlowWhere, TaskRunWhere, Where } from "#contract/where";
import { fieldIn, inDialect, renamed } from "./dialect";
import { RestInstant, RestInt, RestMetadata } from "./value";

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
const tags = FlowCreate.shape.tags.nullish().transform((given) => given ?? []);
const labels = FlowCreate.shape.labels.nullish().transform((given) => given ?? {});

export const FlowCreateBody = known({ ...fields(FlowCreate, "name"), tags, labels });
export const FlowUpdateBody = known(fields(FlowUpdate, "tags", "labels"));

export const DeploymentCreateBody = known({
  ...fields(DeploymentCreate, "name", "flowId", "description", "version", "workQueueName", "concurrencyLimit"),
  ...fields(DeploymentCreate, "paused"),
  tags,
  labels,
});
export const DeploymentUpdateBody = known(
  fields(DeploymentUpdate, "description", "version", "workQueueName", "concurrencyLimit", "tags", "paused", "labels"),
);

/** A state as Prefect sends it; what only its own server uses of it is passed over. */
const StateBody = z.object(StateSet.shape);

const made = {
  tags,
  state: StateBody.nullish(),
  expected_start_time: RestInstant.nullish(),
};

export const FlowRunCreateBody = known({
  ...fields(FlowRunCreate, "flowId", "name", "deploymentId", "parentTaskRunId", "idempotencyKey", "flowVersion"),
  ...fields(FlowRunCreate, "workQueueName", "nextScheduledStartTime"),
  parameters: FlowRunCreate.shape.parameters,
  ...made,
});
export const DeploymentRunBody = known({
  ...fields(FlowRunCreate, "name", "parentTaskRunId", "idempotencyKey", "workQueueName"),
  parameters: FlowRunCreate.shape.parameters,
  ...made,
});
export const TaskRunCreateBody = known({
  ...fields(TaskRunCreate, "flowRunId", "taskKey", "dynamicKey", "name"),
  ...made,
});
export const RunUpdateBody = known(fields(FlowRunUpdate, "name", "tags"));
export const SetStateBody = known({ state: StateBody });

/** Every filter that Prefect takes beside a list, so that one we have no answer for is refused and not passed over. */
const KINDS = ["flows", "flow_runs", "task_runs", "deployments", "work_pools", "work_pool_queues"];
const Elsewhere = z
  .null({ error: "This list cannot be asked by this filter" })
  .optional()
  .meta({ description: "Not to be asked here." });

/**
 * "Of which flow run", as Prefect reads it: given without a criterion it asks for task runs of any flow run; `is_null_`
 * true goes before `any_`, and `any_` before `is_null_` false.
 */
const TaskRuns = inDialect(TaskRunWhere.shape.taskRuns).transform((filter) => {
  const asked = TaskRunWhere.shape.taskRuns.parse(filter);
  if (!asked?.flowRunId) return asked;
  const { any, isNull } = asked.flowRunId;
  const none = isNull === undefined ? false : isNull;
  return { ...asked, flowRunId: any && none !== true ? { any } : { isNull: none } };
});

const latest = { id: "latest_id" };

/** The filters by their kind, each under the name that documents give it. */
const FILTERS: Record<string, z.ZodType> = {
  flows: inDialect(FlowWhere.shape.flows).meta({ id: "FlowFilter" }),
  deployments: inDialect(DeploymentWhere.shape.deployments).meta({ id: "DeploymentFilter" }),
  flowRuns: inDialect(FlowRunWhere.shape.flowRuns).meta({ id: "FlowRunFilter" }),
  taskRuns: TaskRuns.meta({ id: "TaskRunFilter" }).optional(),
  artifacts: inDialect(Where.shape.artifacts).meta({ id: "ArtifactFilter" }),
};
const LATEST = { artifacts: inDialect(Where.shape.artifacts, latest).meta({ id: "ArtifactCollectionFilter" }) };

function filters(where: z.ZodObject, given: Record<string, z.ZodType>): Shape {
  const kinds = Object.keys(where.shape).map((kind) => [fieldIn(kind), given[kind] ?? FILTERS[kind]]);
  return { ...Object.fromEntries(KINDS.map((kind) => [kind, Elsewhere])), ...Object.fromEntries(kinds) };
}

const limit = RestInt.pipe(byOffset.limit.unwrap()).nullish();
const offset = RestInt.pipe(byOffset.offset.unwrap()).nullish();

function filterBody(
  where: z.ZodObject,
  sorts: z.ZodEnum,
  sort: string,
  more: object,
  given: Record<string, z.ZodType> = {},
) {
  const shape = { ...filters(where, given), sort: sorts.nullish(), limit, offset };
  return z.object(shape).transform((body) => ({
    where: whereOf(where, body),
    sort: body.sort ?? sort,
    limit: body.limit ?? MAX_LIMIT,
    offset: body.offset ?? 0,
    ...more,
  }));
}

function countBody(where: z.ZodObject, given: Record<string, z.ZodType> = {}) {
  return z.object(filters(where, given)).transform((body) => ({ where: whereOf(where, body) }));
}

function whereOf(where: z.ZodObject, body: object): object {
  const given = new Map(Object.entries(body));
  return Object.fromEntries(Object.keys(where.shape).map((kind) => [kind, given.get(fieldIn(kind))]));
}

const withData = { include: ["data"] };

export const ArtifactFilterBody = filterBody(Where, ArtifactSort, "ID_DESC", withData);
export const ArtifactCountBody = countBody(Where);
export const LatestFilterBody = filterBody(Where, ArtifactSort, "ID_DESC", withData, LATEST);
export const LatestCountBody = countBody(Where, LATEST);
export const FlowFilterBody = filterBody(FlowWhere, FlowSort, "NAME_ASC", {});
export const FlowCountBody = countBody(FlowWhere);
export const DeploymentFilterBody = filterBody(DeploymentWhere, FlowSort, "NAME_ASC", {});
export const DeploymentCountBody = countBody(DeploymentWhere);
export const FlowRunFilterBody = filterBody(FlowRunWhere, FlowRunSort, "ID_DESC", {});
export const FlowRunCountBody = countBody(FlowRunWhere);
export const TaskRunFilterBody = filterBody(TaskRunWhere, TaskRunSort, "ID_DESC", {});
export const TaskRunCountBody = countBody(TaskRunWhere);
