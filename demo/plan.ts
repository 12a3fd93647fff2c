import type { ArtifactCreate } from "#contract/artifact";
import type { DeploymentCreate } from "#contract/deployment";
import type { FlowCreate } from "#contract/flow";
import type { Json } from "#contract/json";
import type { StateSet } from "#contract/run";

/** One version to publish; its runs and its idempotency key are added on the way. */
export type Publication = Omit<ArtifactCreate, "flowRunId" | "taskRunId" | "idempotencyKey" | "data"> & { data: Json };

/** A step of a run and what it publishes; it ended as its run did unless it says otherwise. */
export interface Step {
  key: string;
  state?: StateSet;
  publishes?: Publication[];
}

/** One run of a flow. `id` names it within the flow, so that a second run of the demo finds it again. */
export interface Run {
  id: string;
  name?: string;
  deployment?: string;
  /** COMPLETED when absent. */
  state?: StateSet;
  start?: string;
  minutes?: number;
  tags?: string[];
  parameters?: { [name: string]: Json };
  steps: Step[];
}

/** A flow with its deployments and runs, in the order in which they ran. */
export interface Plan {
  flow: Partial<FlowCreate> & { name: string };
  deployments: (Partial<DeploymentCreate> & { name: string })[];
  runs: Run[];
}

/** The moment at which a nightly run over a period starts: three in the morning after it. */
export function nightAfter(lastDay: string): string {
  const night = new Date(`${lastDay}T03:00:00Z`);
  night.setUTCDate(night.getUTCDate() + 1);
  return night.toISOString();
}

/** The last day of a month given as `2012-02`. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
