import type { ArtifactCollection } from "#contract/collection";
import type { RawJson } from "#contract/raw-json";
import { SearchBest, type SearchReasons, SearchWhy } from "#contract/search";
import { best } from "#server/models/collection";
import { why } from "#server/models/search";
import { countPending } from "#server/models/search/fill";
import { router, searches } from "#server/routers/trpc";

export const searchRouter = router({
  /**
   * The latest versions of keys that match best, without a cursor: those that have the free text of the query in key or title
   * first, then in description or names of columns, then elsewhere, the newest first among equals. Of more than 2,000 that match
   * the newest are compared.
   */
  best: searches
    .input(SearchBest)
    .query(({ ctx, input }): Promise<ArtifactCollection<RawJson>[]> => best(ctx.dbFor(input), input)),

  /** How many versions changed and are not yet searched as they are now; at most 10,000 are counted. */
  pending: searches.query(({ ctx }): Promise<number> => countPending(ctx.db)),

  /**
   * Why a query finds artifacts: the texts that have its words, with the offsets of matches, and where in the data they are (rows,
   * path or heading). For the ids of a page, up to 200; up to 4 MB of their data is read.
   */
  why: searches.input(SearchWhy).query(({ ctx, input }): Promise<SearchReasons> => why(ctx.dbFor(input), input)),
});
