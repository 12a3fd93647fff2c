/** Ends a start. Its message is one sentence that says what is wrong and what to do; it is shown without a stack. */
export class StartupError extends Error {
  override readonly name = "StartupError";
}

/** A statement of a migration failed, for its cause. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  constructor(
    /** The name of its file, without the ending. */
    readonly migration: string,
    cause: unknown,
  ) {
    super(`The migration ${migration} failed.`, { cause });
  }
}

/**
 * The code of an error: `ENOENT`, `ECONNREFUSED`, a PostgreSQL SQLSTATE …
 * @returns "" where it has none
 */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
