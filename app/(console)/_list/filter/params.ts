import { STATE_TYPES } from "#contract/state";
import {
  type Condition,
  conditionsText,
  conditionsWith,
  type FieldName,
  type Operator,
  parseConditions,
  type SimpleCondition,
  takeValues,
} from "./condition";

/** What artifacts can be filtered by. */
export const ARTIFACT_FIELDS: readonly FieldName[] = [
  "type",
  "key",
  "description",
  "flow",
  "deployment",
  "run",
  "task",
  "state",
  "tag",
  "created",
  "updated",
  "number",
  "rows",
  "size",
  "version",
  "versions",
  "metadata",
];

/** What runs can be filtered by. */
export const RUN_FIELDS: readonly FieldName[] = ["run", "flow", "deployment", "state", "tag", "started", "ended"];

/** The search parameters that filter any list. */
interface FilterParams {
  flow: string;
  deployment: string;
  state: (typeof STATE_TYPES)[number] | null;
  tags: string[];
  /** The conditions that no other parameter can express, as text. */
  where: string;
  cursor: string;
}

/** The further parameters of one list, each with the value of a field by an operator. */
type OwnParams<Name extends string> = readonly (readonly [name: Name, field: FieldName, operator: Operator])[];

/** The filter that the parameters of a view say; `withConditions` is the inverse. */
export function readConditions<Name extends string>(
  view: FilterParams & Record<Name, string>,
  own: OwnParams<Name>,
  fields: readonly FieldName[],
): Condition[] {
  const simple = own.map(([name, field, operator]): SimpleCondition => [field, operator, view[name]]);
  const conditions = conditionsWith(
    [
      ...simple,
      ["flow", "is", view.flow],
      ["deployment", "is", view.deployment],
      ["state", "is", view.state],
      ["tag", "all", view.tags],
    ],
    parseConditions(view.where, fields),
  );
  return conditions.filter(({ field }) => fields.includes(field));
}

/** The first page of a view with another filter, by the parameters with a field of their own as far as they can say it. */
export function withConditions<View extends FilterParams, Name extends string>(
  view: View & Record<Name, string>,
  own: OwnParams<Name>,
  conditions: Condition[],
): View {
  const where = [...conditions];
  const value = (field: FieldName, operator: Operator) => takeValues(where, field, operator)[0] ?? "";
  const state = value("state", "is");
  return {
    ...view,
    ...Object.fromEntries(own.map(([name, field, operator]) => [name, value(field, operator)])),
    flow: value("flow", "is"),
    deployment: value("deployment", "is"),
    state: STATE_TYPES.find((each) => each === state) ?? null,
    tags: takeValues(where, "tag", "all"),
    where: conditionsText(where),
    cursor: "",
  };
}
