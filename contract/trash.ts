import { z } from "zod";
import type { Artifact } from "./artifact";
import { Pattern } from "./filter";
import { MAX_LIST } from "./limits";
import { atMost, byCursor, byOffset } from "./paging";
import { Id, Key, Reason } from "./value";

/** Which deleted versions: of one key, or of keys that contain a text, ignoring case; all without a condition. */
export const TrashWhere = z.strictObject({ key: Key.nullish(), keyContains: Pattern.nullish() });
export type TrashWhere = z.infer<typeof TrashWhere>;

/** The version that was deleted last comes first, here and in `trash.page`. */
export const TrashList = z.strictObject({ where: TrashWhere.optional(), ...byOffset }).prefault({});
export type TrashList = z.infer<typeof TrashList>;

export const TrashPage = z.strictObject({ where: TrashWhere.optional(), ...byCursor }).prefault({});
export type TrashPage = z.infer<typeof TrashPage>;

export const TrashCount = z.strictObject({ where: TrashWhere.optional(), atMost }).prefault({});
export type TrashCount = z.infer<typeof TrashCount>;

/** Which versions to delete permanently: these, or everything in the trash. */
export const TrashPurge = z.union([
  z.strictObject({ ids: z.array(Id).min(1).max(MAX_LIST), reason: Reason.nullish() }),
  z.strictObject({ all: z.literal(true), reason: Reason.nullish() }),
]);
export type TrashPurge = z.infer<typeof TrashPurge>;

/** The id of what one call of `removeMany` or `collection.remove` deleted. */
export const Removal = z.strictObject({ removal: Id, reason: Reason.nullish() });

/** A deleted version, in the trash until it is restored or deleted permanently. */
export interface TrashedArtifact extends Artifact {
  removed: string;
  /** Shared by all versions that were deleted together. */
  removal: string;
}
