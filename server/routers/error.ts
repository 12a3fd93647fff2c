import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { BlobMissing, BlobStoreError } from "#blobs/store";
import { protectedError, toErrorCode, VitrineError } from "#contract/error";
import { MAX_LIST } from "#contract/limits";
import { brokenRule, ruleSentence } from "#contract/rules/broken-rule";
import { ruleMessage } from "#contract/rules/rule";
import { isPoolerError, SILENT } from "#db/connection/loss";
import { DataLost } from "../models/data/load";
import { logUnexpected } from "../process/log";
import { diskFullError } from "../process/storage";
import type { PoolName } from "./context";

// tRPC parses inputs without options.
z.config({ customError: ruleMessage });

/** Codes of PostgreSQL, its driver and the network for which the request can be sent again. */
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
  // The primary became a standby, or read-only.
  "25006",
  "26000",
  // A migration changed the columns of a prepared statement inside a transaction.
  "0A000",
]);

/** Whole SQLSTATE classes of the same kind: connection, resources, operator intervention. */
const UNAVAILABLE_CLASS = /^(?:08|53|57P)[0-9A-Z]{2,3}$/;

/** SQLSTATE classes for values that PostgreSQL rejects: data exceptions and program limits. */
const INVALID_VALUE_CLASS = /^(?:22|54)[0-9A-Z]{3}$/;

/** What functions of the database raise: versions have labels that are not forced; a label is protected. */
const LABELLED = "VL001";
const PROTECTED = "VL002";

const Labelled = z.array(z.object({ key: z.string(), label: z.string(), version: z.number() }));

type ProcedureType = "query" | "mutation" | "subscription";

/** What failed. */
interface Operation {
  type?: ProcedureType;
  pool?: PoolName | undefined;
  /** The id of the request, for the log. */
  request?: string | undefined;
}

/** Maps anything thrown by a procedure. Messages of the database never leave the process; unexpected errors are logged. */
export function toVitrineError(thrown: unknown, operation: Operation = {}): VitrineError {
  if (thrown instanceof VitrineError) return thrown;
  const error = thrown instanceof TRPCError ? thrown : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: thrown });
  const causes = causesOf(error);
  const known = causes.find((cause) => cause instanceof VitrineError);
  if (known) return known;
  if (error.code === "BAD_REQUEST" && error.cause instanceof z.ZodError) return inputError(error.cause.issues);
  const storeError = causes.map((cause) => fromBlobStore(cause, operation)).find(Boolean);
  if (storeError) return storeError;
  const databaseError = causes.map((cause) => fromDatabaseError(cause, operation)).find(Boolean);
  if (databaseError) return databaseError;
  const code = toErrorCode(error.code === "PARSE_ERROR" ? "BAD_REQUEST" : error.code);
  if (code && code !== "INTERNAL_SERVER_ERROR") return new VitrineError(code, error.message);
  logUnexpected(error, operation.request);
  return new VitrineError(
    "INTERNAL_SERVER_ERROR",
    "Something went wrong on the server; try again, and see the server's log if it persists.",
  );
}

/** Whether nothing was executed because a pooler came in between, which is noted now; see `Pools.pooler`. */
export function showsPooler(error: Error): boolean {
  return causesOf(error).some(isPoolerError);
}

/** Whether a transaction was rolled back because it and another one waited for each other's locks. */
export function showsDeadlock(error: Error): boolean {
  return causesOf(error).some((cause) => "code" in cause && cause.code === "40P01");
}

function causesOf(error: Error): Error[] {
  const chain: Error[] = [];
  for (let next: unknown = error; next instanceof Error && chain.length < 8; next = next.cause) chain.push(next);
  return chain;
}

