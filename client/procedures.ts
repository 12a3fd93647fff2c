// Written by `npm run reference` from the comments and types of the routers.
import type { TRPCRequestOptions } from "@trpc/client";
import type { z } from "zod";
import type { About, CollectionUpdate } from "#contract/about";
import type {
  AdminCheckData,
  AdminCheckFiles,
  AdminMoveData,
  AdminRepairFiles,
  AdminRestore,
  DatabaseStatus,
  DataCheck,
  DataMoved,
  FilesCheck,
  RestoreState,
  Violation,
} from "#contract/admin";
import type { ApiKey, ApiKeyCreate, ApiKeyRevoke, ApiKeyUpdate, CreatedApiKey } from "#contract/api-key";
import type {
  Artifact,
  ArtifactCount,
  ArtifactCreate,
  ArtifactCreated,
  ArtifactCreateMany,
  ArtifactDetail,
  ArtifactFacets,
  ArtifactIds,
  ArtifactList,
  ArtifactMakeLatest,
  ArtifactPage,
  ArtifactRead,
  ArtifactRemove,
  ArtifactRemoved,
  ArtifactRemoveMany,
  ArtifactsRemoved,
  ArtifactsRestored,
  ArtifactUpdate,
} from "#contract/artifact";
import type {
  ArtifactCollection,
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
  CollectionRemoved,
  CollectionSameData,
  CollectionsRemoved,
  KeyFolder,
  SameData,
} from "#contract/collection";
import type {
  Deployment,
  DeploymentCount,
  DeploymentCountBy,
  DeploymentCreate,
  DeploymentList,
  DeploymentPage,
  DeploymentUpdate,
} from "#contract/deployment";
import type {
  Actor,
  ArtifactHistory,
  CollectionHistory,
  Event,
  EventCount,
  EventList,
  EventPage,
} from "#contract/event";
import type { Flow, FlowCount, FlowCreate, FlowList, FlowPage, FlowUpdate } from "#contract/flow";
import type {
  FlowRun,
  FlowRunArtifactCounts,
  FlowRunCount,
  FlowRunCreate,
  FlowRunFacets,
  FlowRunList,
  FlowRunPage,
  FlowRunProposal,
  FlowRunPropose,
  FlowRunUpdate,
} from "#contract/flow-run";
import type { AdminImport, AdminKnown, ImportResult, KnownRow } from "#contract/import";
import type { CollectionLabel, LabelChange, LabelOfKey, ProtectLabels } from "#contract/label";
import type { Counts, Facets, Page, SearchedPage } from "#contract/paging";
import type { Person, PersonList, PersonSignedOut } from "#contract/person";
import type { Pin, Unpinned } from "#contract/pin";
import type { CollectionRename, KeyRenamed } from "#contract/rename";
import type {
  ArtifactRevert,
  ArtifactRevisionRead,
  ArtifactRevisions,
  Revision,
  RevisionDetail,
} from "#contract/revision";
import type { FlowRunHistory, RunInterval, TaskRunHistory } from "#contract/run-history";
import type { SearchBest, SearchReasons, SearchWhy } from "#contract/search";
import type { CollectionSeries, CollectionTrends, Series, Trend } from "#contract/series";
import type { ArtifactsTagged, ArtifactTagMany, CollectionsTagged, CollectionTagMany } from "#contract/tag";
import type {
  TaskRun,
  TaskRunCount,
  TaskRunCountBy,
  TaskRunCreate,
  TaskRunList,
  TaskRunPage,
  TaskRunRecord,
  TaskRunUpdate,
} from "#contract/task-run";
import type { Removal, TrashCount, TrashedArtifact, TrashList, TrashPage, TrashPurge } from "#contract/trash";
import type { CollectionMarkAllRead, CollectionMarkRead, CollectionUnread, ReadMark, Unread } from "#contract/unread";
import type { ById, ChangeById } from "#contract/value";
import type { SavedView, ViewCreate, ViewDefault, ViewUpdate } from "#contract/view";
import type { DeploymentWhere, FlowRunWhere, FlowWhere, TaskRunWhere, Where } from "#contract/where";
import type { CallLimits } from "./options";

/** Options of one call; `context` holds its own time limit and retries. */
export interface CallOptions extends Omit<TRPCRequestOptions, "context"> {
  context?: CallLimits;
}

type Arguments<Input> = undefined extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

export interface Query<Input, Output> {
  /** Rejects with a VitrineError, or with the reason of `signal`. */
  query(...args: Arguments<Input>): Promise<Output>;
}

export interface Mutation<Input, Output> {
  /** Rejects with a VitrineError, or with the reason of `signal`. */
  mutate(...args: Arguments<Input>): Promise<Output>;
}

