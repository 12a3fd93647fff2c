import { type Condition, type FieldName, idOf, isValid, kindOf, type Operator } from "#contract/list-filter/condition";
import { conditionsOf, filterFields } from "#contract/list-filter/list-query";
import { toWhere } from "#contract/list-filter/to-where";
import { queryOf } from "#contract/query/from-where";
import { parseQuery } from "#contract/query/parse";
import { printQuery, writtenValue } from "#contract/query/print";
import { type ConditionNode, literalOf, type QueryNode, type Test } from "#contract/query/tree";
import type { View } from "../view";
import { filteredBy } from "../where";

/** The view with the conditions of its filter written as a query; null where there are none to write. */
export function asQuery(view: View): View | null {
  const conditions = conditionsOf({ ...view, key: "" });
  const written = conditions.map((condition) => ({ condition, text: conditionText(condition) }));
  const texts = written.flatMap(({ text }) => text ?? []);
  if (texts.length === 0) return null;
  const own = parseQuery(view.q).tree;
  const rest = written.filter(({ text }) => text === null).map(({ condition }) => condition);
  const q = [own?.kind === "or" ? `(${view.q.trim()})` : view.q.trim(), ...texts].filter(Boolean).join(" ");
  return parseQuery(q).problem ? null : { ...filteredBy(view, rest), key: view.key, q };
}

const AGES: Record<string, string> = { "1h": "1h", "24h": "1d", "7d": "7d", "30d": "30d" };

/** A condition as a query; null where it has no spelling that stays the same. */
function conditionText(condition: Condition): string | null {
  const { field, operator, values } = condition;
  const age = operator === "in" ? AGES[values[0] ?? ""] : undefined;
  if (age !== undefined) return field === "created" ? `age:<${age}` : null;
  if (field === "type" && operator === "not") return `type:!=${values.map(writtenValue).join(",")}`;
  const { tree } = parseQuery(queryOf(toWhere([condition], 0)));
  return tree && (tree.kind === "or" ? `(${printQuery(tree)})` : printQuery(tree));
}

/** The view with those conditions of its query shown as a filter that can be; null where none can. */
export function asFilters(view: View): View | null {
  const { tree } = parseQuery(view.q);
  if (!tree) return null;
  const conditions = conditionsOf(view);
  const rest: QueryNode[] = [];
  let moved = 0;
  for (const part of tree.kind === "and" ? tree.parts : [tree]) {
    const condition = part.kind === "condition" ? toCondition(part) : null;
    const fits = condition && filterFields(view).includes(condition.field) && isValid(condition);
    if (fits && !conditions.some((each) => idOf(each) === idOf(condition))) {
      conditions.push(condition);
      moved += 1;
    } else rest.push(part);
  }
  if (moved === 0) return null;
  const [only, ...more] = rest;
  const left: QueryNode | undefined =
    only && more.length > 0 ? { kind: "and", parts: rest, offset: 0, length: 0 } : only;
  return { ...filteredBy(view, conditions), q: left ? printQuery(left) : "" };
}

const FIELDS: Record<string, FieldName> = {
  type: "type",
  key: "key",
  description: "description",
  flow: "flow",
  deployment: "deployment",
  run: "run",
  task: "task",
  "run.state": "state",
  tag: "tag",
  "run.tag": "runtag",
  size: "size",
  rows: "rows",
  number: "number",
  version: "version",
  versions: "versions",
  label: "label",
  owner: "owner",
};

/** A condition of a query as one of a filter; null where a filter has none that means the same. */
function toCondition({ field: name, path, test }: ConditionNode): Condition | null {
  const field = name === "has" && path.length === 0 ? null : FIELDS[name];
  if (!field) return null;
  const of = (operator: Operator, values: string[]): Condition => ({ field, path: "", operator, values });
  const kind = kindOf(field);
  const isNumber = kind === "whole" || kind === "optional" || kind === "number";
  const range = isNumber && field !== "size" ? rangeOf(test) : null;
  if (range) return of("in", [range]);
  if (test.kind !== "any" && test.kind !== "none") return null;
  const literals = test.values.map(literalOf);
  const [first] = test.values;
  if (literals.every((each) => each !== null)) {
    const values = literals.map((each) => (field === "state" ? each.toUpperCase() : each));
    if (field === "description") return values.length === 1 && test.kind === "any" ? of("contains", values) : null;
    if (field === "size") return null;
    if (kind === "tags" && test.kind === "any" && values.length === 1) return of("all", values);
    return of(test.kind === "any" ? "is" : "not", values);
  }
  const [before, part = "", after, ...more] = first?.pieces ?? [];
  // A part of a key is in the box in both forms.
  const isPart =
    field !== "key" && test.values.length === 1 && before === "" && part !== "" && after === "" && more.length === 0;
  return isPart && kind === "text" ? of("contains", [part]) : null;
}

function rangeOf(test: Test): string | null {
  if (test.kind === "range") return `${literalOf(test.from)}..${literalOf(test.to)}`;
  if (test.kind !== "compare") return null;
  const value = literalOf(test.value);
  if (test.comparison === ">=") return `${value}..`;
  return test.comparison === "<=" ? `..${value}` : null;
}