/** Messages of the blob store are for operators: they are logged. */
function fromBlobStore(error: Error, { request }: Operation): VitrineError | null {
  if (error instanceof DataLost) {
    logUnexpected(error, request);
    const which = error.id === null ? "a version" : `the version ${error.id}`;
    const message = `The blob store lacks the bytes of the data of ${which}, or has others; run vitrine doctor.`;
    return new VitrineError("CONFLICT", message, error.id === null ? {} : { id: error.id });
  }
  if (error instanceof BlobMissing) {
    logUnexpected(error, request);
    return new VitrineError(
      "INTERNAL_SERVER_ERROR",
      "The blob store lacks the bytes of this data or file; run vitrine doctor.",
    );
  }
  if (!(error instanceof BlobStoreError)) return null;
  logUnexpected(error, request);
  if (error.reason !== "full") {
    return new VitrineError("SERVICE_UNAVAILABLE", "The blob store is not available; try again in a second.");
  }
  const message = "The disk of the blob store is full; free space on it, then try again.";
  return new VitrineError("SERVICE_UNAVAILABLE", message, { httpStatus: 507 });
}

function fromDatabaseError(error: Error, operation: Operation): VitrineError | null {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "57014") return limitError(operation);
  if (code === "53100" || code === "ENOSPC") return diskFullError();
  if (code === SILENT) return lateError(operation.type);
  if (UNAVAILABLE.has(code) || UNAVAILABLE_CLASS.test(code)) {
    return new VitrineError("SERVICE_UNAVAILABLE", "The database is not available; try again in a second.");
  }
  if (code === LABELLED || code === PROTECTED) return labelError(code, "detail" in error ? String(error.detail) : "");
  // Models check references first; this one was deleted between the check and the write.
  if (code === "23503") return new VitrineError("NOT_FOUND", "A row that this one refers to was deleted.");
  if (code.startsWith("23")) return new VitrineError("CONFLICT", "A row contradicts others, or lacks a value.");
  if (INVALID_VALUE_CLASS.test(code)) {
    return new VitrineError("BAD_REQUEST", "The database rejected a value; check its text, range and size.");
  }
  return null;
}

/** CONFLICT with the labels that would be lost, or FORBIDDEN for a protected one. */
function labelError(code: string, detail: string): VitrineError {
  if (code === PROTECTED) return protectedError(detail);
  const labels = Labelled.parse(JSON.parse(detail));
  const names = labels.slice(0, 5).map(({ key, label, version }) => `${key}@${version} (${label})`);
  const more = labels.length > names.length ? ` and ${labels.length - names.length} more` : "";
  const message = `Labelled versions are deleted only with their labels in "force": ${names.join(", ")}${more}.`;
  return new VitrineError("CONFLICT", message, { labels: labels.slice(0, MAX_LIST) });
}

/** The database, or the path to it, did not respond in time. */
export function lateError(type: ProcedureType = "query"): VitrineError {
  const remedy =
    type === "mutation"
      ? "the change may have been made, so check before you send it again, or use an idempotency key"
      : "try again in a second";
  return new VitrineError("SERVICE_UNAVAILABLE", `The database did not respond in time; ${remedy}.`);
}

/** PostgreSQL ended a statement at its limit, and nothing was changed. */
function limitError({ type, pool }: Operation): VitrineError {
  if (pool === "long")
    return new VitrineError("TIMEOUT", "The work took longer than its limit; do less of it at once.");
  if (pool === "reads") return lateError(type);
  if (pool !== "writes") return new VitrineError("TIMEOUT", "The query took too long; narrow the filter.");
  return new VitrineError(
    "SERVICE_UNAVAILABLE",
    "The write took longer than 3 s and was not made, often because others write to the same key; try again in a second.",
  );
}

/** BAD_REQUEST with the first invalid field and the rule that it breaks; `details.field` as `where.artifacts.id.any[0]`. */
export function inputError(issues: readonly z.core.$ZodIssue[]): VitrineError {
  const broken = brokenRule(issues);
  return new VitrineError("BAD_REQUEST", ruleSentence(broken), broken.field === "" ? {} : { field: broken.field });
}