export interface ArtifactCreateInput extends NonNullable<z.input<typeof ArtifactCreate>> {}
export interface ArtifactCreateManyInput extends NonNullable<z.input<typeof ArtifactCreateMany>> {}
export type ArtifactMakeLatestInput = z.input<typeof ArtifactMakeLatest>;
export type ArtifactReadInput = z.input<typeof ArtifactRead>;
export interface ArtifactListInput extends Omit<NonNullable<z.input<typeof ArtifactList>>, "where"> {
  where?: Where | undefined;
}
export interface ArtifactPageInput extends Omit<NonNullable<z.input<typeof ArtifactPage>>, "where"> {
  where?: Where | undefined;
}
export interface ArtifactCountInput extends Omit<NonNullable<z.input<typeof ArtifactCount>>, "where"> {
  where?: Where | undefined;
}
export interface ArtifactFacetsInput extends Omit<NonNullable<z.input<typeof ArtifactFacets>>, "where"> {
  where?: Where | undefined;
}
export interface ArtifactUpdateInput extends NonNullable<z.input<typeof ArtifactUpdate>> {}
export interface ArtifactTagManyInput extends NonNullable<z.input<typeof ArtifactTagMany>> {}
export interface ArtifactHistoryInput extends NonNullable<z.input<typeof ArtifactHistory>> {}
export interface ArtifactRevisionsInput extends NonNullable<z.input<typeof ArtifactRevisions>> {}
export interface ArtifactRevisionReadInput extends NonNullable<z.input<typeof ArtifactRevisionRead>> {}
export interface ArtifactRevertInput extends NonNullable<z.input<typeof ArtifactRevert>> {}
export interface ArtifactRemoveInput extends NonNullable<z.input<typeof ArtifactRemove>> {}
export interface ArtifactRemoveManyInput extends NonNullable<z.input<typeof ArtifactRemoveMany>> {}
export interface ChangeByIdInput extends NonNullable<z.input<typeof ChangeById>> {}
export interface ArtifactIdsInput extends NonNullable<z.input<typeof ArtifactIds>> {}
export interface CollectionLatestInput extends NonNullable<z.input<typeof CollectionLatest>> {}
export interface CollectionLabelInput extends NonNullable<z.input<typeof CollectionLabel>> {}
export interface CollectionLabelsInput extends NonNullable<z.input<typeof CollectionLabels>> {}
export interface CollectionKeyInput extends NonNullable<z.input<typeof CollectionKey>> {}
export interface CollectionUpdateInput extends NonNullable<z.input<typeof CollectionUpdate>> {}
export interface CollectionTagManyInput extends NonNullable<z.input<typeof CollectionTagMany>> {}
export interface CollectionListInput extends Omit<NonNullable<z.input<typeof CollectionList>>, "where"> {
  where?: Where | undefined;
}
export interface CollectionPageInput extends Omit<NonNullable<z.input<typeof CollectionPage>>, "where"> {
  where?: Where | undefined;
}
export interface CollectionUnreadInput extends NonNullable<z.input<typeof CollectionUnread>> {}
export interface CollectionMarkReadInput extends NonNullable<z.input<typeof CollectionMarkRead>> {}
export interface CollectionMarkAllReadInput extends NonNullable<z.input<typeof CollectionMarkAllRead>> {}
export interface CollectionCountInput extends Omit<NonNullable<z.input<typeof CollectionCount>>, "where"> {
  where?: Where | undefined;
}
export interface CollectionFacetsInput extends Omit<NonNullable<z.input<typeof CollectionFacets>>, "where"> {
  where?: Where | undefined;
}
export interface CollectionFoldersInput extends Omit<NonNullable<z.input<typeof CollectionFolders>>, "where"> {
  where?: Where | undefined;
}
export interface CollectionSeriesInput extends NonNullable<z.input<typeof CollectionSeries>> {}
export interface CollectionTrendsInput extends NonNullable<z.input<typeof CollectionTrends>> {}
export interface CollectionHistoryInput extends NonNullable<z.input<typeof CollectionHistory>> {}
export interface CollectionSameDataInput extends NonNullable<z.input<typeof CollectionSameData>> {}
export interface CollectionRenameInput extends NonNullable<z.input<typeof CollectionRename>> {}
export interface CollectionRemoveInput extends NonNullable<z.input<typeof CollectionRemove>> {}
export interface CollectionKeysInput extends NonNullable<z.input<typeof CollectionKeys>> {}
export interface TrashListInput extends NonNullable<z.input<typeof TrashList>> {}
export interface TrashPageInput extends NonNullable<z.input<typeof TrashPage>> {}
export interface TrashCountInput extends NonNullable<z.input<typeof TrashCount>> {}
export interface RemovalInput extends NonNullable<z.input<typeof Removal>> {}
export type TrashPurgeInput = z.input<typeof TrashPurge>;
export interface FlowCreateInput extends NonNullable<z.input<typeof FlowCreate>> {}
export interface ByIdInput extends NonNullable<z.input<typeof ById>> {}
export interface FlowUpdateInput extends NonNullable<z.input<typeof FlowUpdate>> {}
export interface FlowListInput extends Omit<NonNullable<z.input<typeof FlowList>>, "where"> {
  where?: FlowWhere | undefined;
}
export interface FlowPageInput extends Omit<NonNullable<z.input<typeof FlowPage>>, "where"> {
  where?: FlowWhere | undefined;
}
export interface FlowCountInput extends Omit<NonNullable<z.input<typeof FlowCount>>, "where"> {
  where?: FlowWhere | undefined;
}
export interface DeploymentCreateInput extends NonNullable<z.input<typeof DeploymentCreate>> {}
export interface DeploymentUpdateInput extends NonNullable<z.input<typeof DeploymentUpdate>> {}
export interface DeploymentListInput extends Omit<NonNullable<z.input<typeof DeploymentList>>, "where"> {
  where?: DeploymentWhere | undefined;
}
export interface DeploymentPageInput extends Omit<NonNullable<z.input<typeof DeploymentPage>>, "where"> {
  where?: DeploymentWhere | undefined;
}
export interface DeploymentCountInput extends Omit<NonNullable<z.input<typeof DeploymentCount>>, "where"> {
  where?: DeploymentWhere | undefined;
}
export interface DeploymentCountByInput extends Omit<NonNullable<z.input<typeof DeploymentCountBy>>, "where"> {
  where?: DeploymentWhere | undefined;
}
export interface FlowRunCreateInput extends NonNullable<z.input<typeof FlowRunCreate>> {}
export interface FlowRunUpdateInput extends NonNullable<z.input<typeof FlowRunUpdate>> {}
export interface FlowRunProposeInput extends NonNullable<z.input<typeof FlowRunPropose>> {}
export interface FlowRunListInput extends Omit<NonNullable<z.input<typeof FlowRunList>>, "where"> {
  where?: FlowRunWhere | undefined;
}
export interface FlowRunPageInput extends Omit<NonNullable<z.input<typeof FlowRunPage>>, "where"> {
  where?: FlowRunWhere | undefined;
}
export interface FlowRunCountInput extends Omit<NonNullable<z.input<typeof FlowRunCount>>, "where"> {
  where?: FlowRunWhere | undefined;
}
export interface FlowRunFacetsInput extends Omit<NonNullable<z.input<typeof FlowRunFacets>>, "where"> {
  where?: FlowRunWhere | undefined;
}
export interface FlowRunArtifactCountsInput extends NonNullable<z.input<typeof FlowRunArtifactCounts>> {}
export interface FlowRunHistoryInput extends Omit<NonNullable<z.input<typeof FlowRunHistory>>, "where"> {
  where?: FlowRunWhere | undefined;
}
export interface TaskRunCreateInput extends NonNullable<z.input<typeof TaskRunCreate>> {}
export interface TaskRunRecordInput extends NonNullable<z.input<typeof TaskRunRecord>> {}
export interface TaskRunUpdateInput extends NonNullable<z.input<typeof TaskRunUpdate>> {}
export interface TaskRunListInput extends Omit<NonNullable<z.input<typeof TaskRunList>>, "where"> {
  where?: TaskRunWhere | undefined;
}
export interface TaskRunPageInput extends Omit<NonNullable<z.input<typeof TaskRunPage>>, "where"> {
  where?: TaskRunWhere | undefined;
}
export interface TaskRunCountInput extends Omit<NonNullable<z.input<typeof TaskRunCount>>, "where"> {
  where?: TaskRunWhere | undefined;
}
export interface TaskRunCountByInput extends Omit<NonNullable<z.input<typeof TaskRunCountBy>>, "where"> {
  where?: TaskRunWhere | undefined;
}
export interface TaskRunHistoryInput extends Omit<NonNullable<z.input<typeof TaskRunHistory>>, "where"> {
  where?: TaskRunWhere | undefined;
}
export interface EventListInput extends NonNullable<z.input<typeof EventList>> {}
export interface EventPageInput extends NonNullable<z.input<typeof EventPage>> {}
export interface EventCountInput extends NonNullable<z.input<typeof EventCount>> {}
export interface ViewCreateInput extends NonNullable<z.input<typeof ViewCreate>> {}
export interface ViewUpdateInput extends NonNullable<z.input<typeof ViewUpdate>> {}
export interface ViewDefaultInput extends NonNullable<z.input<typeof ViewDefault>> {}
export interface PersonListInput extends NonNullable<z.input<typeof PersonList>> {}
export interface SearchBestInput extends NonNullable<z.input<typeof SearchBest>> {}
export interface SearchWhyInput extends NonNullable<z.input<typeof SearchWhy>> {}
export interface ApiKeyCreateInput extends NonNullable<z.input<typeof ApiKeyCreate>> {}
export interface ApiKeyUpdateInput extends NonNullable<z.input<typeof ApiKeyUpdate>> {}
export interface ApiKeyRevokeInput extends NonNullable<z.input<typeof ApiKeyRevoke>> {}
export interface AdminCheckDataInput extends NonNullable<z.input<typeof AdminCheckData>> {}
export interface AdminCheckFilesInput extends NonNullable<z.input<typeof AdminCheckFiles>> {}
export interface AdminRepairFilesInput extends NonNullable<z.input<typeof AdminRepairFiles>> {}
export interface AdminMoveDataInput extends NonNullable<z.input<typeof AdminMoveData>> {}
export interface ProtectLabelsInput extends NonNullable<z.input<typeof ProtectLabels>> {}
export interface AdminImportInput extends NonNullable<z.input<typeof AdminImport>> {}
export interface AdminKnownInput extends NonNullable<z.input<typeof AdminKnown>> {}
export interface AdminRestoreInput extends NonNullable<z.input<typeof AdminRestore>> {}

