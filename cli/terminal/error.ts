import { getSystemErrorMap } from "node:util";
import { type ErrorDetails, VitrineError } from "#contract/error";

/** Exit codes. Scripts rely on them. */
export const EXIT = {
  ok: 0,
  /** The server or the command failed, or `doctor` or `diff --exit-code` found something. */
  failed: 1,
  usage: 2,
  notFound: 3,
  /** The server is unreachable or cannot respond now: trying again later makes sense. */
  unreachable: 4,
  /** The API key is missing, wrong, or of a role that does not suffice. */
  forbidden: 5,
  interrupted: 130,
} as const;

/** An error that ends a command: an exit code for the shell, `code` and `details` for `--json`, a message for people. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    readonly exit: number,
    readonly code: string,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }
}

export function usageError(message: string): CliError {
  return new CliError(EXIT.usage, "USAGE", message);
}

/** An error of the command itself rather than of the server. */
export function failedError(message: string): CliError {
  return new CliError(EXIT.failed, "REFUSED", message);
}

export function notFoundError(message: string): CliError {
  return new CliError(EXIT.notFound, "NOT_FOUND", message);
}

export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof VitrineError) {
    return new CliError(exitCodeOf(error.code), error.code, inTermsOfShell(error), error.details);
  }
  if (isFileError(error)) return failedError(`Cannot access ${error.path}: ${systemReason(error)}.`);
  return new CliError(EXIT.failed, "FAILED", error instanceof Error ? error.message : String(error));
}

/** Why the operating system refused something, in words: `no such file or directory`. */
export function systemReason({ errno, message }: NodeJS.ErrnoException): string {
  const [, words] = getSystemErrorMap().get(errno ?? 0) ?? [];
  return words?.replace("illegal operation on a directory", "it is a directory") ?? message;
}

function isFileError(error: unknown): error is NodeJS.ErrnoException & { path: string } {
  return error instanceof Error && "errno" in error && "path" in error && typeof error.path === "string";
}

/** The server's message about a missing API key names ways that a shell does not have. */
function inTermsOfShell({ code, message }: VitrineError): string {
  if (code !== "UNAUTHORIZED" || !message.includes("API key")) return message;
  return "The server requires a valid API key: use --api-key or VITRINE_API_KEY.";
}

function exitCodeOf(code: VitrineError["code"]): number {
  switch (code) {
    case "NOT_FOUND":
      return EXIT.notFound;
    case "UNAUTHORIZED":
    case "FORBIDDEN":
      return EXIT.forbidden;
    case "TIMEOUT":
    case "TOO_MANY_REQUESTS":
    case "SERVICE_UNAVAILABLE":
    case "INTERNAL_SERVER_ERROR":
      return EXIT.unreachable;
    default:
      return EXIT.failed;
  }
}
