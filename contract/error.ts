import { shareClass } from "./shared-class";

/** The closed set of error codes; their names and HTTP statuses are tRPC's. */
export const ERROR_CODES = [
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "METHOD_NOT_SUPPORTED",
  "TIMEOUT",
  "CONFLICT",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "TOO_MANY_REQUESTS",
  "SERVICE_UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The value itself if it is one of the codes, else undefined. */
export function toErrorCode(value: unknown): ErrorCode | undefined {
  return ERROR_CODES.find((code) => code === value);
}

/** What an error says beyond its message. */
export interface ErrorDetails {
  /** The invalid input field, as a path: `where.artifacts.id.any[0]`. */
  field?: string;
  /** Where in an invalid query the problem is, and the valid word that was most likely meant. */
  place?: { offset: number; length: number; nearest: string | null };
  /** When the row that was requested was deleted, with its id and the key and version it had. */
  removedAt?: string;
  id?: string;
  key?: string | null;
  version?: number | null;
  /** The key that a key without versions was renamed to. */
  renamedTo?: string;
  /** The current row, where a change was based on an older one. */
  current?: unknown;
  /** After how many seconds to try again. */
  retryAfter?: number;
  /** 507 where a disk is full, 422 for bytes that do not have the hash of their name; absent: the status of the code. */
  httpStatus?: 422 | 507;
  /** The labels that a deletion would take along, unless they are in its `force`; the first 1,000. */
  labels?: { key: string; label: string; version: number }[];
  /** How many rows fit, where a response would be too large. */
  fits?: number;
}

/** An error that the caller can act on. Every layer maps it once: to HTTP, to tRPC, to an exit code. */
export class VitrineError extends Error {
  override readonly name = "VitrineError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
shareClass(VitrineError, "VitrineError");

/** A label that only the role admin may move. */
export function protectedError(label: string): VitrineError {
  return new VitrineError(
    "FORBIDDEN",
    `The label "${label}" is protected: only the role "admin" may set or remove it.`,
  );
}
