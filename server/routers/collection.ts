import type { ArtifactDetail } from "#contract/artifact";
import {
  type ArtifactCollection,
  CollectionCount,
  CollectionFacets,
  CollectionKey,
  CollectionKeys,
  CollectionList,
  CollectionPage,
  type CollectionRemoved,
  type CollectionsRemoved,
} from "#contract/collection";
import type { Facets, Page } from "#contract/query";
import type { RawJson } from "#contract/raw-json";
import { CollectionSeries, type Series } from "#contract/series";
import * as artifacts from "#server/models/artifact";
import * as collections from "#server/models/collection";
import { series } from "#server/models/series";
import * as trash from "#server/models/trash";
import { reads, router, searches, writes } from "#server/routers/trpc";

export const collectionRouter = router({
  /** The newest version of a key, under the artifact's own id, with its data. NOT_FOUND when none lives. */
  latest: reads
    .input(CollectionKey)
    .query(({ ctx, input }): Promise<ArtifactDetail<RawJson>> => artifacts.latest(ctx.db, input.key)),

  /** The latest version of each key whose latest matches, by limit (50, at most 200) and offset. */
  list: searches
    .input(CollectionList)
    .query(({ ctx, input }): Promise<ArtifactCollection<RawJson>[]> => collections.list(ctx.db, input)),

  /** As `list`, a page at a time by cursor, forward and backward. */
  page: searches
    .input(CollectionPage)
    .query(({ ctx, input }): Promise<Page<ArtifactCollection<RawJson>>> => collections.page(ctx.db, input)),

  /** How many keys have a latest version that matches. `atMost` bounds it. */
  count: searches.input(CollectionCount).query(({ ctx, input }): Promise<number> => collections.total(ctx.db, input)),

  /** What the latest versions that match have in common: types, flows, deployments, states and tags, with counts. */
  facets: searches
    .input(CollectionFacets)
    .query(({ ctx, input }): Promise<Facets> => collections.facets(ctx.db, input)),

  /** A number, the rows or the size over the versions of a key, for a chart; no versions where none lives or has it. */
  series: searches.input(CollectionSeries).query(({ ctx, input }): Promise<Series> => series(ctx.db, input)),

  /** Moves every version of a key to the trash; `trash.restoreRemoval` undoes it whole. NOT_FOUND when none lives. */
  remove: writes
    .input(CollectionKey)
    .mutation(({ ctx, input }): Promise<CollectionRemoved> => trash.removeKey(ctx.db, input.key)),

  /** As `remove`, of up to 1,000 keys in one transaction; keys of which nothing lives come back as missing. */
  removeMany: writes
    .input(CollectionKeys)
    .mutation(({ ctx, input }): Promise<CollectionsRemoved> => trash.removeKeys(ctx.db, input.keys)),
});
