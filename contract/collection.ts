import { z } from "zod";
import type { About } from "./about";
import { type Artifact, ArtifactCount, ArtifactFacets, CollectionSort, Include } from "./artifact";
import type { Json } from "./json";
import { Forced, LabelName } from "./label";
import { MAX_LIMIT, MAX_LIST } from "./limits";
import { byCursor, byOffset } from "./paging";
import { AsOf, Folder, Key, Reason } from "./value";
import { Where } from "./where";

/**
 * Which versions of a key to compare with those before: `limit` (50, at most 200) of them, from the number `from` down, by
 * default the latest. The same data is looked for among the 1,000 versions below them.
 */
export const CollectionSameData = z.strictObject({
  key: Key,
  from: z.int().min(1).optional(),
  limit: z.int().min(1).max(MAX_LIMIT).default(50),
});
export type CollectionSameData = z.infer<typeof CollectionSameData>;

/** A version whose data is, to the byte, that of the version `sameAs` before it; the last such one that is not deleted. */
export interface SameData {
  version: number;
  sameAs: number;
}

/** The folders directly in a folder (the top one by default) that have keys of which the latest version matches. */
export const CollectionFolders = z
  .strictObject({ where: Where.optional(), folder: Folder.default(""), asOf: AsOf })
  .prefault({});
export type CollectionFolders = z.infer<typeof CollectionFolders>;

/** A folder, which ends with a slash, with how many keys are anywhere in it. */
export interface KeyFolder {
  folder: string;
  keys: number;
}

/** A collection is all versions under one key. */
export const CollectionKey = z.strictObject({ key: Key });

/** A key, of which labels are read. */
export const CollectionLabels = CollectionKey.extend({ asOf: AsOf });

/** A key, and a label of it: by default, and by `latest`, the latest version. */
export const CollectionLatest = z.strictObject({ key: Key, label: LabelName.optional(), asOf: AsOf });
export type CollectionLatest = z.infer<typeof CollectionLatest>;

/** A key whose versions are all deleted, and why; `force` has the labels that may be lost by that. */
export const CollectionRemove = z.strictObject({ key: Key, force: Forced, reason: Reason.nullish() });

export const CollectionKeys = z.strictObject({
  keys: z.array(Key).min(1).max(MAX_LIST),
  force: Forced,
  reason: Reason.nullish(),
});

const listed = {
  where: Where.optional(),
  sort: CollectionSort.default("CREATED_DESC"),
  include: Include,
  asOf: AsOf,
};

// As for artifacts; filters and sorts apply to the latest version of each key.
export const CollectionList = z.strictObject({ ...listed, ...byOffset }).prefault({});
export type CollectionList = z.infer<typeof CollectionList>;

/** Without `pinned`, all keys; else those that the caller pinned, or all others. A cursor is one of any of them. */
export const CollectionPage = z.strictObject({ ...listed, ...byCursor, pinned: z.boolean().optional() }).prefault({});
export type CollectionPage = z.infer<typeof CollectionPage>;
export const CollectionCount = ArtifactCount;
export const CollectionFacets = ArtifactFacets;

/**
 * The latest version of a key, with its own id, and how many versions of the key are not deleted. `collectionId` never
 * changes.
 */
export interface ArtifactCollection<Data = Json> extends Artifact<Data> {
  key: string;
  collectionId: string;
  version: number;
  versions: number;
  /** The facts of the key itself; null where it has none. */
  about: About | null;
}

/** The deletion of a key: `trash.restoreRemoval { removal }` undoes it. */
export interface CollectionRemoved {
  removal: string;
  versions: number;
}

/** The deletion of several keys at once; `missing` are keys without versions. */
export interface CollectionsRemoved extends CollectionRemoved {
  missing: string[];
}
