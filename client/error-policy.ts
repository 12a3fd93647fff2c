import { VitrineError } from "#contract/error";
import type { OnError } from "./options";

/** For so long, or as long as it was waited for, nothing is published after the store could not be reached: a job waits only now and then. */
const PAUSE = 10_000;

/** What becomes of a publication that fails: `Miss` comes back for it, or (where that is never) its error is thrown. */
export interface Mishaps<Miss extends null> {
  attempt<T>(what: string, work: () => Promise<T>): Promise<T | Miss>;
  /** As `attempt`, however down the store was just before: for what nothing later makes up for. */
  insist<T>(what: string, work: () => Promise<T>): Promise<T | Miss>;
  /** Refuses a value where nobody awaits: throws, or tells. */
  refuse(what: string, error: VitrineError): void;
  /** Tells of a failure that nobody can be given. */
  tell(what: string, error: unknown): void;
}

/** Publications throw. */
export const thrown: Mishaps<never> = {
  attempt: (_, work) => work(),
  insist: (_, work) => work(),
  refuse: (_, error) => {
    throw error;
  },
  tell: warn,
};

/** Publications never throw: what fails is told, and given as null. */
export function told(onError: Exclude<OnError, "throw">): Mishaps<null> {
  let pausedUntil = 0;
  const tell = (what: string, error: unknown) => {
    if (onError === "warn") warn(what, error);
    else onError(errorOf(error), what);
  };
  async function insist<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    const begun = Date.now();
    try {
      return await work();
    } catch (error) {
      const { code } = errorOf(error);
      const now = Date.now();
      if (code === "SERVICE_UNAVAILABLE" || code === "TIMEOUT") pausedUntil = now + Math.max(PAUSE, now - begun);
      tell(what, error);
      return null;
    }
  }
  return {
    tell,
    refuse: tell,
    insist,
    async attempt(what, work) {
      if (Date.now() >= pausedUntil) return insist(what, work);
      tell(what, unreached());
      return null;
    },
  };
}

function unreached(): VitrineError {
  return new VitrineError(
    "SERVICE_UNAVAILABLE",
    "The store could not be reached just before, so it was not tried again.",
  );
}

function warn(what: string, error: unknown): void {
  console.warn(`Vitrine: ${what} failed: ${errorOf(error).message}`);
}

function errorOf(error: unknown): VitrineError {
  if (error instanceof VitrineError) return error;
  return new VitrineError(
    "INTERNAL_SERVER_ERROR",
    error instanceof Error ? error.message : String(error),
    {},
    { cause: error },
  );
}
