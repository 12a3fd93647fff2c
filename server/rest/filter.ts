import { z } from "zod";
import { ArtifactSort } from "#contract/artifact";
import { FlowSort } from "#contract/flow";
import { FlowRunSort } from "#contract/flow-run";
import { MAX_LIMIT } from "#contract/limits";
import { TaskRunSort } from "#contract/task-run";
import { DeploymentWhere, FlowRunWhere, FlowWhere, TaskRunWhere, Where } from "#contract/where";
import { fieldIn, inDialect } from "./dialect";
import { RestLimit, RestOffset } from "./value";

type Shape = Record<string, z.ZodType>;

/** Every filter that Prefect takes beside a list, so that one we have no answer for is refused and not passed over. */
const KINDS = ["flows", "flow_runs", "task_runs", "deployments", "work_pools", "work_pool_queues"];
const Elsewhere = z
  .unknown()
  .refine((filter) => filter == null, { error: "this list cannot be asked by this filter" })
  .optional()
  .meta({ type: "null", description: "Not to be asked here." });

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

const limit = RestLimit.nullish();
const offset = RestOffset.nullish();

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

export const ArtifactFilter = filterBody(Where, ArtifactSort, "ID_DESC", withData);
export const ArtifactCount = countBody(Where);
export const LatestFilter = filterBody(Where, ArtifactSort, "ID_DESC", withData, LATEST);
export const LatestCount = countBody(Where, LATEST);
export const FlowFilter = filterBody(FlowWhere, FlowSort, "NAME_ASC", {});
export const FlowCount = countBody(FlowWhere);
export const DeploymentFilter = filterBody(DeploymentWhere, FlowSort, "NAME_ASC", {});
export const DeploymentCount = countBody(DeploymentWhere);
export const FlowRunFilter = filterBody(FlowRunWhere, FlowRunSort, "ID_DESC", {});
export const FlowRunCount = countBody(FlowRunWhere);
export const TaskRunFilter = filterBody(TaskRunWhere, TaskRunSort, "ID_DESC", {});
export const TaskRunCount = countBody(TaskRunWhere);
