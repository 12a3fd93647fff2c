import type { ErrorDetails } from "#contract/error";

/** Why something could not be answered: one of the closed codes (or UNREACHABLE), a sentence, and what the store knows about it. */
export interface ApiError extends ErrorDetails {
  code: string;
  message: string;
}

/** What went wrong, from whatever a query or mutation in the browser threw. Never throws. */
export function toApiError(error: unknown): ApiError {
  if (!(error instanceof Error)) return { code: "INTERNAL_SERVER_ERROR", message: "Something failed. Try again." };
  const data: unknown = "data" in error ? error.data : undefined;
  if (typeof data !== "object" || data === null || !("code" in data) || typeof data.code !== "string") {
    return { code: "UNREACHABLE", message: "The server did not answer. Check that it runs, then try again." };
  }
  return { ...data, code: data.code, message: error.message };
}