export interface ArtifactProcedures {
  /**
   * Publishes a version, or an artifact without a key. Returns the row without its data. CONFLICT where the
   * `idempotencyKey` was used with another body; NOT_FOUND where the artifact that it created was deleted.
   */
  readonly create: Mutation<ArtifactCreateInput, ArtifactCreated>;

  /** As `create`, for up to 1,000 artifacts in one transaction. Returns the rows in the order of the input. */
  readonly createMany: Mutation<ArtifactCreateManyInput, ArtifactCreated[]>;

  /**
   * Publishes a copy of a version of a key as its next version, with `restoredFrom` and without runs; where the latest
   * version has the same content, returns it with `unchanged: true`. NOT_FOUND; BAD_REQUEST for an artifact without a
   * key; CONFLICT where the `idempotencyKey` was used with another request.
   */
  readonly makeLatest: Mutation<ArtifactMakeLatestInput, ArtifactCreated>;

  /**
   * One version by id, or by key and number, with its data and neighbours. NOT_FOUND, with `removedAt` for one in the
   * trash. The data is exact JSON text in the response; `GET /api/artifacts/{id}/data` sends it alone.
   */
  readonly read: Query<ArtifactReadInput, ArtifactDetail>;

  /** The matching versions, by limit (50, at most 200) and offset; without data unless `include: ["data"]`. */
  readonly list: Query<ArtifactListInput | undefined, Artifact[]>;

