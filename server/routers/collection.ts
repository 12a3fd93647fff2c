import { type About, CollectionUpdate } from "#contract/about";
import type { ArtifactDetail } from "#contract/artifact";
import {
  type ArtifactCollection,
  CollectionCount,
  CollectionFacets,
  CollectionFolders,
  CollectionKey,
  CollectionKeys,
  CollectionLabels,
  CollectionLatest,
  CollectionList,
  CollectionPage,
  CollectionRemove,
  type CollectionRemoved,
  CollectionSameData,
  type CollectionsRemoved,
  type KeyFolder,
  type SameData,
} from "#contract/collection";
import { CollectionHistory, type Event } from "#contract/event";
import { CollectionLabel, type LabelChange, type LabelOfKey } from "#contract/label";
import type { Facets, Page, SearchedPage } from "#contract/paging";
import type { Pin, Unpinned } from "#contract/pin";
import type { RawJson } from "#contract/raw-json";
import { CollectionRename, type KeyRenamed } from "#contract/rename";
import { CollectionSeries, CollectionTrends, type Series, type Trend } from "#contract/series";
import { type CollectionsTagged, CollectionTagMany } from "#contract/tag";
import {
  CollectionMarkAllRead,
  CollectionMarkRead,
  CollectionUnread,
  type ReadMark,
  type Unread,
} from "#contract/unread";
import { readAbout, updateAbout } from "#server/models/about";
import * as artifacts from "#server/models/artifact";
import { knownSince } from "#server/models/as-of";
import * as collections from "#server/models/collection";
import * as events from "#server/models/event";
import { labelsOf, setLabel } from "#server/models/label";
import { listPins, pinKey, unpinKey } from "#server/models/pin";
import { rename, targetOf } from "#server/models/rename";
import { sameData } from "#server/models/same-content";
import { series } from "#server/models/series";
import { tagKeys } from "#server/models/tag";
import * as trash from "#server/models/trash";
import { trends } from "#server/models/trends";
import { listUnread, markAllRead, markRead } from "#server/models/unread";
import { bulk, ownWrites, reads, router, searches, writes } from "#server/routers/trpc";

