import { TRPCClientError } from "@trpc/client";
import { DEFAULT_URL } from "#client/connect";
import type { ErrorDetails } from "#contract/error";

/** How a command ends, for scripts: these numbers do not change. */
export const EXIT = {
  done: 0,
  /** The store, or the command itself, said no; or there was something to find (`doctor`, `diff --exit-code`). */
  refused: 1,
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
export class Failure extends Error {
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
export function usage(sentence: string): Failure {
  return new Failure(EXIT.usage, "USAGE", sentence);
}

/** The command says no by itself. */
export function refused(sentence: string): Failure {
  return new Failure(EXIT.refused, "REFUSED", sentence);
}

/** Any error as the end that it is. @param url the server that was asked */
export function failureOf(error: unknown, url: string = DEFAULT_URL): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof TRPCClientError) {
    const { code, httpStatus: _, path: __, stack: ___, ...details } = (error.data ?? {}) as Answered; // its own shape
    if (code) return new Failure(exitOf(code), code, error.message, details);
    return unreachable(url, error.cause ?? error);
  }
  if (error instanceof Error && "code" in error && "syscall" in error) return refused(sentenceOf(error));
  throw error;
}

interface Answered extends ErrorDetails {
  code?: string;
  httpStatus?: number;
  path?: string;
  stack?: string;
}

/** Nobody answered at `url`. */
export function unreachable(url: string, cause: unknown): Failure {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new Failure(
    EXIT.unreachable,
    "UNREACHABLE",
    `No Vitrine answers at ${url} (${reason}): start one with "vitrine serve", or name another with --url or VITRINE_URL.`,
  );
}

/** The number for the shell of a code of the store. */
export function exitOf(code: string): number {
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
      return EXIT.refused;
  }
}

function sentenceOf(error: Error): string {
  return `${error.message}.`;
}
