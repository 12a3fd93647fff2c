import { z } from "zod";
import { Metadata } from "#contract/artifact";
import { Labels } from "#contract/flow";
import { FlowRunCreate } from "#contract/flow-run";
import { MAX_LIMIT } from "#contract/limits";
import { byOffset, MAX_OFFSET } from "#contract/paging";
import { NO_NUL, Timestamp } from "#contract/value";

/** The schemas that the OpenAPI document refers to by name. */
export const named = z.registry<{ id: string }>();

const UUID = /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

/** Parses an id in any form that Python's `UUID` accepts into the contract's form; null for any other text. */
export function parseId(text: string): string | null {
  const parts = UUID.exec(text)?.slice(1);
  return parts ? parts.join("-").toLowerCase() : null;
}

function idError(text: string): string {
  const at = text.search(/[^0-9a-f-]/i);
  return at < 0 ? `invalid length: found ${text.length}` : `invalid character: found \`${text[at]}\` at ${at}`;
}

/** An id: hyphens are optional, letters may be upper case. */
export const RestId = z
  .string()
  .refine((text) => parseId(text) !== null, {
    error: ({ input }) => `Input should be a valid UUID, ${idError(String(input))}`,
    params: { type: "uuid_parsing" },
    abort: true,
  })
  .transform((text) => parseId(text) ?? text)
  .meta({
    description: "A UUID; its hyphens are optional.",
    pattern: "^(?:[uU][rR][nN]:[uU][uU][iI][dD]:)?\\{?[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\\}?$",
  })
  .register(named, { id: "Id" });

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(:\d{2}(?:[.,]\d+)?)?)?\s*([zZ]|[+-]\d{2}(?::?\d{2})?)?$/;

/** Up to here a number means seconds since 1970, beyond it milliseconds, as in pydantic. */
const MAX_SECONDS = 2e10;

/** The first second after the year 2200. */
const END_SECOND = Date.UTC(2201, 0) / 1000;

/** Seconds since 1970 as text, up to some years before 2200. */
const SECONDS = "^(?:[0-6]?\\d{1,9}|7[01]\\d{8})(?:\\.\\d+)?$";

/** The days of 1970 to 2200 and the times of a day, as patterns. */
const DAYS_OF_MONTHS =
  "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8])";
const LEAP_YEARS = "19(?:7[26]|8[048]|9[26])|20(?:[02468][048]|[13579][26])|21(?:0[48]|[2468][048]|[13579][26])";
const DAY = `(?:(?:19[7-9]\\d|2[01]\\d\\d|2200)-(?:${DAYS_OF_MONTHS})|(?:${LEAP_YEARS})-02-29)`;
const CLOCK = "(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?";

/** Parses a timestamp in any form that Prefect accepts into RFC 3339; null for any other value. */
function parseTimestamp(value: string | number): string | null {
  const number = typeof value === "number" ? value : new RegExp(SECONDS).test(value) ? Number(value) : null;
  if (number !== null) {
    const milliseconds = number > MAX_SECONDS ? number : number * 1000;
    return number >= 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : null;
  }
  const [, day, time = "00:00", seconds = ":00", zone = "Z"] = TIMESTAMP.exec(String(value)) ?? [];
  if (!day) return null;
  const offset = /^z$/i.test(zone) ? "Z" : `${zone.slice(0, 3)}:${zone.slice(3).replace(":", "") || "00"}`;
  return `${day}T${time}${seconds.replace(",", ".")}${offset}`;
}

/** A timestamp: ISO 8601 with or without zone (UTC by default), a bare date, or seconds since 1970. */
export const RestTimestamp = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const timestamp = Timestamp.safeParse(parseTimestamp(value));
    if (timestamp.success) return timestamp.data;
    context.addIssue({
      code: "custom",
      message: "Input should be a valid datetime of the years 1970 to 2200",
      params: { type: "datetime_from_date_parsing" },
      input: value,
    });
    return z.NEVER;
  })
  .meta({
    description: "ISO 8601, in UTC unless it names an offset, or seconds since 1970; of the years 1970 to 2200.",
    anyOf: [
      { type: "string", pattern: `^${DAY}(?:[Tt ]${CLOCK})?\\s*(?:[zZ]|[+-](?:0\\d|1[0-5])(?::?[0-5]\\d)?)?$` },
      { type: "string", pattern: SECONDS },
      { type: "number", minimum: 0, exclusiveMaximum: END_SECOND },
      { type: "number", exclusiveMinimum: MAX_SECONDS, exclusiveMaximum: END_SECOND * 1000 },
    ],
  })
  .register(named, { id: "Timestamp" });

const BOOLEAN_WORDS: Record<string, boolean> = {
  ...{ true: true, t: true, yes: true, y: true, on: true, 1: true },
  ...{ false: false, f: false, no: false, n: false, off: false, 0: false },
};

