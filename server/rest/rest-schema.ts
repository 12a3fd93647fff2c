import { z } from "zod";
import { Key, Id as PlainId, Timestamp as PlainInstant } from "#contract/value";
import { RestBoolean, RestId, RestKey, RestTimestamp } from "./value";

/** Values that the REST API accepts in more forms than the contract. */
const LENIENT_SCHEMAS = new Map<z.core.$ZodType, z.ZodType>([
  [PlainId, RestId],
  [PlainInstant, RestTimestamp],
  [Key, RestKey],
]);

/** Names that differ by more than spelling. */
const OPERATOR_NAMES: Record<string, string> = { min: "ge_", max: "le_" };
const FIELD_NAMES: Record<string, string> = { metadata: "metadata_" };

/** The REST name of a contract field: `flowRunId` → `flow_run_id`, `metadata` → `metadata_`. */
export function restFieldName(name: string): string {
  return FIELD_NAMES[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The REST name of a filter operator: `notAny` → `not_any_`, `min` → `ge_`. */
function restOperatorName(name: string): string {
  return OPERATOR_NAMES[name] ?? `${restFieldName(name)}_`;
}

/** The contract name of a REST field: `flow_run_id` → `flowRunId`, `metadata_` → `metadata`. */
export function contractFieldName(name: string): string {
  return name.replace(/_$/, "").replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function toContractFields(body: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [contractFieldName(name), value]));
}

/**
 * A contract schema as the REST API accepts it: parses REST names and returns the contract's. Fields are snake_case;
 * filter operators end in an underscore (`any_`, `is_null_`).
 * @param overrides other names for some fields of the filter itself
 */
export function restSchema(schema: z.core.$ZodType, overrides: Record<string, string> = {}): z.ZodType {
  const freer = LENIENT_SCHEMAS.get(schema);
  if (freer) return freer;
  if (schema instanceof z.ZodOptional) return restSchema(schema.unwrap(), overrides).optional();
  if (schema instanceof z.ZodNullable) return restSchema(schema.unwrap(), overrides).nullable();
  if (schema instanceof z.ZodArray) return restArray(schema);
  if (schema instanceof z.ZodBoolean) return RestBoolean;
  if (schema instanceof z.ZodEnum && schema.options.includes("and")) return Operators;
  if (schema instanceof z.ZodObject) return restObject(schema.shape, overrides);
  return schema instanceof z.ZodType ? schema : z.unknown();
}

const Operators = z.enum(["and_", "or_"]).transform((operator) => operator.slice(0, -1));

function restArray(list: z.ZodArray): z.ZodType {
  const { maxItems } = z.toJSONSchema(list, { io: "input", unrepresentable: "any" });
  const bounded = (items: z.ZodArray) => (maxItems === undefined ? items : items.max(maxItems));
  const item = restSchema(list.element);
  if (item !== RestKey) return bounded(z.array(item));
  // Texts that cannot be a key match nothing, as in Prefect, so they are dropped before the query.
  return bounded(z.array(z.string())).transform((texts) => texts.filter((text) => Key.safeParse(text).success));
}

function restObject(shape: z.core.$ZodShape, overrides: Record<string, string>): z.ZodType {
  const names = Object.entries(shape).map(([name, schema]): [string, string, z.core.$ZodType] => [
    overrides[name] ?? (name === "operator" || isNested(schema) ? restFieldName(name) : restOperatorName(name)),
    name,
    schema,
  ]);
  const contractNames = new Map(names.map(([restName, name]) => [restName, name]));
  return z
    .strictObject(Object.fromEntries(names.map(([restName, , schema]) => [restName, restSchema(schema)])))
    .transform((value) =>
      Object.fromEntries(Object.entries(value).map(([name, of]) => [contractNames.get(name) ?? name, of])),
    );
}

function isNested(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return isNested(schema.unwrap());
  if (schema instanceof z.ZodArray) return isNested(schema.element);
  return schema instanceof z.ZodObject;
}