export const collectionRouter = router({
  /**
   * The latest version of a key with its data, under the id of the artifact; with `label`, the one that it names; of a
   * key that was renamed, that of the new key. NOT_FOUND where the key has no versions, or not that label.
   */
  latest: reads
    .input(CollectionLatest)
    .query(({ ctx, input }): Promise<ArtifactDetail<RawJson>> => artifacts.latest(ctx.dbFor(input), input)),

  /**
   * Sets a label of a key to a version, or removes it. Returns what it names now and named before. NOT_FOUND for an unknown
   * key or version; CONFLICT with `current` where it does not name `ifVersion`, and where the key has 100 labels; FORBIDDEN
   * for a protected label without the role admin.
   */
  label: writes
    .input(CollectionLabel)
    .mutation(({ ctx, input }): Promise<LabelChange> => setLabel(ctx.db, input, ctx.author)),

  /**
   * Since when deletions and labels are recorded; null where nothing is. What was deleted before, and restored, is there in
   * reads `asOf` an earlier timestamp.
   */
  knownSince: reads.query(({ ctx }): Promise<string | null> => knownSince(ctx.db)),

  /** The labels of a key, by name; none for an unknown key. */
  labels: reads
    .input(CollectionLabels)
    .query(({ ctx, input }): Promise<LabelOfKey[]> => labelsOf(ctx.dbFor(input), input.key)),

  /** The facts of a key itself; null where it has none, and for an unknown key. */
  about: reads.input(CollectionKey).query(({ ctx, input }): Promise<About | null> => readAbout(ctx.db, input.key)),

  /**
   * Changes the title, description, owner, links and tags of a key itself: absent fields stay, null clears. NOT_FOUND for a
   * key without versions; CONFLICT with `current` for a stale `ifUpdated`.
   */
  update: writes
    .input(CollectionUpdate)
    .mutation(({ ctx, input }): Promise<About> => updateAbout(ctx.db, input, ctx.author)),

  /**
   * Adds tags to up to 1,000 keys and removes others, in one transaction; keys without versions are returned as `missing`.
   * CONFLICT where a key would have more than 50 tags.
   */
  tagMany: bulk
    .input(CollectionTagMany)
    .mutation(({ ctx, input }): Promise<CollectionsTagged> => tagKeys(ctx.db, input, ctx.author)),

  /** The latest version of each key where it matches, by limit (50, at most 200) and offset. */
  list: searches
    .input(CollectionList)
    .query(({ ctx, input }): Promise<ArtifactCollection<RawJson>[]> => collections.list(ctx.dbFor(input), input)),

  /** As `list`, by cursor; `pinned` leaves out keys that the caller pinned, or all others. */
  page: searches
    .input(CollectionPage)
    .query(
      ({ ctx, input }): Promise<SearchedPage<ArtifactCollection<RawJson>>> =>
        collections.page(ctx.dbFor(input), input, ctx.author),
    ),

  /**
   * The keys whose latest version the caller has not seen, the newest first, each with the version that they saw last. What
   * exists when somebody first looks or signs in is read.
   */
  unread: searches
    .input(CollectionUnread)
    .query(({ ctx, input }): Promise<Unread> => listUnread(ctx.db, input, ctx.author)),

  /** Says that the caller has seen a version of a key, and those before. NOT_FOUND where the key has no versions. */
  markRead: ownWrites
    .input(CollectionMarkRead)
    .mutation(({ ctx, input }): Promise<ReadMark> => markRead(ctx.db, input, ctx.author)),

  /** Says that the caller has seen all versions that were created until a time. */
  markAllRead: ownWrites
    .input(CollectionMarkAllRead)
    .mutation(({ ctx, input }): Promise<{ since: string }> => markAllRead(ctx.db, input, ctx.author)),

  /** The keys that the caller pinned, and those that everyone has pinned, by key. */
  pins: reads.query(({ ctx }): Promise<Pin[]> => listPins(ctx.db, ctx.author)),

  /**
   * Pins a key for the caller, of any role; without a credential, for everyone. NOT_FOUND where the key has no versions;
   * CONFLICT for more than 100 keys.
   */
  pin: ownWrites.input(CollectionKey).mutation(({ ctx, input }): Promise<Pin> => pinKey(ctx.db, input, ctx.author)),

  /**
   * Unpins a key, which may have no versions any more; one that is not pinned stays so. FORBIDDEN without the role admin where
   * everyone has it pinned.
   */
  unpin: ownWrites
    .input(CollectionKey)
    .mutation(({ ctx, input }): Promise<Unpinned> => unpinKey(ctx.db, input, ctx.author)),

  /** The number of keys whose latest version matches; see `atMost` for its bound. */
  count: searches
    .input(CollectionCount)
    .query(({ ctx, input }): Promise<number> => collections.total(ctx.dbFor(input), input)),

  /** Types, flows, deployments, states and tags of the matching latest versions, with counts. */
  facets: searches
    .input(CollectionFacets)
    .query(({ ctx, input }): Promise<Facets> => collections.facets(ctx.dbFor(input), input)),

  /**
   * The folders directly in a folder, up to 1,000 by name, with how many keys anywhere in each have a latest version that
   * matches: keys with slashes are in folders as files are.
   */
  folders: searches.input(CollectionFolders).query(({ ctx, input }): Promise<KeyFolder[]> => {
    return collections.folders(ctx.dbFor(input), input, ctx.keys === null && input.asOf === undefined);
  }),

  /** The number, rows or size of each version of a key, for a chart; empty where no version has it. */
  series: searches.input(CollectionSeries).query(({ ctx, input }): Promise<Series> => series(ctx.dbFor(input), input)),

  /**
   * The number, rows and size of the last 20 versions of each of up to 200 keys, for changes and small charts in lists.
   * The version before another is the greatest number below it.
   */
  trends: searches.input(CollectionTrends).query(({ ctx, input }): Promise<Trend[]> => trends(ctx.dbFor(input), input)),

  /**
   * Who wrote versions of a key, when, why and what, the newest first, under the keys that it had before too. Calls that
   * write many versions are one event.
   */
  history: searches
    .input(CollectionHistory)
    .query(({ ctx, input }): Promise<Page<Event>> => events.pageOfKey(ctx.db, input)),

  /** The versions of a page of a key whose data is that of a version before, with its number: `v47` is the same as `v41`. */
  sameData: searches.input(CollectionSameData).query(({ ctx, input }): Promise<SameData[]> => sameData(ctx.db, input)),

  /**
   * Gives all versions of a key, deleted ones too, another key, and what belongs to them. Until the old key has versions again
   * it refers to the new one: `collection.latest` and `artifact.read` follow, writes say NOT_FOUND with `renamedTo`. NOT_FOUND
   * where the key has no versions; CONFLICT where the new one has any, in the trash too, and for more than 200,000 versions.
   * Renaming it back undoes it.
   */
  rename: bulk
    .input(CollectionRename)
    .mutation(({ ctx, input }): Promise<KeyRenamed> => rename(ctx.db, input, ctx.author)),

  /** The key that a key without versions was renamed to; null where it was not. */
  renamedTo: reads.input(CollectionKey).query(({ ctx, input }): Promise<string | null> => targetOf(ctx.db, input.key)),

  /** Moves every version of a key to the trash; `trash.restoreRemoval` undoes it. NOT_FOUND where the key has no versions. */
  remove: bulk
    .input(CollectionRemove)
    .mutation(({ ctx, input }): Promise<CollectionRemoved> => trash.removeKey(ctx.db, input, ctx.author)),

  /** As `remove`, for up to 1,000 keys in one transaction; keys without versions are returned as `missing`. */
  removeMany: bulk
    .input(CollectionKeys)
    .mutation(({ ctx, input }): Promise<CollectionsRemoved> => trash.removeKeys(ctx.db, input, ctx.author)),
});