  /** As `list`, by cursor; see `Page` for its guarantees. */
  readonly page: Query<ArtifactPageInput | undefined, SearchedPage<Artifact>>;

  /** The number of matching versions; see `atMost` for its bound. */
  readonly count: Query<ArtifactCountInput | undefined, number>;

  /** Types, flows, deployments, states and tags of the matching versions, with counts. */
  readonly facets: Query<ArtifactFacetsInput | undefined, Facets>;

  /**
   * Changes a version in place: absent fields stay, null clears. NOT_FOUND; CONFLICT with `current` for a stale
   * `ifUpdated`.
   */
  readonly update: Mutation<ArtifactUpdateInput, Artifact>;

  /**
   * Adds tags to up to 1,000 versions and removes others, in one transaction; ids that do not exist are returned as
   * `missing`. CONFLICT where a version would have more than 50 tags.
   */
  readonly tagMany: Mutation<ArtifactTagManyInput, ArtifactsTagged>;

  /**
   * Who wrote a version, when, why and what, the newest first; empty for one of programs before 0.2. Also of a deleted
   * version, and of one that was deleted permanently.
   */
  readonly history: Query<ArtifactHistoryInput, Page<Event>>;

  /** What changes of a version replaced, the newest first (50, at most 200 at once). NOT_FOUND. */
  readonly revisions: Query<ArtifactRevisionsInput, Revision[]>;

  /**
   * A version as it was before its n-th change, with its data. NOT_FOUND, also for a revision that is no longer kept.
   */
  readonly revision: Query<ArtifactRevisionReadInput, RevisionDetail>;

  /**
   * Gives a version the description, metadata and data that it had before its n-th change: one more change, which can
   * be reverted too. NOT_FOUND; CONFLICT with `current` for a stale `ifUpdated`.
   */
  readonly revert: Mutation<ArtifactRevertInput, Artifact>;

  /**
   * Moves a version to the trash; the next older one becomes the latest. NOT_FOUND; CONFLICT with `labels` where it has
   * labels that are not in `force`; FORBIDDEN for a protected one without the role admin.
   */
  readonly remove: Mutation<ArtifactRemoveInput, ArtifactRemoved>;

  /** As `remove`, for up to 1,000 versions in one transaction; ids that do not exist are returned as `missing`. */
  readonly removeMany: Mutation<ArtifactRemoveManyInput, ArtifactsRemoved>;

  /** Restores a version from the trash with its id and number. NOT_FOUND. */
  readonly restore: Mutation<ChangeByIdInput, Artifact>;

  /**
   * As `restore`, for up to 1,000 versions in one transaction; ids that are not in the trash are returned as `missing`.
   */
  readonly restoreMany: Mutation<ArtifactIdsInput, ArtifactsRestored>;
}

