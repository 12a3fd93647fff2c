import { z } from "zod";
import { ArtifactFields } from "./artifact";
import { DeploymentCreate } from "./deployment";
import { FlowCreate } from "./flow";
import { FlowRunCreate } from "./flow-run";
import { MAX_IMPORT, MAX_LIST } from "./limits";
import { StateSet } from "./run";
import { TaskRunCreate } from "./task-run";
import { Count, Id, name, Timestamp } from "./value";

const origin = { id: Id, created: Timestamp, updated: Timestamp };

const run = { name: name(255), state: StateSet.extend({ name: name(255), timestamp: Timestamp }).nullish() };

export const FlowImport = FlowCreate.extend(origin);
export type FlowImport = z.infer<typeof FlowImport>;

export const DeploymentImport = DeploymentCreate.extend(origin);
export type DeploymentImport = z.infer<typeof DeploymentImport>;

export const FlowRunImport = FlowRunCreate.extend({
  ...origin,
  ...run,
  runCount: Count.default(0),
});
export type FlowRunImport = z.infer<typeof FlowRunImport>;

export const TaskRunImport = TaskRunCreate.extend({ ...origin, ...run });
export type TaskRunImport = z.infer<typeof TaskRunImport>;

/** `previous` is the id of the version before it under its key, null for the first; the version number follows from it. */
export const ArtifactImport = ArtifactFields.omit({ idempotencyKey: true, ifChanged: true, reason: true }).extend({
  ...origin,
  previous: Id.nullish(),
});
export type ArtifactImport = z.infer<typeof ArtifactImport>;

/** Up to 500 rows with their ids and timestamps, versions of a key ordered by (created, id). Imported in the order of the fields. */
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

export interface ImportResult {
  created: number;
  /** Rows whose id exists already, in the trash too; they are left unchanged. */
  existing: number;
  /** From the ids of imported flows and deployments to the ids of existing ones with the same name. */
  replacements: { [id: string]: string };
  /** Rows that were not imported, each with the reason. The others were. */
  rejected: { id: string; reason: string }[];
}

export const ImportKind = z.enum(["flows", "deployments", "flowRuns", "taskRuns", "artifacts"]);
export type ImportKind = z.infer<typeof ImportKind>;

/** Input of `admin.known`: which of these ids exist, artifacts in the trash included? */
export const AdminKnown = z.strictObject({ kind: ImportKind, ids: z.array(Id).max(MAX_LIST) });
export type AdminKnown = z.infer<typeof AdminKnown>;

export interface KnownRow {
  id: string;
  updated: string;
}
