/** The state types of flow runs and task runs, as in Prefect. Without Zod, so that browser code can load them. */
export const STATE_TYPES = [
  "SCHEDULED",
  "PENDING",
  "RUNNING",
  "COMPLETED",
  "FAILED",
  "CANCELLED",
  "CRASHED",
  "PAUSED",
  "CANCELLING",
] as const;

/** The types of states that a run does not leave. */
export const FINAL_STATES: readonly StateType[] = ["COMPLETED", "FAILED", "CANCELLED", "CRASHED"];

/** The final types of runs that went wrong. */
export const FAILED_STATES: readonly StateType[] = ["FAILED", "CRASHED"];

type StateType = (typeof STATE_TYPES)[number];
