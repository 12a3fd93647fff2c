import { STATE_TYPES } from "#contract/state";
import type { Where } from "#contract/where";
import {
  type Condition,
  conditionsText,
  conditionsWith,
  type FieldName,
  type Operator,
  parseConditions,
  takeValues,
} from "../../_list/filter/condition";
import { toWhere } from "../../_list/filter/to-where";
import { folderOf, type View } from "./view";

/** What artifacts can be filtered by. */
const FIELDS: readonly FieldName[] = [
  "type",
  "key",
  "description",
  "tag",
  "flow",
  "deployment",
  "run",
  "task",
  "state",
  "runtag",
  "created",
  "updated",
  "number",
  "rows",
  "size",
  "version",
  "versions",
  "label",
  "metadata",
];

const KEYLESS_FIELDS = FIELDS.filter(
  (field) => field !== "key" && field !== "version" && field !== "versions" && field !== "label",
);

/** What the list of a view can be filtered by. */
export function filterFields(view: View): readonly FieldName[] {
  return view.keys === "none" ? KEYLESS_FIELDS : FIELDS;
}

/** The filter of a view; `filteredBy` is the inverse. */
export function conditionsOf(view: View): Condition[] {
  const conditions = conditionsWith(
    [
      ["key", "contains", view.key],
      ["type", "is", view.type],
      ["description", "contains", view.description],
      ["created", "in", view.created],
      ["flow", "is", view.flow],
      ["deployment", "is", view.deployment],
      ["state", "is", view.state],
      ["runtag", "all", view.tags],
    ],
    parseConditions(view.where, filterFields(view)),
  );
  return conditions.filter(({ field }) => filterFields(view).includes(field));
}

/** The first page of a view with another filter, by the parameters with a field of their own as far as they can say it. */
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

/** The API's filter of a view at a time (milliseconds), or undefined without any. */
export function whereOf(view: View, now = Date.now()): Where | undefined {
  const where = toWhere(conditionsOf(view), now);
  const folder = folderOf(view);
  if (folder !== null) where.artifacts = { ...where.artifacts, key: { ...where.artifacts?.key, folder } };
  if (view.keys === "none") where.artifacts = { ...where.artifacts, key: { exists: false } };
  return Object.keys(where).length > 0 ? where : undefined;
}
