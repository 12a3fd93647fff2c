import {
  type Artifact,
  ArtifactCount,
  ArtifactCreate,
  ArtifactCreateMany,
  type ArtifactDetail,
  ArtifactFacets,
  ArtifactIds,
  ArtifactList,
  ArtifactPage,
  ArtifactRead,
  type ArtifactRemoved,
  type ArtifactsRemoved,
  type ArtifactsRestored,
  ArtifactUpdate,
} from "#contract/artifact";
import type { Facets, Page } from "#contract/query";
import type { RawJson } from "#contract/raw-json";
import { ById } from "#contract/value";
import * as artifacts from "#server/models/artifact";
import { create, createMany } from "#server/models/publish";
import * as trash from "#server/models/trash";
import { reads, router, searches, writes } from "#server/routers/trpc";

export const artifactRouter = router({
  /** Publishes a version (or an artifact without a key) → the row without its data. CONFLICT, NOT_FOUND: see `idempotencyKey`. */
  create: writes.input(ArtifactCreate).mutation(({ ctx, input }): Promise<Artifact> => create(ctx.db, input)),

  /** Publishes up to 1,000 in one transaction → the rows in the order given. Errors: those of `create`; then none is made. */
  createMany: writes
    .input(ArtifactCreateMany)
    .mutation(({ ctx, input }): Promise<Artifact[]> => createMany(ctx.db, input.items)),

  /**
   * One version by id, or by key and number, with its data and neighbours. NOT_FOUND says when it was removed.
   * A JavaScript reader sees the data as `JSON.parse` does; `GET /api/artifacts/{id}/data` gives the exact text.
   */
  read: reads
    .input(ArtifactRead)
    .query(({ ctx, input }): Promise<ArtifactDetail<RawJson>> => artifacts.read(ctx.db, input)),

  /** The versions that match, by limit (50, at most 200) and offset; without data unless `include: ["data"]`. */
  list: searches
    .input(ArtifactList)
    .query(({ ctx, input }): Promise<Artifact<RawJson>[]> => artifacts.list(ctx.db, input)),

  /** As `list`, a page at a time by cursor, forward and backward; what a walk promises stands at `Page`. */
  page: searches
    .input(ArtifactPage)
    .query(({ ctx, input }): Promise<Page<Artifact<RawJson>>> => artifacts.page(ctx.db, input)),

  /** How many versions match: what `list` would give without a limit. `atMost` bounds it. */
  count: searches.input(ArtifactCount).query(({ ctx, input }): Promise<number> => artifacts.total(ctx.db, input)),

  /** What the versions that match have in common: types, flows, deployments, states and tags, with counts. */
  facets: searches.input(ArtifactFacets).query(({ ctx, input }): Promise<Facets> => artifacts.facets(ctx.db, input)),

  /** Changes a version in place: absent keeps, null clears. NOT_FOUND; CONFLICT with the current row for a stale `ifUpdated`. */
  update: writes.input(ArtifactUpdate).mutation(({ ctx, input }): Promise<Artifact> => artifacts.update(ctx.db, input)),

  /** Moves a version to the trash; the next older one becomes the latest. NOT_FOUND. */
  remove: writes.input(ById).mutation(({ ctx, input }): Promise<ArtifactRemoved> => trash.remove(ctx.db, input.id)),

  /** Moves up to 1,000 versions to the trash in one transaction; ids that do not live come back as missing. */
  removeMany: writes
    .input(ArtifactIds)
    .mutation(({ ctx, input }): Promise<ArtifactsRemoved> => trash.removeMany(ctx.db, input.ids)),

  /** Brings a version back under its id and number; it is the latest only if no greater number lives. NOT_FOUND. */
  restore: writes.input(ById).mutation(({ ctx, input }): Promise<Artifact> => trash.restore(ctx.db, input.id)),

  /** Brings up to 1,000 versions back in one transaction; ids that are not in the trash come back as missing. */
  restoreMany: writes
    .input(ArtifactIds)
    .mutation(({ ctx, input }): Promise<ArtifactsRestored> => trash.restoreMany(ctx.db, input.ids)),
});
