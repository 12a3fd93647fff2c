import {
  type Artifact,
  ArtifactCount,
  ArtifactList,
  ArtifactPage,
  CollectionSort,
  GeneralSort,
} from "#contract/artifact";
import { CollectionList, CollectionPage } from "#contract/collection";
import type { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import { LOCAL } from "#server/models/author";
import * as collections from "#server/models/collection";

/** Models whose functions take a filter, called as the procedures call them. */
export const NOUNS = { artifact: artifacts, collection: collections } as const;
export type Noun = keyof typeof NOUNS;

/** The sorts of each noun. */
export const SORTS = { artifact: GeneralSort.options, collection: CollectionSort.options } as const;

/** The first page, of the default size 50. */
export function firstPage(db: Database, noun: Noun, where: Where | undefined, sort: CollectionSort): Promise<unknown> {
  return pageOf(db, noun, { where, sort });
}

/** A page of 50 by cursor, as pages of the console ask for it. */
export function pageOf(db: Database, noun: Noun, input: { where?: Where; sort: CollectionSort; cursor?: string }) {
  return noun === "artifact"
    ? artifacts.page(db, ArtifactPage.parse(input))
    : collections.page(db, CollectionPage.parse({ ...input, pinned: false }), LOCAL);
}

/** A list of 50 at an offset. */
export function list(
  db: Database,
  noun: Noun,
  where: Where | undefined,
  sort: CollectionSort,
  { offset = 0, limit = 50 } = {},
): Promise<Artifact<unknown>[]> {
  const input = { where, sort, offset, limit };
  return noun === "artifact"
    ? artifacts.list(db, ArtifactList.parse(input))
    : collections.list(db, CollectionList.parse(input));
}

export function count(db: Database, noun: Noun, where: Where | undefined, atMost?: number): Promise<number> {
  return NOUNS[noun].total(db, ArtifactCount.parse({ where, atMost }));
}

export function facets(db: Database, noun: Noun, where: Where | undefined): Promise<unknown> {
  return NOUNS[noun].facets(db, { where });
}
