import type { Page } from "#contract/query";
import { Removal, TrashCount, type TrashedArtifact, TrashList, TrashPage, TrashPurge } from "#contract/trash";
import { purge } from "#server/models/purge";
import * as trash from "#server/models/trash";
import { admin, router, searches, writes } from "#server/routers/trpc";

export const trashRouter = router({
  /** The removed versions, the last removed first, by limit (50, at most 200) and offset. */
  list: searches.input(TrashList).query(({ ctx, input }): Promise<TrashedArtifact[]> => trash.list(ctx.db, input)),

  /** As `list`, a page at a time by cursor, forward and backward. */
  page: searches.input(TrashPage).query(({ ctx, input }): Promise<Page<TrashedArtifact>> => trash.page(ctx.db, input)),

  /** How many removed versions there are. `atMost` bounds it. */
  count: searches.input(TrashCount).query(({ ctx, input }): Promise<number> => trash.total(ctx.db, input)),

  /** Undoes a removal whole → how many versions came back. NOT_FOUND when nothing of it is in the trash. */
  restoreRemoval: writes
    .input(Removal)
    .mutation(({ ctx, input }): Promise<{ versions: number }> => trash.restoreRemoval(ctx.db, input.removal)),

  /** Deletes these, or everything in the trash, for good → how many went. Needs the role admin. */
  purge: admin.input(TrashPurge).mutation(({ ctx, input }): Promise<{ purged: number }> => purge(ctx.db, input)),
});
