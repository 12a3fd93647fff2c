import type { ErrorDetails } from "#contract/error";

/** An error for display: a code of the contract or `UNREACHABLE`, and a sentence. */
export interface ApiError extends ErrorDetails {
  code: string;
  message: string;
}

/** Converts whatever a query or mutation threw in the browser; anything that is not an API response counts as unreachable. */
export function toApiError(error: unknown): ApiError {
  if (!(error instanceof Error)) return { code: "INTERNAL_SERVER_ERROR", message: "Something went wrong. Try again." };
  const data: unknown = "data" in error ? error.data : undefined;
  if (typeof data !== "object" || data === null || !("code" in data) || typeof data.code !== "string") {
    return { code: "UNREACHABLE", message: "Can't reach the server. Check your connection and try again." };
  }
  return { ...data, code: data.code, message: error.message };
}
