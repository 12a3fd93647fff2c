import type { Where } from "#contract/where";
import type { Condition, FieldName } from "../../_list/filter/condition";
import { ARTIFACT_FIELDS, readConditions, withConditions } from "../../_list/filter/params";
import { toWhere } from "../../_list/filter/to-where";
import type { View } from "./view";

const PARAMS = [
  ["key", "key", "contains"],
  ["type", "type", "is"],
  ["description", "description", "contains"],
  ["created", "created", "in"],
] as const;

const KEYLESS_FIELDS = ARTIFACT_FIELDS.filter(
  (field) => field !== "key" && field !== "version" && field !== "versions",
);

/** What the list of a view can be filtered by. */
export function filterFields(view: View): readonly FieldName[] {
  return view.keys === "none" ? KEYLESS_FIELDS : ARTIFACT_FIELDS;
}

/** The filter of a view; `filteredBy` is the inverse. */
export function conditionsOf(view: View): Condition[] {
  return readConditions(view, PARAMS, filterFields(view));
}

/** The first page of a view with another filter. */
export function filteredBy(view: View, conditions: Condition[]): View {
  return withConditions(view, PARAMS, conditions);
}

/** The API's filter of a view at a time (milliseconds), or undefined without any. */
export function whereOf(view: View, now = Date.now()): Where | undefined {
  const where = toWhere(conditionsOf(view), now);
  if (view.keys === "none") where.artifacts = { ...where.artifacts, key: { exists: false } };
  return Object.keys(where).length > 0 ? where : undefined;
}
