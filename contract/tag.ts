import { z } from "zod";
import { MAX_LIST, MAX_TAGS } from "./limits";
import { Id, Key, name, Reason } from "./value";

/** A tag of a key or a version; those of runs may be longer. */
export const Tag = name(64);

/** All tags of a key or a version: they are a set, and are returned sorted. */
export const TagSet = z.array(Tag).max(MAX_TAGS);

const changes = {
  add: TagSet.optional(),
  remove: TagSet.optional(),
  reason: Reason.nullish(),
};

const change = ({ add, remove }: { add?: string[] | undefined; remove?: string[] | undefined }) =>
  (add?.length ?? 0) + (remove?.length ?? 0) > 0;
const CHANGES = { path: ["add"], error: "must have a tag unless remove has one" };

/** Tags to add to and to remove from up to 1,000 versions; one in both is added. */
export const ArtifactTagMany = z
  .strictObject({ ids: z.array(Id).min(1).max(MAX_LIST), ...changes })
  .refine(change, CHANGES);
export type ArtifactTagMany = z.infer<typeof ArtifactTagMany>;

/** Tags to add to and to remove from up to 1,000 keys; one in both is added. */
export const CollectionTagMany = z
  .strictObject({ keys: z.array(Key).min(1).max(MAX_LIST), ...changes })
  .refine(change, CHANGES);
export type CollectionTagMany = z.infer<typeof CollectionTagMany>;

/** The tags of a key or a version now and before. */
interface TagChange {
  tags: string[];
  previous: string[];
}

/** Versions whose tags were changed; `missing` are ids that were not found. Versions that had these tags already are left out. */
export interface ArtifactsTagged {
  changed: ({ id: string; key: string | null; version: number | null } & TagChange)[];
  missing: string[];
}

/** Keys whose tags were changed; `missing` are keys without versions. Keys that had these tags already are left out. */
export interface CollectionsTagged {
  changed: ({ key: string } & TagChange)[];
  missing: string[];
}
