import type { ArtifactCreate } from "#contract/artifact";
import type { DeploymentCreate } from "#contract/deployment";
import type { FlowCreate } from "#contract/flow";
import type { Json } from "#contract/json";
import type { StateSet } from "#contract/run";
import type { Edits } from "./edits";

/** A version to publish, without its runs and its idempotency key; of a folder the texts of its files, by path, instead of data. */
export type Publication = Omit<ArtifactCreate, "flowRunId" | "taskRunId" | "idempotencyKey" | "data"> & {
  data: Json;
  files?: Record<string, string>;
};

/** A task run and what it publishes; its state is that of the flow run by default. */
export interface Step {
  key: string;
  state?: StateSet;
  publishes?: Publication[];
}

/** A flow run. Its `id` is unique within the flow, so that running the demo again does not create it twice. */
export interface Run {
  id: string;
  name?: string;
  deployment?: string;
  /** COMPLETED by default. */
  state?: StateSet;
  start?: string;
  minutes?: number;
  tags?: string[];
  parameters?: { [name: string]: Json };
  steps: Step[];
}

/** A flow with its deployments and runs, in order. */
export interface Plan {
  flow: Partial<FlowCreate> & { name: string };
  deployments: (Partial<DeploymentCreate> & { name: string })[];
  runs: Run[];
  edits?: Edits;
}

/** Three in the morning (UTC) after the last day of a period. */
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
