import { VitrineError } from "#contract/error";
import type { OnError } from "./options";

/** After an unreachable server, nothing is published for this many milliseconds, or for as long as the attempt took. */
const PAUSE = 10_000;

/** What happens when publishing fails. Policies that report resolve to null; the one that throws never does. */
export interface ErrorPolicy {
  attempt<T>(action: string, work: () => Promise<T>): Promise<T | null>;
  /** Like `attempt`, but ignores the pause: for the final state of a run, which nothing sends again. */
  attemptNow<T>(action: string, work: () => Promise<T>): Promise<T | null>;
  /** Rejects an argument of a call that returns no promise: throws or reports. */
  reject(action: string, error: VitrineError): void;
  /** Reports an error that no promise of the caller's can carry. */
  report(action: string, error: unknown): void;
}

export const throwErrors: ErrorPolicy = {
  attempt: (_, work) => work(),
  attemptNow: (_, work) => work(),
  reject: (_, error) => {
    throw error;
  },
  report: warn,
};

export function reportErrors(onError: Exclude<OnError, "throw">): ErrorPolicy {
  let pausedUntil = 0;
  const report = (action: string, error: unknown) => {
    if (onError === "warn") warn(action, error);
    else onError(asVitrineError(error), action);
  };
  async function attemptNow<T>(action: string, work: () => Promise<T>): Promise<T | null> {
    const start = Date.now();
    try {
      return await work();
    } catch (error) {
      const { code } = asVitrineError(error);
      const now = Date.now();
      if (code === "SERVICE_UNAVAILABLE" || code === "TIMEOUT") pausedUntil = now + Math.max(PAUSE, now - start);
      report(action, error);
      return null;
    }
  }
  return {
    report,
    reject: report,
    attemptNow,
    async attempt(action, work) {
      if (Date.now() >= pausedUntil) return attemptNow(action, work);
      report(action, skipped());
      return null;
    },
  };
}

function skipped(): VitrineError {
  return new VitrineError("SERVICE_UNAVAILABLE", "Not attempted, because the server was unreachable a moment ago.");
}

function warn(action: string, error: unknown): void {
  console.warn(`Vitrine: ${action} failed: ${asVitrineError(error).message}`);
}

function asVitrineError(error: unknown): VitrineError {
  if (error instanceof VitrineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VitrineError("INTERNAL_SERVER_ERROR", message, {}, { cause: error });
}
