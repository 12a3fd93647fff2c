import type { Progress } from "./progress";

/** Where work is done: the runs that what it publishes belongs to. */
export interface Scope {
  flowRunId: string | null;
  taskRunId: string | null;
  /** How many task runs of each name the flow run has, so that each gets a number of its own. */
  counts: Map<string, number>;
  /** The progress opened here, which ends with the work. */
  opened: Set<Progress>;
}

/** How work that goes through one connection knows its scope without being told: by the platform, where it can. */
export interface Scopes {
  current(): Scope | undefined;
  within<T>(scope: Scope, work: () => Promise<T>): Promise<T>;
}

/** Where the platform cannot tell, only what is published through a run or task itself belongs to it. */
export const explicit: Scopes = { current: () => undefined, within: (_, work) => work() };
