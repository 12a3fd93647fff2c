import { z } from "zod";
import * as filter from "#contract/filter";
import { Key, Id as PlainId, Timestamp as PlainInstant } from "#contract/value";
import * as where from "#contract/where";
import { named, RestBoolean, RestId, RestKey, RestTimestamp } from "./value";

/** The names of the contract's filters and conditions. */
const NAMES = new Map(Object.entries({ ...filter, ...where }).map(([name, schema]) => [schema as unknown, name]));

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

interface Options {
  /** In the OpenAPI document, where the contract has none; with `fields` always. */
  name?: string;
  /** Other names for some fields of the filter itself. */
  fields?: Record<string, string>;
}

/**
 * A contract schema as the REST API accepts it: parses REST names and returns the contract's. Fields are snake_case;
 * filter operators end in an underscore (`any_`, `is_null_`).
 */
export function restSchema(schema: z.core.$ZodType, options: Options = {}): z.ZodType {
  const freer = LENIENT_SCHEMAS.get(schema);
  if (freer) return freer;
  if (schema instanceof z.ZodOptional) return restSchema(schema.unwrap(), options).optional();
  if (schema instanceof z.ZodNullable) return restSchema(schema.unwrap(), options).nullable();
  if (schema instanceof z.ZodArray) return restArray(schema, options);
  if (schema instanceof z.ZodBoolean) return RestBoolean;
  if (schema === filter.Operator) return Operators;
  if (schema instanceof z.ZodObject) return restObject(schema, options);
  if (schema instanceof z.ZodCustom) return schema.meta({ $ref: "#/components/schemas/JsonValue" });
  return schema instanceof z.ZodType ? schema : z.unknown();
}

const Operators = z
  .enum(["and_", "or_"])
  .transform((operator) => operator.slice(0, -1))
  .register(named, { id: "Operator" });

function restArray(list: z.ZodArray, options: Options): z.ZodType {
  const { maxItems } = z.toJSONSchema(list, { io: "input", unrepresentable: "any" });
  const bounded = (items: z.ZodArray) => (maxItems === undefined ? items : items.max(maxItems));
  const item = restSchema(list.element, options);
  if (item !== RestKey) return bounded(z.array(item));
  // Texts that cannot be a key match nothing, as in Prefect, so they are dropped before the query.
  return bounded(z.array(z.string())).transform((texts) => texts.filter((text) => Key.safeParse(text).success));
}

/** The objects so far, as a condition occurs in several filters. */
const objects = new Map<z.ZodObject, z.ZodType>();

function restObject(object: z.ZodObject, { name, fields }: Options): z.ZodType {
  const known = fields ? undefined : objects.get(object);
  if (known) return known;
  const id = fields ? name : (NAMES.get(object) ?? name);
  const members = Object.entries(object.shape).map(([field, schema]) => {
    const isField = field === "operator" || isNested(schema);
    const restName = fields?.[field] ?? (isField ? restFieldName(field) : restOperatorName(field));
    const nested = id === undefined ? {} : { name: `${id}${field.charAt(0).toUpperCase()}${field.slice(1)}` };
    return { field, restName, schema: restSchema(schema, nested) };
  });
  const contractNames = new Map(members.map(({ restName, field }) => [restName, field]));
  const parsed = z
    .strictObject(Object.fromEntries(members.map(({ restName, schema }) => [restName, schema])))
    .transform((value) =>
      Object.fromEntries(Object.entries(value).map(([name, of]) => [contractNames.get(name) ?? name, of])),
    );
  if (id !== undefined) parsed.register(named, { id });
  if (!fields) objects.set(object, parsed);
  return parsed;
}

function isNested(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return isNested(schema.unwrap());
  if (schema instanceof z.ZodArray) return isNested(schema.element);
  return schema instanceof z.ZodObject;
}
