import { ById, ChangeById } from "#contract/value";
import { type SavedView, ViewCreate, ViewDefault, ViewUpdate } from "#contract/view";
import * as views from "#server/models/view";
import { ownWrites, reads, router, searches } from "#server/routers/trpc";

export const viewRouter = router({
  /** The caller's own views and the shared ones, by name. A role that is limited to keys has its own alone. */
  list: searches.query(({ ctx }): Promise<SavedView[]> => views.list(ctx.db, ctx.author)),

  /** A view by id. NOT_FOUND for one that does not exist, or is somebody else's. */
  read: reads.input(ById).query(({ ctx, input }): Promise<SavedView> => views.read(ctx.db, input, ctx.author)),

  /** The view that the caller's list opens with; null for none. */
  default: reads.query(({ ctx }): Promise<SavedView | null> => views.readDefault(ctx.db, ctx.author)),

  /**
   * Saves a list of artifacts under a name: the caller's own, or with `shared` everyone's, which requires the role write.
   * Without credentials all views are shared. CONFLICT for a name that is used, and beyond 200 views.
   */
  create: ownWrites
    .input(ViewCreate)
    .mutation(({ ctx, input }): Promise<SavedView> => views.create(ctx.db, input, ctx.author)),

  /**
   * Changes a view: absent fields stay. NOT_FOUND; CONFLICT for a name that is used, and with `current` for a stale
   * `ifUpdated`; FORBIDDEN for a shared view without the role write.
   */
  update: ownWrites
    .input(ViewUpdate)
    .mutation(({ ctx, input }): Promise<SavedView> => views.update(ctx.db, input, ctx.author)),

  /** Deletes a view; `create` with its id brings it back. NOT_FOUND; FORBIDDEN for a shared view without the role write. */
  remove: ownWrites
    .input(ChangeById)
    .mutation(({ ctx, input }): Promise<{ id: string }> => views.remove(ctx.db, input, ctx.author)),

  /** Chooses the view that the caller's list opens with, or none with `id: null`. NOT_FOUND. */
  setDefault: ownWrites
    .input(ViewDefault)
    .mutation(({ ctx, input }): Promise<{ id: string | null }> => views.setDefault(ctx.db, input, ctx.author)),
});
