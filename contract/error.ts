import { z } from "zod";

/** The closed set of error codes; their names and HTTP statuses are tRPC's. */
export const ErrorCode = z.enum([
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "METHOD_NOT_SUPPORTED",
  "TIMEOUT",
  "CONFLICT",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "SERVICE_UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What an error says beyond its sentence: the field and rule that were broken, or the rows that explain it. */
export interface ErrorDetails {
  /** The input field that was refused, as a path: `where.artifacts.id.any[0]`. */
  field?: string;
  /** When the thing asked for was removed, with the key and version it had. */
  removedAt?: string;
  key?: string | null;
  version?: number | null;
  /** The row as it is now, where a change was refused because it was made against an older one. */
  current?: unknown;
  /** How many rows would have fitted, where an answer was too large. */
  fits?: number;
}

/** An error that the store knows and the caller can act on. Thrown where known, mapped once per door. */
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
