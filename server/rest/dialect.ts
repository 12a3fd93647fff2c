import { z } from "zod";
import { Key, Id as PlainId, Instant as PlainInstant } from "#contract/value";
import { RestFlag, RestId, RestInstant, RestKey } from "./value";

/** Schemas of single values that the dialect writes more freely than the contract. */
const FREER = new Map<z.core.$ZodType, z.ZodType>([
  [PlainId, RestId],
  [PlainInstant, RestInstant],
  [Key, RestKey],
]);

/** Names that are not the contract's in other spelling. */
const OTHER_TEST: Record<string, string> = { min: "ge_", max: "le_" };
const OTHER_FIELD: Record<string, string> = { metadata: "metadata_" };

/** A field of the contract as the dialect names it: `flowRunId` is `flow_run_id`, `metadata` is `metadata_`. */
export function fieldIn(name: string): string {
  return OTHER_FIELD[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What a condition tests, as the dialect names it: `notAny` is `not_any_`, `min` is `ge_`. */
function testIn(name: string): string {
  return OTHER_TEST[name] ?? `${fieldIn(name)}_`;
}

/** A dialect's field as the contract names it: `flow_run_id` is `flowRunId`, `metadata_` is `metadata`. */
export function fieldOut(name: string): string {
  return name.replace(/_$/, "").replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The members of a body as the contract's input: each under its contract's name. */
export function renamed(body: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [fieldOut(name), value]));
}

/**
 * A filter of the contract in the dialect: the same conditions under the dialect's names, which it gives back under the
 * contract's. Fields are snake_case; what tests a value ends in an underscore (`any_`, `is_null_`), as do the operators.
 * @param given other names for some fields of the filter itself
 */
export function inDialect(schema: z.core.$ZodType, given: Record<string, string> = {}): z.ZodType {
  const freer = FREER.get(schema);
  if (freer) return freer;
  if (schema instanceof z.ZodOptional) return inDialect(schema.unwrap(), given).optional();
  if (schema instanceof z.ZodNullable) return inDialect(schema.unwrap(), given).nullable();
  if (schema instanceof z.ZodArray) return listInDialect(schema);
  if (schema instanceof z.ZodBoolean) return RestFlag;
  if (schema instanceof z.ZodEnum && schema.options.includes("and")) return Operators;
  if (schema instanceof z.ZodObject) return objectInDialect(schema.shape, given);
  return schema instanceof z.ZodType ? schema : z.unknown();
}

const Operators = z.enum(["and_", "or_"]).transform((operator) => operator.slice(0, -1));

function listInDialect(list: z.ZodArray): z.ZodType {
  const { maxItems } = z.toJSONSchema(list, { io: "input", unrepresentable: "any" });
  const bounded = (items: z.ZodArray) => (maxItems === undefined ? items : items.max(maxItems));
  const item = inDialect(list.element);
  if (item !== RestKey) return bounded(z.array(item));
  // Texts that no key can be match nothing, as they do in Prefect: they are left out, the rest is looked for.
  return bounded(z.array(z.string())).transform((texts) => texts.filter((text) => Key.safeParse(text).success));
}

function objectInDialect(shape: z.core.$ZodShape, given: Record<string, string>): z.ZodType {
  const names = Object.entries(shape).map(([name, schema]): [string, string, z.core.$ZodType] => [
    given[name] ?? (name === "operator" || isNested(schema) ? fieldIn(name) : testIn(name)),
    name,
    schema,
  ]);
  const back = new Map(names.map(([dialect, name]) => [dialect, name]));
  return z
    .strictObject(Object.fromEntries(names.map(([dialect, , schema]) => [dialect, inDialect(schema)])))
    .transform((value) => Object.fromEntries(Object.entries(value).map(([name, of]) => [back.get(name) ?? name, of])));
}

function isNested(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return isNested(schema.unwrap());
  if (schema instanceof z.ZodArray) return isNested(schema.element);
  return schema instanceof z.ZodObject;
}
