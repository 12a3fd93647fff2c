import { ArtifactCount, ArtifactList, ArtifactPage, type ArtifactSort } from "#contract/artifact";
import type { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import * as artifacts from "#server/models/artifact";
import * as collections from "#server/models/collection";

/** The verbs of both nouns that take a filter, as the procedures call them. */
export const NOUNS = { artifact: artifacts, collection: collections } as const;
export type Noun = keyof typeof NOUNS;

export const SORTS = ["CREATED_DESC", "CREATED_ASC", "UPDATED_DESC", "KEY_ASC", "KEY_DESC", "ID_DESC"] as const;

/** Verbs that take a filter run on connections with a limit of time. */
export function searching(db: Database): Database {
  return db.bounded ?? db;
}

/** The first page of 50. */
export function firstPage(db: Database, noun: Noun, where: Where | undefined, sort: ArtifactSort): Promise<unknown> {
  return NOUNS[noun].page(searching(db), ArtifactPage.parse({ where, sort }), JSON.parse);
}

/** A list of 50 at an offset. */
export function list(db: Database, noun: Noun, where: Where | undefined, sort: ArtifactSort, offset = 0) {
  return NOUNS[noun].list(searching(db), ArtifactList.parse({ where, sort, offset }), JSON.parse);
}

/** How many match; bounded, or all. */
export function count(db: Database, noun: Noun, where: Where | undefined, atMost?: number): Promise<number> {
  return NOUNS[noun].total(searching(db), ArtifactCount.parse({ where, atMost }));
}

/** What those that match have in common. */
export function facets(db: Database, noun: Noun, where: Where | undefined): Promise<unknown> {
  return NOUNS[noun].facets(searching(db), { where });
}
