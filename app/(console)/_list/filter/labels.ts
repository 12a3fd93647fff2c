import { type Condition, type FieldName, type Operator, parseBounds } from "#contract/list-filter/condition";
import { timeLabel } from "#contract/list-filter/time-range";
import { formatBytes, formatNumber } from "#formats/number";
import { typeName } from "../artifact-type";
import { stateLabel } from "../run-state";

/** The names of the fields of filters for display. */
export const FIELD_LABELS: Record<FieldName, string> = {
  type: "Type",
  key: "Key",
  description: "Description",
  flow: "Flow",
  deployment: "Deployment",
  run: "Run",
  task: "Task",
  state: "Run state",
  tag: "Tag",
  runtag: "Run tag",
  created: "Created",
  updated: "Updated",
  started: "Started",
  ended: "Ended",
  size: "Size",
  rows: "Rows",
  number: "Number",
  version: "Version",
  versions: "Version count",
  label: "Label",
  owner: "Owner",
  metadata: "Metadata",
};

export const OPERATOR_LABELS: Record<Operator, string> = {
  is: "is",
  not: "is not",
  all: "has all of",
  contains: "contains",
  in: "is between",
  exists: "exists",
  missing: "does not exist",
};

/** A condition in three parts to read: `Type`, `is`, `Table or Image`; a range has no operator: `Rows`, ``, `≥ 100`. */
export function partsOf(condition: Condition): { field: string; operator: string; value: string } {
  const { field, path, operator, values } = condition;
  const named = field === "metadata" ? path : FIELD_LABELS[field];
  if (operator === "in") {
    const [value = ""] = values;
    return { field: named, operator: "", value: parseBounds(value) ? boundsLabel(field, value) : timeLabel(value) };
  }
  const join = operator === "all" ? ", " : " or ";
  const value = values.map((each) => valueLabel(field, each)).join(join);
  return { field: named, operator: OPERATOR_LABELS[operator], value };
}

/** A condition as a text: `Run state is not Failed or Crashed`. */
export function sentenceOf(condition: Condition): string {
  const { field, operator, value } = partsOf(condition);
  return [field, operator, value].filter(Boolean).join(" ");
}

/** A value of a field as it is displayed. */
export function valueLabel(field: FieldName, value: string): string {
  if (field === "type") return typeName(value);
  if (field === "state") return stateLabel(value);
  return field === "size" ? formatBytes(Number(value)) : value;
}

function boundsLabel(field: FieldName, text: string): string {
  const { min = null, max = null } = parseBounds(text) ?? {};
  const label = (value: number) => (field === "size" ? formatBytes(value) : formatNumber(value));
  if (min === null) return `≤ ${label(max ?? 0)}`;
  return max === null ? `≥ ${label(min)}` : `${label(min)} to ${label(max)}`;
}

const POWERS: Record<string, number> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

/** The bytes of a size as people write it, `1.5 MB` or `200`; null for another text. */
export function parseSize(text: string): number | null {
  const [, digits = "", unit = "b"] = /^(\d+(?:\.\d+)?)\s*([kmg]?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(digits) * (POWERS[unit.toLowerCase()] ?? 1));
  return digits !== "" && Number.isSafeInteger(bytes) ? bytes : null;
}