export interface CollectionProcedures {
  /**
   * The latest version of a key with its data, under the id of the artifact; with `label`, the one that it names; of a
   * key that was renamed, that of the new key. NOT_FOUND where the key has no versions, or not that label.
   */
  readonly latest: Query<CollectionLatestInput, ArtifactDetail>;

  /**
   * Sets a label of a key to a version, or removes it. Returns what it names now and named before. NOT_FOUND for an
   * unknown key or version; CONFLICT with `current` where it does not name `ifVersion`, and where the key has 100
   * labels; FORBIDDEN for a protected label without the role admin.
   */
  readonly label: Mutation<CollectionLabelInput, LabelChange>;

  /**
   * Since when deletions and labels are recorded; null where nothing is. What was deleted before, and restored, is
   * there in reads `asOf` an earlier timestamp.
   */
  readonly knownSince: Query<undefined, string | null>;

  /** The labels of a key, by name; none for an unknown key. */
  readonly labels: Query<CollectionLabelsInput, LabelOfKey[]>;

  /** The facts of a key itself; null where it has none, and for an unknown key. */
  readonly about: Query<CollectionKeyInput, About | null>;

  /**
   * Changes the title, description, owner, links and tags of a key itself: absent fields stay, null clears. NOT_FOUND
   * for a key without versions; CONFLICT with `current` for a stale `ifUpdated`.
   */
  readonly update: Mutation<CollectionUpdateInput, About>;

  /**
   * Adds tags to up to 1,000 keys and removes others, in one transaction; keys without versions are returned as
   * `missing`. CONFLICT where a key would have more than 50 tags.
   */
  readonly tagMany: Mutation<CollectionTagManyInput, CollectionsTagged>;

  /** The latest version of each key where it matches, by limit (50, at most 200) and offset. */
  readonly list: Query<CollectionListInput | undefined, ArtifactCollection[]>;

  /** As `list`, by cursor; `pinned` leaves out keys that the caller pinned, or all others. */
  readonly page: Query<CollectionPageInput | undefined, SearchedPage<ArtifactCollection>>;

  /**
   * The keys whose latest version the caller has not seen, the newest first, each with the version that they saw last.
   * What exists when somebody first looks or signs in is read.
   */
  readonly unread: Query<CollectionUnreadInput | undefined, Unread>;

  /** Says that the caller has seen a version of a key, and those before. NOT_FOUND where the key has no versions. */
  readonly markRead: Mutation<CollectionMarkReadInput, ReadMark>;

  /** Says that the caller has seen all versions that were created until a time. */
  readonly markAllRead: Mutation<CollectionMarkAllReadInput, { since: string }>;

  /** The keys that the caller pinned, and those that everyone has pinned, by key. */
  readonly pins: Query<undefined, Pin[]>;

  /**
   * Pins a key for the caller, of any role; without a credential, for everyone. NOT_FOUND where the key has no
   * versions; CONFLICT for more than 100 keys.
   */
  readonly pin: Mutation<CollectionKeyInput, Pin>;

  /**
   * Unpins a key, which may have no versions any more; one that is not pinned stays so. FORBIDDEN without the role
   * admin where everyone has it pinned.
   */
  readonly unpin: Mutation<CollectionKeyInput, Unpinned>;

  /** The number of keys whose latest version matches; see `atMost` for its bound. */
  readonly count: Query<CollectionCountInput | undefined, number>;

  /** Types, flows, deployments, states and tags of the matching latest versions, with counts. */
  readonly facets: Query<CollectionFacetsInput | undefined, Facets>;

  /**
   * The folders directly in a folder, up to 1,000 by name, with how many keys anywhere in each have a latest version
   * that matches: keys with slashes are in folders as files are.
   */
  readonly folders: Query<CollectionFoldersInput | undefined, KeyFolder[]>;

  /** The number, rows or size of each version of a key, for a chart; empty where no version has it. */
  readonly series: Query<CollectionSeriesInput, Series>;

  /**
   * The number, rows and size of the last 20 versions of each of up to 200 keys, for changes and small charts in lists.
   * The version before another is the greatest number below it.
   */
  readonly trends: Query<CollectionTrendsInput, Trend[]>;

  /**
   * Who wrote versions of a key, when, why and what, the newest first, under the keys that it had before too. Calls
   * that write many versions are one event.
   */
  readonly history: Query<CollectionHistoryInput, Page<Event>>;

  /**
   * The versions of a page of a key whose data is that of a version before, with its number: `v47` is the same as
   * `v41`.
   */
  readonly sameData: Query<CollectionSameDataInput, SameData[]>;

  /**
   * Gives all versions of a key, deleted ones too, another key, and what belongs to them. Until the old key has
   * versions again it refers to the new one: `collection.latest` and `artifact.read` follow, writes say NOT_FOUND with
   * `renamedTo`. NOT_FOUND where the key has no versions; CONFLICT where the new one has any, in the trash too, and for
   * more than 200,000 versions. Renaming it back undoes it.
   */
  readonly rename: Mutation<CollectionRenameInput, KeyRenamed>;

