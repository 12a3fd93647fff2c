import { z } from "zod";
import { jsonObject } from "./json";
import { MAX_LIMIT } from "./limits";
import { atMost, byCursor, byOffset } from "./paging";
import { RunUpdate, type State, StateSet, times } from "./run";
import { Count, Id, name, Tags, Timestamp } from "./value";
import { FlowRunWhere } from "./where";

const Parameters = jsonObject(512 * 1024);

/** The user, deployment or automation that created a run. */
const CreatedBy = z.strictObject({
  id: Id.nullish(),
  type: name(255).nullish(),
  displayValue: name(255).nullish(),
});
type CreatedBy = z.infer<typeof CreatedBy>;

/** How often a failed run is run again, and after how many seconds; `propose` decides by it. */
const retries = { retries: Count.nullish(), retryDelay: Count.nullish() };

/** `now` is the time of the database when it stores the run, which may differ from that of the caller. */
const TimestampOrNow = z.union([Timestamp, z.literal("now")]);

/** If the flow has a run with the same idempotency key, it is returned unchanged. */
export const FlowRunCreate = z.strictObject({
  flowId: Id,
  name: name(255).nullish(),
  deploymentId: Id.nullish(),
  parentTaskRunId: Id.nullish(),
  idempotencyKey: name(255).nullish(),
  flowVersion: name(255).nullish(),
  workQueueName: name(255).nullish(),
  tags: Tags.default([]),
  parameters: Parameters.default({}),
  createdBy: CreatedBy.nullish(),
  state: StateSet.nullish(),
  ...retries,
  ...times,
  expectedStartTime: TimestampOrNow.nullish(),
  nextScheduledStartTime: TimestampOrNow.nullish(),
});
export type FlowRunCreate = z.infer<typeof FlowRunCreate>;

/** Absent fields keep, null clears; parameters are replaced as a whole. */
export const FlowRunUpdate = RunUpdate.extend({
  flowVersion: name(255).nullish(),
  parameters: Parameters.optional(),
  nextScheduledStartTime: Timestamp.nullish(),
  ...retries,
});
export type FlowRunUpdate = z.infer<typeof FlowRunUpdate>;

/** A state that a run is to enter. `force`: whatever the run's retries and scheduled time. */
export const FlowRunPropose = z.strictObject({
  id: Id,
  state: StateSet,
  /** For a SCHEDULED state, when the run is to start. */
  scheduledTime: Timestamp.nullish(),
  force: z.boolean().default(false),
});
export type FlowRunPropose = z.infer<typeof FlowRunPropose>;

/**
 * What became of a proposed state: `entered`; `retrying`: the run failed and is scheduled to run again; `early`: it is
 * not to start before `delay` seconds have passed, and its state is unchanged.
 */
export interface FlowRunProposal {
  outcome: "entered" | "retrying" | "early";
  delay: number | null;
  flowRun: FlowRun;
}

export interface FlowRun {
  id: string;
  flowId: string;
  name: string;
  deploymentId: string | null;
  parentTaskRunId: string | null;
  idempotencyKey: string | null;
  flowVersion: string | null;
  workQueueName: string | null;
  tags: string[];
  parameters: z.infer<typeof Parameters>;
  createdBy: CreatedBy | null;
  state: State | null;
  expectedStartTime: string | null;
  nextScheduledStartTime: string | null;
  startTime: string | null;
  endTime: string | null;
  /** How often it entered the state RUNNING. */
  runCount: number;
  retries: number | null;
  retryDelay: number | null;
  created: string;
  updated: string;
}

/**
 * Ties are ordered by id. In the orders by start time, a run that has not started counts by its expected start, else by
 * its creation; in the orders by another time, runs without it come last.
 */
export const FlowRunSort = z.enum([
  "ID_DESC",
  "START_TIME_DESC",
  "START_TIME_ASC",
  "EXPECTED_START_TIME_ASC",
  "EXPECTED_START_TIME_DESC",
  "NEXT_SCHEDULED_START_TIME_ASC",
  "NAME_ASC",
  "NAME_DESC",
  "END_TIME_DESC",
]);
export type FlowRunSort = z.infer<typeof FlowRunSort>;

export const FlowRunList = z
  .strictObject({ where: FlowRunWhere.optional(), sort: FlowRunSort.default("START_TIME_DESC"), ...byOffset })
  .prefault({});
export type FlowRunList = z.infer<typeof FlowRunList>;

export const FlowRunPage = z
  .strictObject({ where: FlowRunWhere.optional(), sort: FlowRunSort.default("START_TIME_DESC"), ...byCursor })
  .prefault({});
export type FlowRunPage = z.infer<typeof FlowRunPage>;

export const FlowRunFacets = z.strictObject({ where: FlowRunWhere.optional() }).prefault({});
export type FlowRunFacets = z.infer<typeof FlowRunFacets>;

export const FlowRunArtifactCounts = z.strictObject({ ids: z.array(Id).min(1).max(MAX_LIMIT) });
export type FlowRunArtifactCounts = z.infer<typeof FlowRunArtifactCounts>;

export const FlowRunCount = z.strictObject({ where: FlowRunWhere.optional(), atMost }).prefault({});
export type FlowRunCount = z.infer<typeof FlowRunCount>;