/** A boolean, also as the words and digits that pydantic accepts. */
export const RestBoolean = z
  .union([z.boolean(), z.string(), z.int()])
  .transform((value, context) => {
    const flag = typeof value === "boolean" ? value : BOOLEAN_WORDS[String(value).toLowerCase()];
    if (flag !== undefined) return flag;
    const message = "Input should be a valid boolean, unable to interpret input";
    context.addIssue({ code: "custom", message, params: { type: "bool_parsing" }, input: value });
    return z.NEVER;
  })
  .meta({
    description: "A boolean, also as a word.",
    anyOf: [
      { type: "boolean" },
      {
        type: "string",
        pattern:
          "^(?:[tT](?:[rR][uU][eE])?|[fF](?:[aA][lL][sS][eE])?|[yY](?:[eE][sS])?|[nN][oO]?|[oO](?:[nN]|[fF][fF])|[01])$",
      },
      { type: "integer", enum: [0, 1] },
    ],
  })
  .register(named, { id: "Boolean" });

const Digits = z.string().refine((text) => /^[+-]?\d{1,19}$/.test(text), {
  error: "Input should be a valid integer, unable to parse string as an integer",
  params: { type: "int_parsing" },
  abort: true,
});

/** An integer, also as text. Beyond the safe ones it becomes the nearest of them, so that an error names the real bound. */
const RestInt = z.preprocess(
  (value) => (Number.isInteger(value) ? toSafe(Number(value)) : value),
  z.union([z.int(), Digits.transform((text) => toSafe(Number(text)))]),
);

function toSafe(number: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number));
}

/** `limit` (0 to 200) and `offset`, within the contract's bounds. */
export const RestLimit = RestInt.pipe(byOffset.limit.unwrap())
  .meta({
    anyOf: [
      { type: "integer", minimum: 0, maximum: MAX_LIMIT },
      { type: "string", pattern: "^\\+?0*(?:1?\\d?\\d|200)$" },
    ],
  })
  .register(named, { id: "Limit" });
export const RestOffset = RestInt.pipe(byOffset.offset.unwrap())
  .meta({
    anyOf: [
      { type: "integer", minimum: 0, maximum: MAX_OFFSET },
      { type: "string", pattern: "^\\+?\\d{1,9}$" },
    ],
  })
  .register(named, { id: "Offset" });

/** The key of a new artifact: Prefect has no keys with slashes, dots and underscores. Rejected with Prefect's message. */
export const RestKey = z
  .string()
  .max(255)
  .refine((key) => /^[a-z0-9-]+$/.test(key), {
    error: "Artifact key must only contain lowercase letters, numbers, and dashes.",
  })
  .meta({ minLength: 1, pattern: "^[a-z0-9-]+$" });

/** The name of a flow or deployment: Prefect's clients join the two with a slash, so neither may contain one. */
export const RestName = z
  .string()
  .refine((name) => /^[^/%&><]+$/.test(name), {
    error: "String should match pattern '^[^/%&><]+$'",
    params: { type: "string_pattern_mismatch" },
    abort: true,
  })
  .meta({ pattern: "^[^/%&><\\u0000-\\u001f\\u007f-\\u009f]+$", maxLength: 255 });

type JsonObject = z.infer<typeof Labels>;

const Dictionary = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  {
    error: "Input should be a valid dictionary",
    params: { type: "dict_type" },
  },
);

/** An object whose values all have one of the given types, then checked by the contract's schema. */
function dictionary(
  schema: z.ZodType<JsonObject, JsonObject>,
  types: readonly string[],
  code: string,
  message: string,
) {
  const members = Dictionary.check(({ value, issues }) => {
    for (const [name, member] of Object.entries(value)) {
      if (types.includes(typeof member)) continue;
      issues.push({ code: "custom", message, params: { type: code }, path: [name], input: member });
    }
  });
  const text = { type: "string", pattern: NO_NUL };
  const others = types.filter((type) => type !== "string");
  const additionalProperties = others.length === 0 ? text : { anyOf: [text, { type: others }] };
  return members.pipe(schema).meta({ type: "object", propertyNames: { pattern: NO_NUL }, additionalProperties });
}

/** Artifact metadata: strings to strings. */
export const RestMetadata = dictionary(Metadata, ["string"], "string_type", "Input should be a valid string");

/** Labels of a flow or deployment: strings to the scalars that Prefect's client accepts. */
export const RestLabels = dictionary(
  Labels,
  ["string", "number", "boolean"],
  "value_error",
  "Input should be a valid string, number or boolean",
);

/** Parameters of a flow run: strings to any JSON. */
export const RestParameters = Dictionary.pipe(FlowRunCreate.shape.parameters.unwrap()).meta({
  type: "object",
  propertyNames: { pattern: NO_NUL },
  additionalProperties: { $ref: "#/components/schemas/JsonValue" },
});
