import type { Page } from "#contract/paging";
import { Removal, TrashCount, type TrashedArtifact, TrashList, TrashPage, TrashPurge } from "#contract/trash";
import { purge } from "#server/models/purge";
import * as trash from "#server/models/trash";
import { admin, bulk, router, searches } from "#server/routers/trpc";

export const trashRouter = router({
  /** The deleted versions, most recently deleted first, by limit (50, at most 200) and offset. */
  list: searches.input(TrashList).query(({ ctx, input }): Promise<TrashedArtifact[]> => trash.list(ctx.db, input)),

  /** As `list`, by cursor. */
  page: searches.input(TrashPage).query(({ ctx, input }): Promise<Page<TrashedArtifact>> => trash.page(ctx.db, input)),

  /** The number of deleted versions; see `atMost` for its bound. */
  count: searches.input(TrashCount).query(({ ctx, input }): Promise<number> => trash.total(ctx.db, input)),

  /** Restores all versions of one removal. Returns their number. NOT_FOUND where none of them is in the trash. */
  restoreRemoval: bulk
    .input(Removal)
    .mutation(({ ctx, input }): Promise<{ versions: number }> => trash.restoreRemoval(ctx.db, input, ctx.author)),

  /** Permanently deletes some or all versions in the trash. Returns their number. Role: admin. */
  purge: admin
    .input(TrashPurge)
    .mutation(({ ctx, input }): Promise<{ purged: number }> => purge(ctx.db, input, ctx.author)),
});
