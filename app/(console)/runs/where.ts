import {
  type Condition,
  conditionsText,
  conditionsWith,
  type FieldName,
  type Operator,
  parseConditions,
  takeValues,
} from "#contract/list-filter/condition";
import { toWhere } from "#contract/list-filter/to-where";
import { STATE_TYPES } from "#contract/state";
import type { FlowRunFilter, FlowRunWhere } from "#contract/where";
import type { RunsView } from "./view";

/** What runs can be filtered by. */
export const FIELDS: readonly FieldName[] = ["run", "flow", "deployment", "state", "runtag", "started", "ended"];

/** The filter of a view; `filteredBy` is the inverse. */
export function conditionsOf(view: RunsView): Condition[] {
  return conditionsWith(
    [
      ["run", "contains", view.name],
      ["flow", "is", view.flow],
      ["deployment", "is", view.deployment],
      ["state", "is", view.state],
      ["runtag", "all", view.tags],
      ["started", "in", view.started],
    ],
    parseConditions(view.where, FIELDS),
  );
}

/** The first page of a view with another filter, by the parameters with a field of their own as far as they can say it. */
export function filteredBy(view: RunsView, conditions: Condition[]): RunsView {
  const where = [...conditions];
  const value = (field: FieldName, operator: Operator) => takeValues(where, field, operator)[0] ?? "";
  const state = value("state", "is");
  return {
    ...view,
    name: value("run", "contains"),
    flow: value("flow", "is"),
    deployment: value("deployment", "is"),
    state: STATE_TYPES.find((each) => each === state) ?? null,
    tags: takeValues(where, "runtag", "all"),
    started: value("started", "in"),
    where: conditionsText(where),
    cursor: "",
  };
}

/** The runs of a filter that had started at a time, or should have. */
export function startedBy(filter: FlowRunFilter | null | undefined, asOf: string): FlowRunFilter {
  const { startTime } = filter ?? {};
  const { before } = startTime ?? {};
  const isEarlier = before != null && Date.parse(before) < Date.parse(asOf);
  return { ...filter, startTime: { ...startTime, before: isEarlier ? before : asOf } };
}

/** The API's filter of a view at a time (milliseconds), or undefined without any. */
export function runsWhere(view: RunsView, now: number): FlowRunWhere | undefined {
  const { flowRuns: found, flows, deployments } = toWhere(conditionsOf(view), now);
  const flowRuns = view.asOf === "" ? found : startedBy(found, view.asOf);
  const where: FlowRunWhere = {
    ...(flowRuns && { flowRuns }),
    ...(flows && { flows }),
    ...(deployments && { deployments }),
  };
  return Object.keys(where).length > 0 ? where : undefined;
}
