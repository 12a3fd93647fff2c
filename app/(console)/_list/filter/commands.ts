import type { Command } from "#app/_ui/command-list";
import {
  type Condition,
  type FieldName,
  idOf,
  kindOf,
  operatorsOf,
  parseConditions,
} from "#contract/list-filter/condition";
import { SPANS } from "#contract/list-filter/time-range";
import type { Facets, FacetValue } from "#contract/paging";
import { formatCount } from "#formats/number";
import { FIELD_LABELS, sentenceOf, valueLabel } from "./labels";
import type { Filter } from "./use-facets";

interface Handlers {
  onField: (draft: Condition) => void;
  onApply: (condition: Condition) => void;
}

/** What a filter can be extended by: fields, and with a text also values of theirs, time spans, and the text itself. */
export function filterCommands(
  text: string,
  { fields, conditions }: Pick<Filter, "fields" | "conditions">,
  facets: Facets | undefined,
  { onField, onApply }: Handlers,
): Command[] {
  const query = text.trim();
  const words = query.toLowerCase().split(/\s+/);
  const matches = ({ label, group }: Command) =>
    words.every((word) => `${group} ${label}`.toLowerCase().includes(word));
  const apply = (condition: Condition) => () => onApply(joined(condition, conditions));
  const fieldCommands = fields.map((field) => ({
    id: `field ${field}`,
    group: "Fields",
    label: FIELD_LABELS[field],
    run: () => onField(conditions.find((each) => isPlain(each, field)) ?? draftOf(field)),
  }));
  if (query === "") return fieldCommands;
  const values = fields.flatMap((field) => {
    const { operator } = draftOf(field);
    return valuesOf(field, facets)
      .filter(({ value }) => !conditions.some((each) => isPlain(each, field) && each.values.includes(value)))
      .map(({ value, hint }) => ({
        id: `${field} ${value}`,
        group: FIELD_LABELS[field],
        label: valueLabel(field, value),
        hint,
        run: apply({ field, path: "", operator, values: [value] }),
      }));
  });
  const members = fields.includes("metadata")
    ? metadataNames(facets).map(({ value, hint }) => ({
        id: `metadata ${value}`,
        group: FIELD_LABELS.metadata,
        label: value,
        hint,
        run: () => onField({ ...draftOf("metadata"), path: pathOf(value) }),
      }))
    : [];
  const spans = fields
    .filter((field) => field === "created" || field === "started")
    .flatMap((field) =>
      Object.entries(SPANS).map(([value, { label }]) => ({
        id: `${field} ${value}`,
        group: FIELD_LABELS[field],
        label,
        run: apply({ field, path: "", operator: "in", values: [value] }),
      })),
    );
  const typed = parseConditions(query, fields).map((condition) => ({
    id: `typed ${idOf(condition)}`,
    group: "Typed",
    label: sentenceOf(condition),
    run: apply(condition),
  }));
  const free = FREE.filter(({ field }) => fields.includes(field)).map((test) => ({
    id: `text ${test.field}`,
    group: "Text",
    label: `${sentenceOf({ ...test, path: "", values: [] })} “${query}”`,
    run: apply({ ...test, path: "", values: [query] }),
  }));
  return [...typed, ...[...fieldCommands, ...values, ...members, ...spans].filter(matches), ...free];
}

const FREE = [
  { field: "key", operator: "contains" },
  { field: "description", operator: "contains" },
  { field: "run", operator: "contains" },
  { field: "flow", operator: "is" },
  { field: "tag", operator: "all" },
  { field: "runtag", operator: "all" },
] as const;

/** A condition that its editor starts with. Several tags are meant together unless another operator is chosen. */
function draftOf(field: FieldName): Condition {
  const operator = kindOf(field) === "tags" ? "all" : (operatorsOf(field)[0] ?? "is");
  return { field, path: "", operator, values: [] };
}

function isPlain(condition: Condition, field: FieldName): boolean {
  return field !== "metadata" && idOf(condition) === idOf(draftOf(field));
}

/** With the values that the filter has for it already. Ranges and texts are one value each. */
function joined(condition: Condition, conditions: Condition[]): Condition {
  const { operator, values } = condition;
  if (operator !== "is" && operator !== "all") return condition;
  const known = conditions.find((each) => idOf(each) === idOf(condition));
  return known ? { ...known, values: [...new Set([...known.values, ...values])] } : condition;
}

const FACETS: Partial<Record<FieldName, Exclude<keyof Facets, "complete">>> = {
  type: "types",
  flow: "flows",
  deployment: "deployments",
  state: "states",
  tag: "artifactTags",
  runtag: "tags",
  label: "labels",
  owner: "owners",
};

/** The values of a field that occur, the commonest first, each with its count for display. */
export function valuesOf(field: FieldName, facets: Facets | undefined): { value: string; hint: string }[] {
  const name = FACETS[field];
  return name && facets ? withHints(facets[name], facets.complete) : [];
}

/** The commonest names in the metadata, each with its count for display. */
export function metadataNames(facets: Facets | undefined): { value: string; hint: string }[] {
  return facets ? withHints(facets.metadataNames, facets.complete) : [];
}

/** The path of a condition that is a single name. */
export function pathOf(name: string): string {
  return name.replace(/[\\.]/g, "\\$&");
}

function withHints(found: FacetValue[], isComplete: boolean): { value: string; hint: string }[] {
  const hint = (count: number) => `${formatCount(count)}${isComplete ? "" : "+"}`;
  return [...distinctValues(found)].map(([value, count]) => ({ value, hint: hint(count) }));
}

/** Without null; of a value that occurs twice, as the name of two flows, the first and more frequent. */
function distinctValues(values: FacetValue[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { value, count } of values) {
    if (value !== null && value !== "" && !counts.has(value)) counts.set(value, count);
  }
  return counts;
}
