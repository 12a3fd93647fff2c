import { z } from "zod";
import type { Artifact } from "./artifact";
import { MAX_LIST } from "./limits";
import { atMost, byCursor, byOffset } from "./query";
import { Id, Key } from "./value";

/** Which removed versions: those of a key, or all. */
export const TrashWhere = z.strictObject({ key: Key.nullish() });
export type TrashWhere = z.infer<typeof TrashWhere>;

/** Input of `trash.list`; the last removed comes first. */
export const TrashList = z.strictObject({ where: TrashWhere.optional(), ...byOffset }).prefault({});
export type TrashList = z.infer<typeof TrashList>;

/** Input of `trash.page`; the last removed comes first. */
export const TrashPage = z.strictObject({ where: TrashWhere.optional(), ...byCursor }).prefault({});
export type TrashPage = z.infer<typeof TrashPage>;

/** Input of `trash.count`. */
export const TrashCount = z.strictObject({ where: TrashWhere.optional(), atMost }).prefault({});
export type TrashCount = z.infer<typeof TrashCount>;

/** Deletes for good: these versions, or with `all: true` everything in the trash. */
export const TrashPurge = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(MAX_LIST) }),
  z.strictObject({ all: z.literal(true) }),
]);
export type TrashPurge = z.infer<typeof TrashPurge>;

/** Names a removal: what one `removeMany` or `collection.remove` took. */
export const Removal = z.strictObject({ removal: Id });

/** A removed version, kept until it is restored, purged or swept. */
export interface TrashedArtifact extends Artifact {
  removed: string;
  /** The removal that took it, shared by all that went with it. */
  removal: string;
}
