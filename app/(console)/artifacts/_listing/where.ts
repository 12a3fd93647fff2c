import {
  type Condition,
  conditionsText,
  type FieldName,
  type Operator,
  takeValues,
} from "#contract/list-filter/condition";
import { STATE_TYPES } from "#contract/state";
import type { View } from "./view";

/** The first page of a view with another filter (the inverse of `conditionsOf`), by the parameters with a field of their own as far as they can say it. */
export function filteredBy(view: View, conditions: Condition[]): View {
  const where = [...conditions];
  const value = (field: FieldName, operator: Operator) => takeValues(where, field, operator)[0] ?? "";
  const state = value("state", "is");
  return {
    ...view,
    key: value("key", "contains"),
    type: value("type", "is"),
    description: value("description", "contains"),
    created: value("created", "in"),
    flow: value("flow", "is"),
    deployment: value("deployment", "is"),
    state: STATE_TYPES.find((each) => each === state) ?? null,
    tags: takeValues(where, "runtag", "all"),
    where: conditionsText(where),
    cursor: "",
  };
}
