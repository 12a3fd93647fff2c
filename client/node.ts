import { AsyncLocalStorage } from "node:async_hooks";
import type { Scope } from "./scope";
import { connector } from "./vitrine";

export * from "./connect";

/** The scope of the work going on at each server's address: connections to the same one share it. */
const storage = new AsyncLocalStorage<Map<string, Scope>>();

/**
 * As `connect` of `vitrine-client`. What is published within a run or task belongs to it by itself, across awaits and in
 * parallel tasks, and a run within a task is its sub-flow run.
 */
export const connect = connector((url) => ({
  current: () => storage.getStore()?.get(url),
  within: (scope, work) => storage.run(new Map(storage.getStore()).set(url, scope), work),
}));
