import { z } from "zod";
import { similarName } from "./similar-name";

type Issue = z.core.$ZodIssue;
type RawIssue<Code extends Issue["code"]> = z.core.$ZodRawIssue<Extract<Issue, { code: Code }>>;

/**
 * The rule that a value breaks, to be read after the name of its field: `must be at most 200`. For `error` or
 * `customError` of Zod; messages of schemas come first.
 */
export const ruleMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return isMissing(issue) ? REQUIRED : wrongType(issue);
    case "invalid_value":
      return isMissing(issue) ? REQUIRED : `must be ${oneOf(issue.values)}`;
    case "too_small":
    case "too_big":
      return outOfBounds(issue);
    case "invalid_format":
      return wrongFormat(issue);
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return unknownField(issue);
    case "invalid_union":
      if (Array.isArray(issue.options)) return `must be ${oneOf(issue.options)}`;
      if (issue.inclusive === false) return "must have only one of its possible forms";
      return isMissing(issue) ? REQUIRED : "must have one of its possible forms";
    case "invalid_key":
      return `has a name that ${issue.issues[0]?.message ?? "is not allowed"}`;
    case "invalid_element":
      return `has an entry that ${issue.issues[0]?.message ?? "is not allowed"}`;
    default:
      return isMissing(issue) ? REQUIRED : "has a value that is not allowed";
  }
};

export const REQUIRED = "is required";

/** An absent member; at the top, and in the forms of a union, there is no name that could be missing. */
function isMissing({ input, path }: z.core.$ZodRawIssue): boolean {
  return input === undefined && path !== undefined && path.length > 0;
}

const KINDS: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  bigint: "a bigint",
  symbol: "a symbol",
  null: "null",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  map: "a Map",
  set: "a Set",
  date: "a date",
  file: "a file",
  function: "a function",
  promise: "a promise",
  nan: "NaN",
};

function wrongType({ expected, input }: RawIssue<"invalid_type">): string {
  if (expected === "nonoptional") return REQUIRED;
  if (/^(?:undefined|never|void)$/.test(expected)) return "must be absent";
  if (expected === "date" && input instanceof Date) return "must be a valid date";
  const kind = KINDS[expected] ?? `of the type ${expected}`;
  const other = kindOf(input);
  return other === "" || other === kind ? `must be ${kind}` : `must be ${kind}, not ${other}`;
}

/** What a value is, in few words; empty where it says nothing. */
function kindOf(value: unknown): string {
  if (value === undefined) return "";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && !Number.isInteger(value)) return "a fraction";
  return KINDS[typeof value] ?? "";
}

function oneOf(values: readonly z.core.util.Primitive[]): string {
  const texts = values.map((value) => (typeof value === "string" ? JSON.stringify(value) : String(value)));
  return texts.length === 1 ? (texts[0] ?? "") : `one of ${texts.join(", ")}`;
}

const UNITS: Record<string, [one: string, many: string]> = {
  string: ["character", "characters"],
  array: ["item", "items"],
  set: ["item", "items"],
  map: ["entry", "entries"],
  file: ["byte", "bytes"],
};

function outOfBounds(issue: RawIssue<"too_small" | "too_big">): string {
  const isSmall = issue.code === "too_small";
  const bound = isSmall ? issue.minimum : issue.maximum;
  const { origin, inclusive = true, exact = false } = issue;
  if (origin === "date") return `must not be ${isSmall ? "before" : "after"} ${new Date(Number(bound)).toISOString()}`;
  const [one, many] = UNITS[origin] ?? [];
  if (one === undefined) {
    const limit = inclusive ? `at ${isSmall ? "least" : "most"}` : isSmall ? "greater than" : "less than";
    return `must be ${limit} ${bound}`;
  }
  const limit = exact
    ? "exactly"
    : inclusive
      ? `at ${isSmall ? "least" : "most"}`
      : isSmall
        ? "more than"
        : "fewer than";
  return `must have ${limit} ${bound} ${Number(bound) === 1 ? one : many}`;
}

const FORMATS: Record<string, string> = {
  guid: "a UUID",
  uuid: "a UUID",
  uuidv4: "a UUID of version 4",
  uuidv6: "a UUID of version 6",
  email: "an email address",
  url: "a URL",
  emoji: "an emoji",
  nanoid: "a Nano ID",
  cuid: "a CUID",
  cuid2: "a CUID2",
  ulid: "a ULID",
  xid: "an XID",
  ksuid: "a KSUID",
  datetime: "an ISO 8601 date and time",
  date: "a date such as 2026-01-31",
  time: "a time such as 12:30:00",
  duration: "an ISO 8601 duration such as PT5M",
  ipv4: "an IPv4 address",
  ipv6: "an IPv6 address",
  mac: "a MAC address",
  cidrv4: "an IPv4 range",
  cidrv6: "an IPv6 range",
  base64: "base64",
  base64url: "base64url",
  json_string: "JSON",
  e164: "a telephone number such as +4712345678",
  currency_code: "a currency code",
  credit_card: "a credit card number",
  iban: "an IBAN",
  jwt: "a JSON Web Token",
  lowercase: "in lower case",
  uppercase: "in upper case",
};

function wrongFormat(issue: RawIssue<"invalid_format">): string {
  const { format, pattern } = issue;
  if (format === "starts_with") return `must start with ${JSON.stringify(issue.prefix)}`;
  if (format === "ends_with") return `must end with ${JSON.stringify(issue.suffix)}`;
  if (format === "includes") return `must contain ${JSON.stringify(issue.includes)}`;
  const known = FORMATS[format];
  if (known) return `must be ${known}`;
  return pattern ? `must match the pattern ${pattern}` : `must be of the format ${format}`;
}

/** More names than this would not help. */
const MAX_NAMES = 12;

function unknownField({ keys: [key = ""], inst }: RawIssue<"unrecognized_keys">): string {
  const names = inst instanceof z.core.$ZodObject ? Object.keys(inst._zod.def.shape) : [];
  const similar = similarName(key, names);
  if (similar !== undefined) return `is unknown; did you mean "${similar}"?`;
  if (names.length === 0 || names.length > MAX_NAMES) return "is unknown";
  return `is unknown; ${names.length === 1 ? "the only field is" : "the fields are"} ${names.join(", ")}`;
}
