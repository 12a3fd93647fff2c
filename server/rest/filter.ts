import { z } from "zod";
import { GeneralSort } from "#contract/artifact";
import { FlowSort } from "#contract/flow";
import { FlowRunSort } from "#contract/flow-run";
import { MAX_LIMIT } from "#contract/limits";
import { MAX_OFFSET } from "#contract/paging";
import { TaskRunSort } from "#contract/task-run";
import { DeploymentWhere, FlowRunWhere, FlowWhere, StateType, TaskRunWhere, Where } from "#contract/where";
import { restFieldName, restSchema } from "./rest-schema";
import { named, RestLimit, RestOffset } from "./value";

type Shape = Record<string, z.ZodType>;

/** Every filter that Prefect accepts on a list, so that an unsupported one is rejected instead of ignored. */
const FILTER_NAMES = ["flows", "flow_runs", "task_runs", "deployments", "work_pools", "work_pool_queues"];
const UnsupportedFilter = z
  .unknown()
  .refine((filter) => filter == null, { error: "this list does not support this filter" })
  .optional()
  .meta({ type: "null", description: "Not supported here." });

/**
 * Prefect's semantics of `flow_run_id`: without a criterion it means task runs of any flow run; `is_null_: true` takes
 * precedence over `any_`, and `any_` over `is_null_: false`.
 */
const TaskRuns = restSchema(TaskRunWhere.shape.taskRuns).transform((filter) => {
  const parsed = TaskRunWhere.shape.taskRuns.parse(filter);
  if (!parsed?.flowRunId) return parsed;
  const { any, isNull } = parsed.flowRunId;
  const none = isNull === undefined ? false : isNull;
  return { ...parsed, flowRunId: any && none !== true ? { any } : { isNull: none } };
});

const FILTERS: Record<string, z.ZodType> = {
  flows: restSchema(FlowWhere.shape.flows),
  deployments: restSchema(DeploymentWhere.shape.deployments),
  flowRuns: restSchema(FlowRunWhere.shape.flowRuns),
  taskRuns: TaskRuns.optional(),
  artifacts: restSchema(Where.shape.artifacts),
};
const latest = { name: "ArtifactCollectionFilter", fields: { id: "latest_id" } };
const LATEST = { artifacts: restSchema(Where.shape.artifacts, latest) };

/** The filters of a body, by their REST names. */
export function filters(where: z.ZodObject, overrides: Record<string, z.ZodType> = {}): Shape {
  const kinds = kindsOf(where).map((kind) => [restFieldName(kind), overrides[kind] ?? FILTERS[kind]]);
  return { ...Object.fromEntries(FILTER_NAMES.map((kind) => [kind, UnsupportedFilter])), ...Object.fromEntries(kinds) };
}

for (const [id, choice] of Object.entries({ ArtifactSort: GeneralSort, FlowSort, FlowRunSort, TaskRunSort, StateType }))
  named.add(choice, { id });

const limit = RestLimit.nullish();
const offset = RestOffset.nullish();

function filterBody(
  where: z.ZodObject,
  sorts: z.ZodEnum,
  sort: string,
  more: object,
  overrides: Record<string, z.ZodType> = {},
) {
  const shape = { ...filters(where, overrides), sort: sorts.nullish(), limit, offset };
  return z.object(shape).transform((body) => ({
    where: whereOf(where, body),
    sort: body.sort ?? sort,
    limit: body.limit ?? MAX_LIMIT,
    offset: body.offset ?? 0,
    ...more,
  }));
}

/** The last page of the largest size. */
const MAX_PAGE = Math.floor(MAX_OFFSET / MAX_LIMIT) + 1;

/** A page by its number, from 1. */
function pageBody(where: z.ZodObject, sorts: z.ZodEnum, sort: string) {
  const page = z.int().min(1).max(MAX_PAGE).nullish();
  return z.object({ ...filters(where), sort: sorts.nullish(), limit, page }).transform((body) => {
    const size = body.limit ?? MAX_LIMIT;
    return { where: whereOf(where, body), sort: body.sort ?? sort, limit: size, offset: ((body.page ?? 1) - 1) * size };
  });
}

function countBody(where: z.ZodObject, overrides: Record<string, z.ZodType> = {}) {
  return z.object(filters(where, overrides)).transform((body) => ({ where: whereOf(where, body) }));
}

/** The filters of a parsed body, as the contract has them. */
export function whereOf(where: z.ZodObject, body: object): object {
  const fields = new Map(Object.entries(body));
  return Object.fromEntries(kindsOf(where).map((kind) => [kind, fields.get(restFieldName(kind))]));
}

/** Prefect's filters, which have no query. */
function kindsOf(where: z.ZodObject): string[] {
  return Object.keys(where.shape).filter((kind) => kind !== "query");
}

const withData = { include: ["data"] };

export const ArtifactFilter = filterBody(Where, GeneralSort, "ID_DESC", withData);
export const ArtifactCount = countBody(Where);
export const LatestFilter = filterBody(Where, GeneralSort, "ID_DESC", withData, LATEST);
export const LatestCount = countBody(Where, LATEST);
export const FlowFilter = filterBody(FlowWhere, FlowSort, "NAME_ASC", {});
export const FlowPage = pageBody(FlowWhere, FlowSort, "NAME_ASC");
export const FlowCount = countBody(FlowWhere);
export const DeploymentFilter = filterBody(DeploymentWhere, FlowSort, "NAME_ASC", {});
export const DeploymentPage = pageBody(DeploymentWhere, FlowSort, "NAME_ASC");
export const DeploymentCount = countBody(DeploymentWhere);
export const FlowRunFilter = filterBody(FlowRunWhere, FlowRunSort, "ID_DESC", {});
export const FlowRunPage = pageBody(FlowRunWhere, FlowRunSort, "ID_DESC");
export const FlowRunCount = countBody(FlowRunWhere);
export const TaskRunFilter = filterBody(TaskRunWhere, TaskRunSort, "ID_DESC", {});
export const TaskRunPage = pageBody(TaskRunWhere, TaskRunSort, "ID_DESC");
export const TaskRunCount = countBody(TaskRunWhere);
