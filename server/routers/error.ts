import type { TRPCError } from "@trpc/server";
import { z } from "zod";
import { toErrorCode, VitrineError } from "#contract/error";
import { logUnexpected } from "../process/log";

/** What PostgreSQL and its driver answer while nothing is wrong with the request: it may be sent again. */
const UNAVAILABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "40001",
  "40P01",
  "55P03",
  "25P03",
]);

/** Whole SQLSTATE classes of the same kind: connection, resources, operator intervention. */
const UNAVAILABLE_CLASS = /^(?:08|53|57P)[0-9A-Z]{2,3}$/;

/** Values that PostgreSQL refuses: data exceptions and program limits. */
const REFUSED_CLASS = /^(?:22|54)[0-9A-Z]{3}$/;

/**
 * What the caller is told of whatever a procedure threw: a closed code, a sentence, its details. A StoreError is
 * itself; a refused input names its first field and rule; the database's own words never leave the process.
 * What nobody foresaw is INTERNAL_SERVER_ERROR, and is logged here, once.
 */
export function trpcToVitrineError(error: TRPCError): VitrineError {
  const known = chainOf(error).find((cause) => cause instanceof VitrineError);
  if (known) return known;
  if (error.code === "BAD_REQUEST" && error.cause instanceof z.ZodError) return inputError(error.cause.issues);
  const ofDatabase = chainOf(error).map(databaseError).find(Boolean);
  if (ofDatabase) return ofDatabase;
  const code = toErrorCode(error.code === "PARSE_ERROR" ? "BAD_REQUEST" : error.code);
  if (code && code !== "INTERNAL_SERVER_ERROR") return new VitrineError(code, error.message);
  logUnexpected(error);
  return new VitrineError(
    "INTERNAL_SERVER_ERROR",
    "Something went wrong on our side; try again, and look into the server's log if it stays.",
  );
}

/** The error and its causes, outermost first. */
function chainOf(error: Error): Error[] {
  const chain: Error[] = [];
  for (let next: unknown = error; next instanceof Error && chain.length < 8; next = next.cause) chain.push(next);
  return chain;
}

/** What a SQLSTATE or a driver's code means to the caller; null when it is none of those that mean something. */
function databaseError(error: Error): VitrineError | null {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "57014") return new VitrineError("TIMEOUT", "The store took too long to answer; narrow the filter.");
  if (UNAVAILABLE.has(code) || UNAVAILABLE_CLASS.test(code)) {
    return new VitrineError("SERVICE_UNAVAILABLE", "The store cannot answer just now; try again in a second.");
  }
  // A model looks first; this is what is left between its look and its write.
  if (code === "23503") return new VitrineError("NOT_FOUND", "What this belongs to is no longer there.");
  if (REFUSED_CLASS.test(code)) {
    return new VitrineError(
      "BAD_REQUEST",
      "The store cannot keep a value that was sent; check its text, range and size.",
    );
  }
  return null;
}

type Issue = z.core.$ZodIssue;

/**
 * The sentence for an input that its schema refused: the first field that broke a rule, and the rule.
 * `details.field` is its path, as in `where.artifacts.id.any[0]`.
 */
export function inputError(issues: readonly Issue[]): VitrineError {
  const issue = issues[0];
  if (!issue) return new VitrineError("BAD_REQUEST", "The input was refused; compare it with the procedure's fields.");
  const { path, message } = firstRule(issue, []);
  const field = fieldOf(path);
  const rule = message.replace(/[.\s]*$/, "");
  if (field === "") return new VitrineError("BAD_REQUEST", `The input was refused: ${rule}.`);
  return new VitrineError("BAD_REQUEST", `The field "${field}" was refused: ${rule}.`, { field });
}

/** The rule at the bottom of an issue; of a union, the form that the input came nearest to. */
function firstRule(issue: Issue, above: readonly PropertyKey[]): { path: readonly PropertyKey[]; message: string } {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    const nearest = issue.errors.filter((form) => form[0]).sort((one, other) => farness(one) - farness(other))[0]?.[0];
    if (nearest) return firstRule(nearest, path);
  }
  if (issue.code === "unrecognized_keys") {
    return { path: [...path, issue.keys[0] ?? ""], message: "the procedure has no such field" };
  }
  return { path, message: issue.message };
}

/** A form that misses a field is farther than one whose value breaks a rule. */
function farness(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "invalid_type" && issue.path.length <= 1 ? 3 : 1), 0);
}

/** A path as it is written in code; cut where a caller's own names make it longer than anyone reads. */
function fieldOf(path: readonly PropertyKey[]): string {
  const written = path.reduce<string>((before, step) => {
    if (typeof step === "number") return `${before}[${step}]`;
    return before === "" ? String(step) : `${before}.${String(step)}`;
  }, "");
  return written.length > 200 ? `${written.slice(0, 200)}…` : written;
}