  /** The key that a key without versions was renamed to; null where it was not. */
  readonly renamedTo: Query<CollectionKeyInput, string | null>;

  /**
   * Moves every version of a key to the trash; `trash.restoreRemoval` undoes it. NOT_FOUND where the key has no
   * versions.
   */
  readonly remove: Mutation<CollectionRemoveInput, CollectionRemoved>;

  /** As `remove`, for up to 1,000 keys in one transaction; keys without versions are returned as `missing`. */
  readonly removeMany: Mutation<CollectionKeysInput, CollectionsRemoved>;
}

export interface TrashProcedures {
  /** The deleted versions, most recently deleted first, by limit (50, at most 200) and offset. */
  readonly list: Query<TrashListInput | undefined, TrashedArtifact[]>;

  /** As `list`, by cursor. */
  readonly page: Query<TrashPageInput | undefined, Page<TrashedArtifact>>;

  /** The number of deleted versions; see `atMost` for its bound. */
  readonly count: Query<TrashCountInput | undefined, number>;

  /** Restores all versions of one removal. Returns their number. NOT_FOUND where none of them is in the trash. */
  readonly restoreRemoval: Mutation<RemovalInput, { versions: number }>;

  /** Permanently deletes some or all versions in the trash. Returns their number. Role: admin. */
  readonly purge: Mutation<TrashPurgeInput, { purged: number }>;
}

export interface FlowProcedures {
  /** Creates a flow, or returns the existing one of that name. */
  readonly create: Mutation<FlowCreateInput, Flow>;

  /** One flow by id. NOT_FOUND. */
  readonly read: Query<ByIdInput, Flow>;

  /** Changes tags or labels: absent fields stay. NOT_FOUND. */
  readonly update: Mutation<FlowUpdateInput, Flow>;

  /** The matching flows, by limit (50, at most 200) and offset. */
  readonly list: Query<FlowListInput | undefined, Flow[]>;

  /** As `list`, by cursor. */
  readonly page: Query<FlowPageInput | undefined, Page<Flow>>;

  /** The number of matching flows; see `atMost` for its bound. */
  readonly count: Query<FlowCountInput | undefined, number>;

  /** Deletes a flow with its deployments, flow runs and task runs; their artifacts stay. NOT_FOUND. */
  readonly remove: Mutation<ByIdInput, ById>;
}

export interface DeploymentProcedures {
  /** Creates a deployment, or returns the existing one of that flow and name. NOT_FOUND for an unknown flow. */
  readonly create: Mutation<DeploymentCreateInput, Deployment>;

  /** One deployment by id. NOT_FOUND. */
  readonly read: Query<ByIdInput, Deployment>;

  /** Changes a deployment: absent fields stay, null clears. NOT_FOUND. */
  readonly update: Mutation<DeploymentUpdateInput, Deployment>;

  /** The matching deployments, by limit (50, at most 200) and offset. */
  readonly list: Query<DeploymentListInput | undefined, Deployment[]>;

  /** As `list`, by cursor. */
  readonly page: Query<DeploymentPageInput | undefined, Page<Deployment>>;

  /** The number of matching deployments; see `atMost` for its bound. */
  readonly count: Query<DeploymentCountInput | undefined, number>;

  /** The number of matching deployments of each flow. */
  readonly countBy: Query<DeploymentCountByInput, Counts>;

  /** Deletes a deployment; its flow runs stay. NOT_FOUND. */
  readonly remove: Mutation<ByIdInput, ById>;
}

export interface FlowRunProcedures {
  /**
   * Creates a flow run, or returns the existing one of that flow and idempotency key. NOT_FOUND for an unknown flow.
   */
  readonly create: Mutation<FlowRunCreateInput, FlowRun>;

  /** One flow run by id. NOT_FOUND. */
  readonly read: Query<ByIdInput, FlowRun>;

  /** Changes name, tags, state or times: absent fields stay, null clears. NOT_FOUND. */
  readonly update: Mutation<FlowRunUpdateInput, FlowRun>;

  /**
   * Sets the state by the rules of Prefect's server, where `update` sets it in any case: a FAILED run with `retries`
   * left becomes AwaitingRetry, and RUNNING before the scheduled time changes nothing. NOT_FOUND.
   */
  readonly propose: Mutation<FlowRunProposeInput, FlowRunProposal>;

  /** The matching flow runs, by limit (50, at most 200) and offset. */
  readonly list: Query<FlowRunListInput | undefined, FlowRun[]>;

  /** As `list`, by cursor. */
  readonly page: Query<FlowRunPageInput | undefined, Page<FlowRun>>;

  /** The number of matching flow runs; see `atMost` for its bound. */
  readonly count: Query<FlowRunCountInput | undefined, number>;

  /** Flows, deployments, states and tags of the matching flow runs, with counts. They have no types. */
  readonly facets: Query<FlowRunFacetsInput | undefined, Facets>;

  /** How many artifacts each of up to 200 flow runs has, by the run's id; above 1,000 it is 1,001. */
  readonly artifactCounts: Query<FlowRunArtifactCountsInput, Counts>;

