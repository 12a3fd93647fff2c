import { LABEL_NAME } from "../limits";
import { STATE_TYPES } from "../state";
import { parseRange, SPANS } from "./time-range";

/** How the values of a field are compared. `number` is any number, `whole` one from 0, `path` any JSON. */
type Kind = "choice" | "owner" | "label" | "text" | "tags" | "part" | "time" | "whole" | "optional" | "number" | "path";

/** The fields of filters, as named in URLs. */
const KINDS = {
  type: "choice",
  key: "text",
  description: "part",
  flow: "text",
  deployment: "text",
  run: "text",
  task: "text",
  state: "choice",
  tag: "tags",
  runtag: "tags",
  created: "time",
  updated: "time",
  started: "time",
  ended: "time",
  size: "whole",
  rows: "optional",
  number: "number",
  version: "whole",
  versions: "whole",
  label: "label",
  owner: "owner",
  metadata: "path",
} as const satisfies Record<string, Kind>;

export type FieldName = keyof typeof KINDS;

/** The operators of each kind, the usual one first. `in` is a range; `all` means each of the values. */
const OPERATORS: Record<Kind, readonly Operator[]> = {
  choice: ["is", "not"],
  owner: ["is", "not", "exists", "missing"],
  label: ["is", "exists", "missing"],
  text: ["is", "not", "contains"],
  tags: ["is", "not", "all"],
  part: ["contains"],
  time: ["in"],
  whole: ["in", "is", "not"],
  optional: ["in", "is", "not", "exists", "missing"],
  number: ["in", "is", "not", "exists", "missing"],
  path: ["is", "not", "contains", "in", "exists", "missing"],
};

export type Operator = "is" | "not" | "all" | "contains" | "in" | "exists" | "missing";

/** One chip of a filter. A condition with several values holds where one of them matches, with `not` where none does. */
export interface Condition {
  field: FieldName;
  /** Of a field `metadata`: the names on the way to the value, joined by dots. */
  path: string;
  operator: Operator;
  values: string[];
}

const MAX_VALUES = 50;
const MAX_LENGTH = 255;
const MAX_CONDITIONS = 20;

export function kindOf(field: FieldName): Kind {
  return KINDS[field];
}

export function operatorsOf(field: FieldName): readonly Operator[] {
  return OPERATORS[KINDS[field]];
}

/** Equal for two conditions of which only one can be in a filter. */
export function idOf({ field, path, operator }: Pick<Condition, "field" | "path" | "operator">): string {
  return `${field} ${path} ${operator}`;
}

/** The conditions with another one in the place of `old`, else at the end; it replaces those of its own id. */
export function withCondition(conditions: Condition[], condition: Condition, old: Condition | null): Condition[] {
  const place = idOf(old ?? condition);
  const others = conditions.filter((each) => idOf(each) === place || idOf(each) !== idOf(condition));
  return old && others.some((each) => idOf(each) === place)
    ? others.map((each) => (idOf(each) === place ? condition : each))
    : [...others.filter((each) => idOf(each) !== place), condition];
}

/**
 * The valid conditions of search parameters with a field and operator of their own, and then others; these replace the
 * former of the same id.
 */
export function conditionsWith(
  simple: [field: FieldName, operator: Operator, value: string | string[] | null][],
  others: Condition[],
): Condition[] {
  const conditions = simple.flatMap(([field, operator, value]): Condition[] => {
    const values = [value ?? []].flat().filter((each) => each !== "");
    const condition = { field, path: "", operator, values };
    return isValid(condition) && others.every((other) => idOf(other) !== idOf(condition)) ? [condition] : [];
  });
  return [...conditions, ...others];
}

/** Removes a condition from a list and returns its values, if it has a single one or `all` of them are meant. */
export function takeValues(conditions: Condition[], field: FieldName, operator: Operator): string[] {
  const at = conditions.findIndex(
    (each) => each.field === field && each.operator === operator && (operator === "all" || each.values.length === 1),
  );
  return at < 0 ? [] : conditions.splice(at, 1).flatMap(({ values }) => values);
}

/** The least and greatest value of a range `10..20`, which can be open at one end; null for another text. */
export function parseBounds(text: string): { min: number | null; max: number | null } | null {
  const [first = "", second, ...more] = text.split("..");
  if (second === undefined || more.length > 0 || first + second === "") return null;
  const [min, max] = [first, second].map((bound) => (bound === "" ? null : parseNumber(bound)));
  if (min === undefined || max === undefined) return null;
  return min !== null && max !== null && min > max ? null : { min, max };
}

