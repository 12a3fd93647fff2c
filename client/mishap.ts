import { StoreError } from "#contract/error";
import type { OnError } from "./options";

/** For so long nothing is published after the store could not be reached, so that a job waits for it only now and then. */
const PAUSE = 10_000;

/** What becomes of a publication that fails: `Miss` comes back for it, or (where that is never) its error is thrown. */
export interface Mishaps<Miss extends null> {
  attempt<T>(what: string, work: () => Promise<T>): Promise<T | Miss>;
  /** Refuses a value where nobody awaits: throws, or tells. */
  refuse(what: string, error: StoreError): void;
  /** Tells of a failure that nobody can be given. */
  tell(what: string, error: unknown): void;
}

/** Publications throw. */
export const thrown: Mishaps<never> = {
  attempt: (_, work) => work(),
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
  return {
    tell,
    refuse: tell,
    async attempt(what, work) {
      try {
        if (Date.now() < pausedUntil) throw unreached();
        return await work();
      } catch (error) {
        const { code } = errorOf(error);
        if ((code === "SERVICE_UNAVAILABLE" || code === "TIMEOUT") && Date.now() >= pausedUntil) {
          pausedUntil = Date.now() + PAUSE;
        }
        tell(what, error);
        return null;
      }
    },
  };
}

function unreached(): StoreError {
  return new StoreError(
    "SERVICE_UNAVAILABLE",
    "The store could not be reached just before, so it was not tried again.",
  );
}

function warn(what: string, error: unknown): void {
  console.warn(`Vitrine: ${what} failed: ${errorOf(error).message}`);
}

function errorOf(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(
    "INTERNAL_SERVER_ERROR",
    error instanceof Error ? error.message : String(error),
    {},
    { cause: error },
  );
}
