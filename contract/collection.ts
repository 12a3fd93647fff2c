import { z } from "zod";
import { type Artifact, ArtifactCount, ArtifactFacets, ArtifactList, ArtifactPage } from "./artifact";
import type { Json } from "./json";
import { MAX_LIST } from "./limits";
import { Key } from "./value";

/** A collection is all versions under one key. */
export const CollectionKey = z.strictObject({ key: Key });

export const CollectionKeys = z.strictObject({ keys: z.array(Key).min(1).max(MAX_LIST) });

// The same inputs as for artifacts; filters apply to the latest version of each key.
export const CollectionList = ArtifactList;
export const CollectionPage = ArtifactPage;
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
