import type { Progress } from "./progress";

/** The runs that artifacts published by some work belong to. */
export interface Scope {
  flowRunId: string | null;
  taskRunId: string | null;
  /** The number of task runs per task in the flow run, for their dynamic keys. */
  counts: Map<string, number>;
  /** The progress artifacts started here, which finish with the work. */
  progress: Set<Progress>;
}

/** Finds the scope of the code that is running, where the platform can. */
export interface ScopeTracker {
  current(): Scope | undefined;
  within<T>(scope: Scope, work: () => Promise<T>): Promise<T>;
}

/** For platforms without async context: only what is published through a run or task object belongs to it. */
export const noTracking: ScopeTracker = { current: () => undefined, within: (_, work) => work() };
