import { z } from "zod";
import { Metadata } from "#contract/artifact";
import { Id, Key, Timestamp } from "#contract/value";
import { ArtifactFilter, DeploymentFilter, FlowFilter, FlowRunFilter, Query, TaskRunFilter } from "#contract/where";

/** What stands for a schema that has a name, in markdown. */
export const NAMED: ReadonlyMap<z.core.$ZodType, string> = new Map<z.core.$ZodType, string>([
  [Id, "UUID"],
  [Key, "key: 1 to 255 of `a-z`, `0-9`, `-`, `.`, `_` and `/`"],
  [Timestamp, "RFC 3339 timestamp with an offset, 1970 to 2200"],
  [Metadata, "JSON object, at most 64 KiB"],
  [Query, "[query](query.md) of at most 2,000 characters"],
  [ArtifactFilter, "[conditions](where.md#artifacts)"],
  [FlowRunFilter, "[conditions](where.md#flowruns)"],
  [TaskRunFilter, "[conditions](where.md#taskruns)"],
  [DeploymentFilter, "[conditions](where.md#deployments)"],
  [FlowFilter, "[conditions](where.md#flows)"],
]);

/** What is used of a JSON Schema. */
interface Schema {
  title?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  description?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/**
 * The fields of an input as a table in markdown: one for each form of a union; null where there is no field. `names` has
 * what stands for a schema.
 */
export function fieldTables(schema: z.ZodType, names = NAMED): string | null {
  const json = toSchema(schema, names);
  const tables = (json.anyOf ?? [json]).map((form) => table(rows(form, "")));
  const written = tables.filter((each) => each !== null);
  return written.length > 0 ? written.join("\n\nor\n\n") : null;
}

function toSchema(schema: z.ZodType, names: typeof NAMED): Schema {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const name = names.get(zodSchema);
      if (name !== undefined) jsonSchema.title = name;
    },
  }) as Schema; // its other members are not used
}

interface Row {
  field: string;
  required: boolean;
  rule: string;
}

function rows({ properties = {}, required = [] }: Schema, above: string): Row[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const { schema, nullable } = withoutNull(property);
    const field = `${above}${name}`;
    const row = { field, required: required.includes(name), rule: `${ruleOf(schema)}${nullable ? ", or null" : ""}` };
    const fallback = property.default ?? schema.default;
    if (fallback !== undefined) row.rule += `; ${code(fallback)} by default`;
    if (schema.title !== undefined) return [row];
    if (schema.properties) return [row, ...rows(schema, `${field}.`)];
    return schema.items?.properties && schema.items.title === undefined
      ? [row, ...rows(schema.items, `${field}[].`)]
      : [row];
  });
}

function withoutNull(schema: Schema): { schema: Schema; nullable: boolean } {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== "null");
    return { schema: { ...schema, type: types[0] ?? "null" }, nullable: schema.type.includes("null") };
  }
  const forms = schema.anyOf?.filter(({ type }) => type !== "null") ?? [];
  const [only] = forms;
  if (!schema.anyOf || forms.length !== 1 || !only) return { schema, nullable: false };
  return { schema: only, nullable: forms.length < schema.anyOf.length };
}

function ruleOf(schema: Schema): string {
  const { title, type, items, anyOf, minItems, maxItems, minimum, maximum } = schema;
  if (title !== undefined) return title;
  if (schema.enum) return schema.enum.map(code).join(", ");
  if (schema.const !== undefined) return code(schema.const);
  if (anyOf) return anyOf.map(ruleOf).join(" or ");
  if (type === "array") {
    const what = items?.title ?? (items?.properties ? "objects" : ruleOf(items ?? {}));
    return `list${rangeOf(minItems, maxItems)}: ${what}`;
  }
  if (type === "integer" || type === "number") return `${type}${rangeOf(minimum, maximum)}`;
  if (type === "string") return textRule(schema);
  if (type === "object") return schema.description ? `object, ${lowerFirst(schema.description)}` : "object";
  return type === undefined ? "any JSON" : String(type);
}

function textRule({ minLength, maxLength, pattern }: Schema): string {
  if (maxLength === undefined) return "text";
  // A text without control characters is limited in characters, any other in bytes.
  const unit = minLength === undefined && pattern !== undefined ? "bytes" : "characters";
  return `text${rangeOf(minLength, maxLength)} ${unit}`;
}

function rangeOf(min: number | undefined, max: number | undefined): string {
  const upper = max === undefined || max === Number.MAX_SAFE_INTEGER ? null : max.toLocaleString("en");
  const lower = min === undefined || min === -Number.MAX_SAFE_INTEGER ? null : min.toLocaleString("en");
  if (upper === null) return lower === null ? "" : `, ${lower} or more`;
  return lower === null || lower === "0" ? `, at most ${upper}` : `, ${lower} to ${upper}`;
}

function table(all: Row[]): string | null {
  if (all.length === 0) return null;
  const lines = all.map(
    ({ field, required, rule }) => `| \`${field}\`${required ? "" : " (optional)"} | ${rule.replaceAll("|", "\\|")} |`,
  );
  return ["| field | value |", "| --- | --- |", ...lines].join("\n");
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
