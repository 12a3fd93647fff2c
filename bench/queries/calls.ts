import { ArtifactCount, ArtifactList, ArtifactPage, type ArtifactSort } from "#contract/artifact";
import type { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import * as collections from "#server/models/collection";

/** Models whose functions take a filter, called as the procedures call them. */
export const NOUNS = { artifact: artifacts, collection: collections } as const;
export type Noun = keyof typeof NOUNS;

export const SORTS = ["CREATED_DESC", "CREATED_ASC", "UPDATED_DESC", "KEY_ASC", "KEY_DESC", "ID_DESC"] as const;

/** The first page, of the default size 50. */
export function firstPage(db: Database, noun: Noun, where: Where | undefined, sort: ArtifactSort): Promise<unknown> {
  return NOUNS[noun].page(db, ArtifactPage.parse({ where, sort }));
}

/** A list of 50 at an offset. */
export function list(db: Database, noun: Noun, where: Where | undefined, sort: ArtifactSort, offset = 0) {
  return NOUNS[noun].list(db, ArtifactList.parse({ where, sort, offset }));
}

export function count(db: Database, noun: Noun, where: Where | undefined, atMost?: number): Promise<number> {
  return NOUNS[noun].total(db, ArtifactCount.parse({ where, atMost }));
}

export function facets(db: Database, noun: Noun, where: Where | undefined): Promise<unknown> {
  return NOUNS[noun].facets(db, { where });
}
