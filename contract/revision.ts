import { z } from "zod";
import type { Metadata } from "./artifact";
import type { Actor } from "./event";
import type { Json } from "./json";
import { MAX_LIMIT } from "./limits";
import { Id, Reason, Timestamp } from "./value";

const Revision = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** The revisions of a version, the newest first; `before` continues after the revision with that number. */
export const ArtifactRevisions = z.strictObject({
  id: Id,
  limit: z.int().min(1).max(MAX_LIMIT).default(50),
  before: Revision.nullish(),
});
export type ArtifactRevisions = z.infer<typeof ArtifactRevisions>;

/** One revision of a version, by its number. */
export const ArtifactRevisionRead = z.strictObject({ id: Id, revision: Revision });
export type ArtifactRevisionRead = z.infer<typeof ArtifactRevisionRead>;

/** A revert to a revision. A stale `ifUpdated` is a CONFLICT with the current row. */
export const ArtifactRevert = z.strictObject({
  id: Id,
  revision: Revision,
  ifUpdated: Timestamp.optional(),
  reason: Reason.nullish(),
});
export type ArtifactRevert = z.infer<typeof ArtifactRevert>;

/** A version as it was before a change of it, and that change. */
export interface Revision {
  /** The change is the n-th of the version. */
  revision: number;
  /** When it was changed. */
  time: string;
  /** Who changed it; null for changes of programs before 0.2. */
  actor: Actor | null;
  /** What that caller claimed to be. */
  service: string | null;
  reason: string | null;
  /** What was changed. */
  changed: ("description" | "metadata" | "tags" | "data")[];
  description: string | null;
  metadata: Metadata | null;
  tags: string[];
  /** Of the data before the change, as for an artifact. */
  size: number;
  rows: number | null;
  number: number | null;
}

/** A revision with the data that the version then had. */
export interface RevisionDetail<Data = Json> extends Revision {
  data: Data;
}
