import { z } from "zod";
import { type Artifact, ArtifactCount, ArtifactFacets, ArtifactList, ArtifactPage } from "./artifact";
import type { Json } from "./json";
import { MAX_LIST } from "./limits";
import { Key } from "./value";

/** Names an artifact collection: the versions under one key. */
export const CollectionKey = z.strictObject({ key: Key });

/** Names 1 to 1,000 of them. */
export const CollectionKeys = z.strictObject({ keys: z.array(Key).min(1).max(MAX_LIST) });

/** The inputs of `collection.list`, `page`, `count` and `facets`: the artifact's own, tested against the latest version of each key. */
export const CollectionList = ArtifactList;
export const CollectionPage = ArtifactPage;
export const CollectionCount = ArtifactCount;
export const CollectionFacets = ArtifactFacets;

/**
 * The latest version of a key, under the artifact's own id, with how many versions of it live. The id of the collection
 * itself stays whatever is published or removed under the key.
 */
export interface ArtifactCollection<Data = Json> extends Artifact<Data> {
  key: string;
  collectionId: string;
  version: number;
  versions: number;
}

/** What removing a whole key leaves; `trash.restoreRemoval { removal }` undoes it. */
export interface CollectionRemoved {
  removal: string;
  versions: number;
}

/** What removing several whole keys leaves: one `removal` undoes it; keys of which nothing lived are listed as `missing`. */
export interface CollectionsRemoved extends CollectionRemoved {
  missing: string[];
}
