import { type ErrorDetails, VitrineError } from "#contract/error";

/** How a command ends, for scripts: these numbers do not change. */
export const EXIT = {
  done: 0,
  /** The store, or the command itself, said no; or there was something to find (`doctor`, `diff --exit-code`). */
  failed: 1,
  /** The command line is wrong; nothing was asked. */
  usage: 2,
  notFound: 3,
  /** No server there, or none that can answer now: trying again later makes sense. */
  unreachable: 4,
  /** The key is missing, wrong, or of a role that may not do this. */
  forbidden: 5,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** An end of a command that is no success: a code for programs, a sentence for people, a number for the shell. */
export class CliError extends Error {
  override readonly name = "Failure";

  constructor(
    readonly exit: number,
    readonly code: string,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}

/** The command line is wrong: `sentence` says what to write instead. */
export function usageError(sentence: string): CliError {
  return new CliError(EXIT.usage, "USAGE", sentence);
}

/** The command says no by itself. */
export function failedError(sentence: string): CliError {
  return new CliError(EXIT.failed, "REFUSED", sentence);
}

/** There is no such thing in the store. */
export function notFoundError(sentence: string): CliError {
  return new CliError(EXIT.notFound, "NOT_FOUND", sentence);
}

/** Any error as the end that it is. */
export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof VitrineError)
    return new CliError(exitCodeOf(error.code), error.code, error.message, error.details);
  return new CliError(EXIT.failed, "FAILED", error instanceof Error ? error.message : String(error));
}

function exitCodeOf(code: VitrineError["code"]): number {
  switch (code) {
    case "NOT_FOUND":
      return EXIT.notFound;
    case "UNAUTHORIZED":
    case "FORBIDDEN":
      return EXIT.forbidden;
    case "TIMEOUT":
    case "SERVICE_UNAVAILABLE":
    case "INTERNAL_SERVER_ERROR":
      return EXIT.unreachable;
    default:
      return EXIT.failed;
  }
}