  /** The matching flow runs by state, in intervals of time, for a chart. */
  readonly history: Query<FlowRunHistoryInput, RunInterval[]>;

  /** Deletes a flow run with its task runs; its artifacts stay. NOT_FOUND. */
  readonly remove: Mutation<ByIdInput, ById>;
}

export interface TaskRunProcedures {
  /**
   * Creates a task run, or returns the existing one of that flow run, task key and dynamic key. NOT_FOUND for an
   * unknown flow run.
   */
  readonly create: Mutation<TaskRunCreateInput, TaskRun>;

  /**
   * Records up to 200 states that task runs entered, in any order: task runs are created by their id, and of several
   * states of one the last to occur counts. Task runs of a flow run that does not exist are left out.
   */
  readonly record: Mutation<TaskRunRecordInput, { recorded: number }>;

  /** One task run by id. NOT_FOUND. */
  readonly read: Query<ByIdInput, TaskRun>;

  /** Changes name, tags, state or times: absent fields stay, null clears. NOT_FOUND. */
  readonly update: Mutation<TaskRunUpdateInput, TaskRun>;

  /** The matching task runs, by limit (50, at most 200) and offset. */
  readonly list: Query<TaskRunListInput | undefined, TaskRun[]>;

  /** As `list`, by cursor. */
  readonly page: Query<TaskRunPageInput | undefined, Page<TaskRun>>;

  /** The number of matching task runs; see `atMost` for its bound. */
  readonly count: Query<TaskRunCountInput | undefined, number>;

  /** The number of matching task runs of each state, or of each flow run. */
  readonly countBy: Query<TaskRunCountByInput, Counts>;

  /** The matching task runs by state, in intervals of time, for a chart. */
  readonly history: Query<TaskRunHistoryInput, RunInterval[]>;

  /** Deletes a task run; its artifacts stay. NOT_FOUND. */
  readonly remove: Mutation<ByIdInput, ById>;
}

export interface EventProcedures {
  /**
   * Who wrote what, the newest first, by limit (50, at most 200) and offset. `GET /api/audit` sends all, as JSON lines.
   */
  readonly list: Query<EventListInput | undefined, Event[]>;

  /** As `list`, by cursor. */
  readonly page: Query<EventPageInput | undefined, Page<Event>>;

  /** The number of matching events; see `atMost` for its bound. */
  readonly count: Query<EventCountInput | undefined, number>;

  /** Everyone who ever wrote, by kind and name. */
  readonly actors: Query<undefined, Actor[]>;
}

export interface ViewProcedures {
  /** The caller's own views and the shared ones, by name. A role that is limited to keys has its own alone. */
  readonly list: Query<undefined, SavedView[]>;

  /** A view by id. NOT_FOUND for one that does not exist, or is somebody else's. */
  readonly read: Query<ByIdInput, SavedView>;

  /** The view that the caller's list opens with; null for none. */
  readonly default: Query<undefined, SavedView | null>;

  /**
   * Saves a list of artifacts under a name: the caller's own, or with `shared` everyone's, which requires the role
   * write. Without credentials all views are shared. CONFLICT for a name that is used, and beyond 200 views.
   */
  readonly create: Mutation<ViewCreateInput, SavedView>;

  /**
   * Changes a view: absent fields stay. NOT_FOUND; CONFLICT for a name that is used, and with `current` for a stale
   * `ifUpdated`; FORBIDDEN for a shared view without the role write.
   */
  readonly update: Mutation<ViewUpdateInput, SavedView>;

  /**
   * Deletes a view; `create` with its id brings it back. NOT_FOUND; FORBIDDEN for a shared view without the role write.
   */
  readonly remove: Mutation<ChangeByIdInput, { id: string }>;

  /** Chooses the view that the caller's list opens with, or none with `id: null`. NOT_FOUND. */
  readonly setDefault: Mutation<ViewDefaultInput, { id: string | null }>;
}

export interface PersonProcedures {
  /** Who signed in by OpenID Connect, by name, by limit (50, at most 200) and offset. */
  readonly list: Query<PersonListInput | undefined, Person[]>;

  /** How many people there are. */
  readonly count: Query<undefined, number>;

  /**
   * Deletes a person and ends their sessions. What they wrote stays, by "Deleted person". They can sign in again as a
   * new person while their groups have a role. NOT_FOUND for an unknown id.
   */
  readonly remove: Mutation<ChangeByIdInput, { id: string }>;

  /** Ends all sessions of a person, who can sign in again. Returns how many there were. NOT_FOUND for an unknown id. */
  readonly signOut: Mutation<ChangeByIdInput, PersonSignedOut>;
}

export interface SearchProcedures {
  /**
   * The latest versions of keys that match best, without a cursor: those that have the free text of the query in key or
   * title first, then in description or names of columns, then elsewhere, the newest first among equals. Of more than
   * 2,000 that match the newest are compared.
   */
  readonly best: Query<SearchBestInput, ArtifactCollection[]>;

