/** A start that cannot go on: one sentence that says what is wrong and what to do. */
export class StartupError extends Error {
  override readonly name = "Refusal";
}

/**
 * The operating system's code of a failed call.
 * @param error whatever was thrown
 * @returns `ENOENT`, `EACCES`, `ECONNREFUSED`, a PostgreSQL SQLSTATE …, or "" where there is none
 */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
