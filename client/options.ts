import type { VitrineError } from "#contract/error";
import { variable } from "./env";

/** Where a Vitrine listens when nothing else is said. */
export const DEFAULT_URL = "http://127.0.0.1:4400";

/** What becomes of a publication that fails: thrown, written to the console, or told to a function. */
export type OnError = "throw" | "warn" | ((error: VitrineError, what: string) => void);

/** How long a call may take, and how often it is tried again. */
export interface Patience {
  /** How many milliseconds a call may take, with all its retries; 30,000 when absent. Then it is a TIMEOUT. */
  timeout?: number | undefined;
  /** How often a call that found nobody is tried again, after 0.1 s, then twice as long each time; 5 when absent. */
  retries?: number | undefined;
}

export interface ConnectOptions extends Patience {
  /** The server's address: `VITRINE_URL` of the environment when absent, else `http://127.0.0.1:4400`. A path in it is kept. */
  url?: string | undefined;
  /** The secret of an API key, `VITRINE_API_KEY` of the environment when absent; needed where others reach the server too. */
  apiKey?: string | undefined;
  /** What makes the requests, the platform's own `fetch` when absent. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * `throw` (when absent): a publication that fails rejects with a StoreError. `warn`, or a function: it never breaks
   * the job; what fails is told, after a bounded wait, and comes back as null. Procedures throw either way.
   */
  onError?: OnError | undefined;
}

/** Where to call, and how patiently: the options with what the environment and the defaults say. */
export interface Target extends Required<Patience> {
  url: string;
  apiKey: string | undefined;
  fetch: typeof globalThis.fetch;
}

/** The target that options name. */
export function targetOf({ url, apiKey, fetch, timeout = 30_000, retries = 5 }: ConnectOptions): Target {
  return {
    url: (url || variable("VITRINE_URL") || DEFAULT_URL).replace(/\/+$/, ""),
    apiKey: apiKey || variable("VITRINE_API_KEY"),
    fetch: fetch ?? ((...request) => globalThis.fetch(...request)),
    timeout,
    retries,
  };
}