  /** How many versions changed and are not yet searched as they are now; at most 10,000 are counted. */
  readonly pending: Query<undefined, number>;

  /**
   * Why a query finds artifacts: the texts that have its words, with the offsets of matches, and where in the data they
   * are (rows, path or heading). For the ids of a page, up to 200; up to 4 MB of their data is read.
   */
  readonly why: Query<SearchWhyInput, SearchReasons>;
}

export interface ApiKeyProcedures {
  /**
   * All API keys: those of `VITRINE_API_KEYS` by name, then those of the database, then revoked ones. Never a secret.
   */
  readonly list: Query<undefined, ApiKey[]>;

  /**
   * Makes an API key, and returns it with its secret, which is not stored and never shown again. CONFLICT for a name
   * that another one has.
   */
  readonly create: Mutation<ApiKeyCreateInput, CreatedApiKey>;

  /**
   * Changes the role, the reached keys or the expiry of an API key, whose open streams end. NOT_FOUND; CONFLICT for a
   * revoked one.
   */
  readonly update: Mutation<ApiKeyUpdateInput, ApiKey>;

  /**
   * Revokes an API key for ever, with its sessions and open streams: in this process at once, in all others within a
   * second. NOT_FOUND; CONFLICT for the last one with the role admin, where no other credential has it.
   */
  readonly revoke: Mutation<ApiKeyRevokeInput, ApiKey>;
}

export interface AdminProcedures {
  /** Checks the invariants of the live database. Returns the violations. */
  readonly doctor: Query<undefined, Violation[]>;

  /**
   * Checks that the data of the next versions, by id, is what was written, by its size and hash: at most 2,000
   * versions, or 32 MB. Returns the violations, and where the next batch begins.
   */
  readonly checkData: Query<AdminCheckDataInput | undefined, DataCheck>;

  /**
   * Compares the next 1,000 files, by hash, with what the blob store has. Returns the violations, what only one of both
   * knows, and where the next batch begins.
   */
  readonly checkFiles: Query<AdminCheckFilesInput | undefined, FilesCheck>;

  /**
   * As `checkFiles`; files that the blob store lacks are asked for again by the next upload of the same bytes, and with
   * `orphans` those that the database does not know are deleted in two days.
   */
  readonly repairFiles: Mutation<AdminRepairFilesInput | undefined, FilesCheck>;

  /**
   * Checks that search finds the next versions, by id, and their keys by what they have now: at most 1,000 versions, or
   * 16 MB. Returns the violations, and where the next batch begins; the last one has no versions.
   */
  readonly checkSearch: Query<AdminCheckDataInput | undefined, DataCheck>;

  /** As `checkSearch`; what is wrong is put right in the background. */
  readonly repairSearch: Mutation<AdminCheckDataInput | undefined, DataCheck>;

  /**
   * Moves the next data above the inline limit to the blob store, or back into the database, by id; from then on, what
   * is written goes there too. Returns where the next batch begins. CONFLICT without a blob store, and while a server
   * of an earlier version runs.
   */
  readonly moveData: Mutation<AdminMoveDataInput, DataMoved>;

  /** Whether a pooler is between the server and its database, and what follows from it. */
  readonly database: Query<undefined, DatabaseStatus>;

  /** The labels that only the role admin may set and remove, by name. */
  readonly protectedLabels: Query<undefined, string[]>;

  /** Replaces the protected labels. Returns them, by name. */
  readonly protectLabels: Mutation<ProtectLabelsInput, string[]>;

  /**
   * Imports up to 500 rows with their ids and timestamps in one transaction. A row that exists already, also in the
   * trash, stays as it is, so that an import can be repeated.
   */
  readonly import: Mutation<AdminImportInput, ImportResult>;

  /** Which of up to 1,000 ids exist, artifacts also in the trash, each with the timestamp of its last change. */
  readonly known: Query<AdminKnownInput, KnownRow[]>;

  /**
   * Starts or resumes the restore of a backup. Returns the parts received so far; send the others to
   * `/api/restore/BACKUP/NUMBER`. CONFLICT where the database is not empty, unless this backup was restored into it.
   */
  readonly restore: Mutation<AdminRestoreInput, RestoreState>;
}

/** Every query and mutation of the server: `artifact.create.mutate({ key: "report", data: "# Hi" })`. */
export interface Procedures {
  readonly artifact: ArtifactProcedures;
  readonly collection: CollectionProcedures;
  readonly trash: TrashProcedures;
  readonly flow: FlowProcedures;
  readonly deployment: DeploymentProcedures;
  readonly flowRun: FlowRunProcedures;
  readonly taskRun: TaskRunProcedures;
  readonly event: EventProcedures;
  readonly view: ViewProcedures;
  readonly person: PersonProcedures;
  readonly search: SearchProcedures;
  readonly apiKey: ApiKeyProcedures;
  readonly admin: AdminProcedures;
}
