import type { FlowRunWhere } from "#contract/where";
import type { Condition } from "../_list/filter/condition";
import { RUN_FIELDS, readConditions, withConditions } from "../_list/filter/params";
import { toWhere } from "../_list/filter/to-where";
import type { RunsView } from "./view";

const PARAMS = [
  ["name", "run", "contains"],
  ["started", "started", "in"],
] as const;

/** The filter of a view; `filteredBy` is the inverse. */
export function conditionsOf(view: RunsView): Condition[] {
  return readConditions(view, PARAMS, RUN_FIELDS);
}

/** The first page of a view with another filter. */
export function filteredBy(view: RunsView, conditions: Condition[]): RunsView {
  return withConditions(view, PARAMS, conditions);
}

/** The API's filter of a view at a time (milliseconds), or undefined without any. */
export function runsWhere(view: RunsView, now: number): FlowRunWhere | undefined {
  const { flowRuns, flows, deployments } = toWhere(conditionsOf(view), now);
  const where: FlowRunWhere = {
    ...(flowRuns && { flowRuns }),
    ...(flows && { flows }),
    ...(deployments && { deployments }),
  };
  return Object.keys(where).length > 0 ? where : undefined;
}
