import {
  type Artifact,
  ArtifactCount,
  ArtifactCreate,
  type ArtifactCreated,
  ArtifactCreateMany,
  type ArtifactDetail,
  ArtifactFacets,
  ArtifactIds,
  ArtifactList,
  ArtifactMakeLatest,
  ArtifactPage,
  ArtifactRead,
  ArtifactRemove,
  type ArtifactRemoved,
  ArtifactRemoveMany,
  type ArtifactsRemoved,
  type ArtifactsRestored,
  ArtifactUpdate,
} from "#contract/artifact";
import { ArtifactHistory, type Event } from "#contract/event";
import type { Facets, Page, SearchedPage } from "#contract/paging";
import type { RawJson } from "#contract/raw-json";
import {
  ArtifactRevert,
  ArtifactRevisionRead,
  ArtifactRevisions,
  type Revision,
  type RevisionDetail,
} from "#contract/revision";
import { type ArtifactsTagged, ArtifactTagMany } from "#contract/tag";
import { ChangeById } from "#contract/value";
import * as artifacts from "#server/models/artifact";
import * as events from "#server/models/event";
import { makeLatest } from "#server/models/make-latest";
import { create, createMany } from "#server/models/publish";
import * as revisions from "#server/models/revision";
import { tagVersions } from "#server/models/tag";
import * as trash from "#server/models/trash";
import { bulk, reads, router, searches, writes } from "#server/routers/trpc";

export const artifactRouter = router({
  /**
   * Publishes a version, or an artifact without a key. Returns the row without its data. CONFLICT where the
   * `idempotencyKey` was used with another body; NOT_FOUND where the artifact that it created was deleted.
   */
  create: writes
    .input(ArtifactCreate)
    .mutation(({ ctx, input }): Promise<ArtifactCreated> => create(ctx.db, input, ctx.author)),

  /** As `create`, for up to 1,000 artifacts in one transaction. Returns the rows in the order of the input. */
  createMany: bulk
    .input(ArtifactCreateMany)
    .mutation(({ ctx, input }): Promise<ArtifactCreated[]> => createMany(ctx.db, input.items, ctx.author)),

  /**
   * Publishes a copy of a version of a key as its next version, with `restoredFrom` and without runs; where the latest
   * version has the same content, returns it with `unchanged: true`. NOT_FOUND; BAD_REQUEST for an artifact without a key;
   * CONFLICT where the `idempotencyKey` was used with another request.
   */
  makeLatest: bulk
    .input(ArtifactMakeLatest)
    .mutation(({ ctx, input }): Promise<ArtifactCreated> => makeLatest(ctx.db, input, ctx.author)),

  /**
   * One version by id, or by key and number, with its data and neighbours. NOT_FOUND, with `removedAt` for one in the
   * trash. The data is exact JSON text in the response; `GET /api/artifacts/{id}/data` sends it alone.
   */
  read: reads
    .input(ArtifactRead)
    .query(({ ctx, input }): Promise<ArtifactDetail<RawJson>> => artifacts.read(ctx.dbFor(input), input)),

  /** The matching versions, by limit (50, at most 200) and offset; without data unless `include: ["data"]`. */
  list: searches
    .input(ArtifactList)
    .query(({ ctx, input }): Promise<Artifact<RawJson>[]> => artifacts.list(ctx.dbFor(input), input)),

  /** As `list`, by cursor; see `Page` for its guarantees. */
  page: searches
    .input(ArtifactPage)
    .query(({ ctx, input }): Promise<SearchedPage<Artifact<RawJson>>> => artifacts.page(ctx.dbFor(input), input)),

  /** The number of matching versions; see `atMost` for its bound. */
  count: searches
    .input(ArtifactCount)
    .query(({ ctx, input }): Promise<number> => artifacts.total(ctx.dbFor(input), input)),

  /** Types, flows, deployments, states and tags of the matching versions, with counts. */
  facets: searches
    .input(ArtifactFacets)
    .query(({ ctx, input }): Promise<Facets> => artifacts.facets(ctx.dbFor(input), input)),

  /** Changes a version in place: absent fields stay, null clears. NOT_FOUND; CONFLICT with `current` for a stale `ifUpdated`. */
  update: writes
    .input(ArtifactUpdate)
    .mutation(({ ctx, input }): Promise<Artifact> => artifacts.update(ctx.db, input, ctx.author, ctx.keepRevisions)),

  /**
   * Adds tags to up to 1,000 versions and removes others, in one transaction; ids that do not exist are returned as
   * `missing`. CONFLICT where a version would have more than 50 tags.
   */
  tagMany: bulk
    .input(ArtifactTagMany)
    .mutation(({ ctx, input }): Promise<ArtifactsTagged> => tagVersions(ctx.db, input, ctx.author, ctx.keepRevisions)),

  /**
   * Who wrote a version, when, why and what, the newest first; empty for one of programs before 0.2. Also of a deleted
   * version, and of one that was deleted permanently.
   */
  history: searches
    .input(ArtifactHistory)
    .query(
      ({ ctx, input: { id, ...input } }): Promise<Page<Event>> =>
        events.page(ctx.db, { ...input, where: { artifactId: id } }),
    ),

  /** What changes of a version replaced, the newest first (50, at most 200 at once). NOT_FOUND. */
  revisions: reads
    .input(ArtifactRevisions)
    .query(({ ctx, input }): Promise<Revision[]> => revisions.revisions(ctx.db, input)),

  /** A version as it was before its n-th change, with its data. NOT_FOUND, also for a revision that is no longer kept. */
  revision: reads
    .input(ArtifactRevisionRead)
    .query(({ ctx, input }): Promise<RevisionDetail<RawJson>> => revisions.revision(ctx.db, input)),

  /**
   * Gives a version the description, metadata and data that it had before its n-th change: one more change, which can be
   * reverted too. NOT_FOUND; CONFLICT with `current` for a stale `ifUpdated`.
   */
  revert: bulk
    .input(ArtifactRevert)
    .mutation(({ ctx, input }): Promise<Artifact> => revisions.revert(ctx.db, input, ctx.author, ctx.keepRevisions)),

  /**
   * Moves a version to the trash; the next older one becomes the latest. NOT_FOUND; CONFLICT with `labels` where it has
   * labels that are not in `force`; FORBIDDEN for a protected one without the role admin.
   */
  remove: writes
    .input(ArtifactRemove)
    .mutation(({ ctx, input }): Promise<ArtifactRemoved> => trash.remove(ctx.db, input, ctx.author)),

  /** As `remove`, for up to 1,000 versions in one transaction; ids that do not exist are returned as `missing`. */
  removeMany: bulk
    .input(ArtifactRemoveMany)
    .mutation(({ ctx, input }): Promise<ArtifactsRemoved> => trash.removeMany(ctx.db, input, ctx.author)),

  /** Restores a version from the trash with its id and number. NOT_FOUND. */
  restore: writes
    .input(ChangeById)
    .mutation(({ ctx, input }): Promise<Artifact> => trash.restore(ctx.db, input, ctx.author)),

  /** As `restore`, for up to 1,000 versions in one transaction; ids that are not in the trash are returned as `missing`. */
  restoreMany: bulk
    .input(ArtifactIds)
    .mutation(({ ctx, input }): Promise<ArtifactsRestored> => trash.restoreMany(ctx.db, input, ctx.author)),
});