/** A finite number in plain or exponential notation; undefined for another text. */
export function parseNumber(text: string): number | undefined {
  const number = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Whether a condition can be sent to the API. */
export function isValid({ field, path, operator, values }: Condition): boolean {
  const kind = KINDS[field];
  if (!OPERATORS[kind].includes(operator)) return false;
  if ((field === "metadata") !== (path !== "") || !isText(path) || namesOf(path).length > 11) return false;
  if (operator === "exists" || operator === "missing") return values.length === 0;
  const most = operator === "in" || operator === "contains" ? 1 : MAX_VALUES;
  if (values.length === 0 || values.length > most || !values.every((value) => value !== "" && isText(value))) {
    return false;
  }
  if (kind === "label") return values.every((value) => LABEL_NAME.test(value) && value !== "latest");
  if (kind === "time") return values.every(isTime);
  if (field === "state") return values.every((value) => STATE_TYPES.some((type) => type === value));
  if (operator === "in") {
    const bounds = parseBounds(values[0] ?? "");
    return bounds !== null && [bounds.min, bounds.max].every((bound) => bound === null || isOf(kind, bound));
  }
  if (kind !== "whole" && kind !== "optional" && kind !== "number") return true;
  return values.every((value) => isOf(kind, parseNumber(value)));
}

function isTime(text: string): boolean {
  if (Object.hasOwn(SPANS, text)) return true;
  const { from, to } = parseRange(text) ?? { from: "z", to: "a" };
  return from === "" || to === "" || from <= to;
}

function isOf(kind: Kind, value: number | undefined): boolean {
  if (value === undefined) return false;
  return kind === "number" || kind === "path" || (Number.isSafeInteger(value) && value >= 0);
}

function isText(text: string): boolean {
  return text.length <= MAX_LENGTH && text.isWellFormed() && !text.includes("\0");
}

/** The names of a path: dots separate them, a backslash escapes the character after it. */
export function namesOf(path: string): string[] {
  const names = [""];
  for (const [, escaped, character] of path.matchAll(/\\(.)|(.)/gs)) {
    if (character === ".") names.push("");
    else names.push((names.pop() ?? "") + (escaped ?? character));
  }
  return names;
}

const SIGNS: Record<Operator, string> = {
  is: "=",
  not: "!=",
  all: "&=",
  contains: "~",
  in: ":",
  exists: "?",
  missing: "!",
};

const isOperator = (name: string): name is Operator => Object.hasOwn(SIGNS, name);
const isField = (name: string): name is FieldName => Object.hasOwn(KINDS, name);

const CONDITION = /^([a-z]+)(?:\.([^=!&~:?]+))?(!=|&=|[=~:?!])(.*)$/s;

/**
 * The conditions of a search parameter: `type=table,image;rows:100..;metadata.owner!=ops`. Reserved characters within a
 * value or path are percent-encoded once more. Conditions that are not valid, or not of these fields, are left out. Where
 * only runs have tags, a `tag` is a `runtag`.
 */
export function parseConditions(text: string, fields: readonly FieldName[]): Condition[] {
  const isOfRuns = !fields.includes("tag");
  const conditions = text.split(";").flatMap((part) => {
    const condition = parseCondition(part) ?? [];
    return "field" in condition && condition.field === "tag" && isOfRuns
      ? { ...condition, field: "runtag" as const }
      : condition;
  });
  const usable = conditions.filter((each) => fields.includes(each.field) && isValid(each));
  const once = usable.filter((each, at) => usable.findIndex((other) => idOf(other) === idOf(each)) === at);
  return once.slice(0, MAX_CONDITIONS);
}

/** The inverse of `parseConditions`. */
export function conditionsText(conditions: Condition[]): string {
  return conditions.map(conditionText).join(";");
}

function parseCondition(text: string): Condition | null {
  const [, field = "", path = "", sign = "", rest = ""] = CONDITION.exec(text) ?? [];
  const operator = Object.keys(SIGNS)
    .filter(isOperator)
    .find((each) => SIGNS[each] === sign);
  if (!operator || !isField(field)) return null;
  return { field, path: decode(path), operator, values: rest === "" ? [] : rest.split(",").map(decode) };
}

function conditionText({ field, path, operator, values }: Condition): string {
  return `${field}${path && `.${encode(path)}`}${SIGNS[operator]}${values.map(encode).join(",")}`;
}

function encode(text: string): string {
  return text.replace(/[%,;=!&~:?]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  return text.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
