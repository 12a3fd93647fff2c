import type { z } from "zod";
import type { VitrineError } from "#contract/error";
import { SlowBodyError } from "#server/http/collect";
import type { HttpResponse } from "#server/http/message";
import { headersOf, json } from "#server/http/respond";

type Issue = z.core.$ZodIssue;

/** One error of a 422 in pydantic's form. */
interface Detail {
  type: string;
  loc: PropertyKey[];
  msg: string;
  input: unknown;
  ctx?: Record<string, unknown>;
}

export function unauthorizedResponse(): HttpResponse {
  return json(401, { exception_message: "Unauthorized" }, headersOf({ code: "UNAUTHORIZED" }));
}

export function detailResponse(status: number, detail: string, headers: Record<string, string> = {}): HttpResponse {
  return json(status, { detail }, headers);
}

/** 422 in Prefect's form. The body is not echoed: it may be large. */
function unprocessable(details: Detail[]): HttpResponse {
  const exception_detail = details.slice(0, MAX_DETAILS);
  return json(422, { exception_message: "Invalid request received.", exception_detail, request_body: null });
}

/** 422 for a body that cannot be read at all. */
export function unreadableBody(type: string, msg: string): HttpResponse {
  return unprocessable([{ type, loc: ["body"], msg, input: null }]);
}

/** 422 for invalid JSON, with the position where it is known. */
export function invalidJson(error: string): HttpResponse {
  const position = /at position (\d+)/.exec(error)?.[1];
  const loc = position === undefined ? ["body"] : ["body", Number(position)];
  return unprocessable([{ type: "json_invalid", loc, msg: "JSON decode error", input: null, ctx: { error } }]);
}

/** 422 for a body that its schema rejects, one detail per issue; a wrong limit has Prefect's own sentence. */
export function invalidBody(issues: readonly Issue[]): HttpResponse {
  const limit = issues.find(({ path: [first], code }) => first === "limit" && /^too_/.test(code));
  if (limit) return detailResponse(422, `Invalid limit: must be ${boundOf(limit)}.`);
  return unprocessable(issues.flatMap((issue) => detailsOf(issue, [])));
}

/** 422 for a parameter of the URL that its schema rejects. */
export function invalidParameter(name: string, issues: readonly Issue[]): HttpResponse {
  const details = issues.flatMap((issue) => detailsOf(issue, []));
  return unprocessable(details.map((each) => ({ ...each, loc: ["query", name] })));
}

/**
 * Maps a procedure's error to Prefect's status and body. `missing` is Prefect's sentence for a path whose row does not
 * exist; when it is null, or the error names a field, the body named the missing row: a conflict (409).
 */
export function procedureError(error: VitrineError, missing: string | null): HttpResponse {
  const { code, message, details } = error;
  const headers = headersOf(error);
  switch (code) {
    case "BAD_REQUEST":
      return unprocessable([
        {
          type: "value_error",
          loc: ["body", ...locationOf(details.field)],
          msg: `Value error, ${message}`,
          input: null,
        },
      ]);
    case "NOT_FOUND":
      return missing === null || details.field
        ? detailResponse(409, `Data integrity conflict: ${message}`)
        : detailResponse(404, missing);
    case "UNAUTHORIZED":
      return unauthorizedResponse();
    case "TIMEOUT":
      // 504 for a filter: Prefect's client would repeat a 408 five times.
      return detailResponse(error instanceof SlowBodyError ? 408 : 504, message);
    case "SERVICE_UNAVAILABLE":
      if (details.httpStatus) return detailResponse(details.httpStatus, message, headers);
      return json(503, { exception_message: "Service Unavailable" }, headers);
    case "INTERNAL_SERVER_ERROR":
      return json(500, { exception_message: "Internal Server Error" });
    default:
      return detailResponse(STATUS[code], message, headers);
  }
}

const STATUS = {
  FORBIDDEN: 403,
  METHOD_NOT_SUPPORTED: 405,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
} as const;

const MAX_DETAILS = 100;

function locationOf(field: string | undefined): string[] {
  return field === undefined ? [] : field.split(".");
}

function detailsOf(issue: Issue, above: readonly PropertyKey[]): Detail[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => detail("extra_forbidden", [...path, key], "Extra inputs are not permitted", null));
  }
  if (issue.code === "invalid_union") {
    const form = issue.errors.find((each) => each.some(({ code }) => code !== "invalid_type")) ?? issue.errors[0];
    if (form?.[0]) return detailsOf(form[0], path);
  }
  const { type, msg, ctx } = ruleOf(issue);
  return [{ ...detail(type, path, msg, issue.input), ...(ctx && { ctx }) }];
}

function detail(type: string, path: readonly PropertyKey[], msg: string, input: unknown): Detail {
  const short = typeof input === "string" ? input.length <= 200 : typeof input !== "object";
  return { type, loc: ["body", ...path], msg, input: short && input !== undefined ? input : null };
}

const TYPE_ERRORS: Record<string, [string, string]> = {
  string: ["string_type", "a valid string"],
  number: ["int_type", "a valid integer"],
  int: ["int_type", "a valid integer"],
  boolean: ["bool_type", "a valid boolean"],
  array: ["list_type", "a valid list"],
  object: ["model_attributes_type", "a valid dictionary or object to extract fields from"],
};

/** The pydantic type and message of a broken rule. */
function ruleOf(issue: Issue): Pick<Detail, "type" | "msg" | "ctx"> {
  if (issue.input === undefined && /^invalid_(?:type|value)$/.test(issue.code ?? "")) {
    return { type: "missing", msg: "Field required" };
  }
  switch (issue.code) {
    case "invalid_type": {
      if (issue.expected === "int" && typeof issue.input === "number") {
        const msg = "Input should be a valid integer, got a number with a fractional part";
        return { type: "int_from_float", msg };
      }
      const [type, expectation] = TYPE_ERRORS[issue.expected] ?? ["value_error", `of the type ${issue.expected}`];
      return { type, msg: `Input should be ${expectation}` };
    }
    case "invalid_value": {
      const quoted = issue.values.map((value) => `'${String(value)}'`);
      const expected = [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" or ");
      return { type: "enum", msg: `Input should be ${expected}`, ctx: { expected } };
    }
    case "too_small":
    case "too_big": {
      return outOfBounds(issue);
    }
    case "custom":
      if (typeof issue.params?.type === "string") return { type: issue.params.type, msg: issue.message };
  }
  return { type: "value_error", msg: `Value error, ${issue.message}` };
}

function outOfBounds(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Pick<Detail, "type" | "msg" | "ctx"> {
  const small = issue.code === "too_small";
  const bound = Number(small ? issue.minimum : issue.maximum);
  if (issue.origin === "number" || issue.origin === "int") {
    const type = small ? "greater_than_equal" : "less_than_equal";
    return { type, msg: `Input should be ${boundOf(issue)}`, ctx: { [small ? "ge" : "le"]: bound } };
  }
  const length = `at ${small ? "least" : "most"} ${bound}`;
  const ctx = { [small ? "min_length" : "max_length"]: bound };
  const type = small ? "too_short" : "too_long";
  if (issue.origin === "string") {
    return { type: `string_${type}`, msg: `String should have ${length} character${bound === 1 ? "" : "s"}`, ctx };
  }
  return { type, msg: `List should have ${length} item${bound === 1 ? "" : "s"}`, ctx };
}

function boundOf(issue: Issue): string {
  if (issue.code === "too_small") return `greater than or equal to ${issue.minimum}`;
  return issue.code === "too_big" ? `less than or equal to ${issue.maximum}` : issue.message;
}
