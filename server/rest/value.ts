import { z } from "zod";
import { Metadata } from "#contract/artifact";
import { Labels } from "#contract/flow";
import { FlowRunCreate } from "#contract/flow-run";
import { MAX_LIMIT } from "#contract/limits";
import { byOffset } from "#contract/query";
import { Instant, Key } from "#contract/value";

const HEX = /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

/** An id in any form that Python's `UUID` reads, as the contract writes it; null for another text. */
export function idOf(text: string): string | null {
  const parts = HEX.exec(text)?.slice(1);
  return parts ? parts.join("-").toLowerCase() : null;
}

/** What keeps a text from being an id. */
function idFault(text: string): string {
  const at = text.search(/[^0-9a-f-]/i);
  return at < 0 ? `invalid length: found ${text.length}` : `invalid character: found \`${text[at]}\` at ${at}`;
}

/** An id: hyphens are optional, letters may be large. */
export const RestId = z
  .string()
  .refine((text) => idOf(text) !== null, {
    error: ({ input }) => `Input should be a valid UUID, ${idFault(String(input))}`,
    params: { type: "uuid_parsing" },
    abort: true,
  })
  .transform((text) => idOf(text) ?? text)
  .meta({ format: "uuid" });

const NAIVE = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(:\d{2}(?:[.,]\d+)?)?)?\s*([zZ]|[+-]\d{2}(?::?\d{2})?)?$/;

/** Up to here a number is seconds since 1970, beyond it milliseconds, as in pydantic. */
const WATERSHED = 2e10;

/** A moment in any form that Prefect reads, as RFC 3339; null for another value. */
function instantOf(value: string | number): string | null {
  const number = typeof value === "number" ? value : /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : null;
  if (number !== null) {
    const milliseconds = Math.abs(number) > WATERSHED ? number : number * 1000;
    return Math.abs(milliseconds) < 8.64e15 ? new Date(milliseconds).toISOString() : null;
  }
  const [, day, time = "00:00", seconds = ":00", zone = "Z"] = NAIVE.exec(String(value)) ?? [];
  if (!day) return null;
  const offset = /^z$/i.test(zone) ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}`;
  return `${day}T${time}${seconds.replace(",", ".")}${offset}`;
}

/** A moment: ISO 8601 with or without zone (without one it is UTC), a bare date, or seconds since 1970. */
export const RestInstant = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const instant = Instant.safeParse(instantOf(value));
    if (instant.success) return instant.data;
    context.addIssue({
      code: "custom",
      message: "Input should be a valid datetime of the years 1970 to 2200",
      params: { type: "datetime_from_date_parsing" },
      input: value,
    });
    return z.NEVER;
  })
  .meta({ type: "string", format: "date-time" });

const WORDS: Record<string, boolean> = {
  ...{ true: true, t: true, yes: true, y: true, on: true, 1: true },
  ...{ false: false, f: false, no: false, n: false, off: false, 0: false },
};

/** Yes or no, also in the words that Python's clients and shells write. */
export const RestFlag = z
  .union([z.boolean(), z.string(), z.int()])
  .transform((value, context) => {
    const flag = typeof value === "boolean" ? value : WORDS[String(value).toLowerCase()];
    if (flag !== undefined) return flag;
    const message = "Input should be a valid boolean, unable to interpret input";
    context.addIssue({ code: "custom", message, params: { type: "bool_parsing" }, input: value });
    return z.NEVER;
  })
  .meta({ type: "boolean" });

const Digits = z.string().refine((text) => /^[+-]?\d{1,19}$/.test(text), {
  error: "Input should be a valid integer, unable to parse string as an integer",
  params: { type: "int_parsing" },
  abort: true,
});

/** A whole number, also written as a text. */
const RestInt = z.union([z.int(), Digits.transform(Number)]);

/** How many rows are asked for at most, and how many are passed by, within the contract's bounds. */
export const RestLimit = RestInt.pipe(byOffset.limit.unwrap()).meta({
  type: "integer",
  minimum: 0,
  maximum: MAX_LIMIT,
});
export const RestOffset = RestInt.pipe(byOffset.offset.unwrap()).meta({ type: "integer", minimum: 0 });

/** A key to publish under, refused in Prefect's words. */
export const RestKey = z
  .string()
  .max(255)
  .refine((key) => Key.safeParse(key.slice(0, 255)).success, {
    error: "Artifact key must only contain lowercase letters, numbers, and dashes.",
  })
  .meta({ minLength: 1, pattern: "^[a-z0-9-]+$" });

/** What a flow or a deployment is called: clients of the dialect write the two as one, with a slash between. */
export const RestName = z
  .string()
  .refine((name) => /^[^/%&><]+$/.test(name), {
    error: "String should match pattern '^[^/%&><]+$'",
    params: { type: "string_pattern_mismatch" },
    abort: true,
  })
  .meta({ pattern: "^[^/%&><]+$" });

type JsonObject = z.infer<typeof Labels>;

const Dictionary = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  {
    error: "Input should be a valid dictionary",
    params: { type: "dict_type" },
  },
);

/** An object whose members are all of some kinds, taken as the contract takes it. */
function dictionary(schema: z.ZodType<JsonObject, JsonObject>, kinds: readonly string[], type: string, words: string) {
  const members = Dictionary.check(({ value, issues }) => {
    for (const [name, member] of Object.entries(value)) {
      if (kinds.includes(typeof member)) continue;
      issues.push({ code: "custom", message: words, params: { type }, path: [name], input: member });
    }
  });
  return members.pipe(schema).meta({ type: "object", additionalProperties: { type: kinds } });
}

/** Metadata of an artifact: names to texts. */
export const RestMetadata = dictionary(Metadata, ["string"], "string_type", "Input should be a valid string");

/** Labels of a flow or deployment: names to what Prefect's client can read. */
export const RestLabels = dictionary(
  Labels,
  ["string", "number", "boolean"],
  "value_error",
  "Input should be a valid string, number or boolean",
);

/** Parameters of a flow run: names to any values. */
export const RestParameters = Dictionary.pipe(FlowRunCreate.shape.parameters.unwrap()).meta({ type: "object" });
