import { z } from "zod";
import { ArtifactCreate } from "./artifact";
import { DeploymentCreate } from "./deployment";
import { FlowCreate } from "./flow";
import { FlowRunCreate } from "./flow-run";
import { MAX_IMPORT, MAX_LIST } from "./limits";
import { StateSet } from "./run";
import { TaskRunCreate } from "./task-run";
import { Id, name, Timestamp } from "./value";

/** What every row keeps from where it comes. */
const origin = { id: Id, created: Timestamp, updated: Timestamp };

const run = { name: name(255), state: StateSet.extend({ name: name(255), timestamp: Timestamp }).nullish() };

export const FlowImport = FlowCreate.extend(origin);
export type FlowImport = z.infer<typeof FlowImport>;

export const DeploymentImport = DeploymentCreate.extend(origin);
export type DeploymentImport = z.infer<typeof DeploymentImport>;

export const FlowRunImport = FlowRunCreate.extend({ ...origin, ...run });
export type FlowRunImport = z.infer<typeof FlowRunImport>;

export const TaskRunImport = TaskRunCreate.extend({ ...origin, ...run });
export type TaskRunImport = z.infer<typeof TaskRunImport>;

/** A version. `previous` is the id of the version before it under its key, null for the first: it gives the number. */
export const ArtifactImport = ArtifactCreate.omit({ idempotencyKey: true }).extend({
  ...origin,
  previous: Id.nullish(),
});
export type ArtifactImport = z.infer<typeof ArtifactImport>;

/** Up to 500 rows with their ids and moments, those of a key in the order (created, id). They are taken in the order of the fields. */
export const AdminImport = z
  .strictObject({
    flows: z.array(FlowImport).default([]),
    deployments: z.array(DeploymentImport).default([]),
    flowRuns: z.array(FlowRunImport).default([]),
    taskRuns: z.array(TaskRunImport).default([]),
    artifacts: z.array(ArtifactImport).default([]),
  })
  .refine((rows) => Object.values(rows).reduce((sum, { length }) => sum + length, 0) <= MAX_IMPORT, {
    error: `must hold at most ${MAX_IMPORT} rows in all`,
  });
export type AdminImport = z.infer<typeof AdminImport>;

/** What became of the rows of an import. */
export interface ImportResult {
  /** How many were made now, and how many were here (or in the trash) under their id: those stay as they are. */
  created: number;
  existing: number;
  /** Flows and deployments that are here by name under another id: theirs, by the id that was sent. */
  replacements: { [id: string]: string };
  /** Rows that were not taken, each with the sentence that says why. The others were. */
  rejected: { id: string; reason: string }[];
}

/** The kinds of rows that can be imported. */
export const ImportKind = z.enum(["flows", "deployments", "flowRuns", "taskRuns", "artifacts"]);
export type ImportKind = z.infer<typeof ImportKind>;

/** Asks which of up to 1,000 ids are here, artifacts also in the trash. */
export const AdminKnown = z.strictObject({ kind: ImportKind, ids: z.array(Id).max(MAX_LIST) });
export type AdminKnown = z.infer<typeof AdminKnown>;

/** A row that is here, and when it was changed last. */
export interface KnownRow {
  id: string;
  updated: string;
}
