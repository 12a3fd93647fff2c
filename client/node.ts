import { AsyncLocalStorage } from "node:async_hooks";
import type { Scope } from "./scope";
import { createConnect } from "./vitrine";

export * from "./connect";

/** The current scope of each server, by URL. */
const storage = new AsyncLocalStorage<Map<string, Scope>>();

/**
 * Like `connect` of `vitrine-client`, but artifacts belong to the innermost run or task around the call, across awaits
 * and in parallel tasks, and a run within a task is its sub-flow run.
 */
export const connect = createConnect((url) => ({
  current: () => storage.getStore()?.get(url),
  within: (scope, work) => storage.run(new Map(storage.getStore()).set(url, scope), work),
}));
