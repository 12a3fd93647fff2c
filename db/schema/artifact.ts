import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  type PgColumnBuilderBase,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Artifact, Metadata } from "#contract/artifact";
import type { Preview } from "#contract/preview";
import { blob } from "./blob";
import { hex, jsonb, jsonText, plainText, timestamp, transactionId } from "./column";

/** The columns of a version that the API returns. Statements that write or move whole rows take them from here. */
const version = () =>
  ({
    id: uuid("id").primaryKey(),
    key: plainText("key"),
    version: bigint("version", { mode: "number" }),
    type: text("type"),
    description: text("description"),
    metadata: jsonb("metadata").$type<Metadata>(),
    /** Sorted; null for none, so that versions without tags cost nothing in the index. */
    tags: text("tags").array(),
    flowRunId: uuid("flow_run_id"),
    taskRunId: uuid("task_run_id"),
    created: timestamp("created").notNull(),
    updated: timestamp("updated").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    rows: integer("rows"),
    number: doublePrecision("number"),
    /** Of the data's UTF-8 bytes, exactly as stored; null until it is made for versions of programs of 0015 and earlier. */
    sha256: hex("sha256"),
    restoredFrom: bigint("restored_from", { mode: "number" }),
  }) satisfies Record<keyof Omit<Artifact, "data" | "preview" | "labels">, PgColumnBuilderBase>;

/** Who wrote a version, and why. */
const authors = () => ({
  createdBy: uuid("created_by"),
  updatedBy: uuid("updated_by"),
  reason: text("reason"),
  /**
   * The transaction that created it, where the version stands for the event of that: a row of `event` would cost as much
   * as the version. Null where there is such a row, and for all but the last version that a call creates under a key.
   */
  createdXid: transactionId("created_xid"),
  createdService: text("created_service"),
  createdRequest: text("created_request"),
  /** The flow run that the caller claimed to be, where the version names none. */
  createdRun: uuid("created_run"),
  /** How many versions the event is about, if several. */
  createdVersions: integer("created_versions"),
});

/** The flow of the flow run, set by triggers, so that the newest artifacts of a flow come from one index. */
const flowColumn = () => ({ flowId: uuid("flow_id") });

/**
 * Every version that is not in the trash, without its data, so that lists stay small. No index has `updated`: an update that
 * changes no other column of an index then writes no entry to any.
 */
export const artifact = pgTable("artifact", { ...version(), ...flowColumn(), ...authors() }, (table) => [
  // With `number`, `rows` and `size` as further columns (written by hand in the migration), so that trends read it alone.
  unique("artifact_key_version").on(table.key, table.version),
  check("artifact_key_has_version", sql`(${table.key} is null) = (${table.version} is null)`),
  index("artifact_created").on(table.created, table.id),
  // With the key as a column, an index-only scan can skip the rows of a deep offset.
  index("artifact_key").on(sql`coalesce(${table.key}, '~')`, table.id, table.key),
  index("artifact_key_created").on(table.key, table.created, table.id),
  index("artifact_type_created").on(table.type, table.created, table.id),
  index("artifact_size").on(table.size, table.id),
  index("artifact_flow_created").on(table.flowId, table.created, table.id).where(sql`${table.flowId} is not null`),
  // Without the versions that have none: an update writes an entry to each index.
  index("artifact_flow_run").on(table.flowRunId).where(sql`${table.flowRunId} is not null`),
  index("artifact_task_run").on(table.taskRunId).where(sql`${table.taskRunId} is not null`),
  index("artifact_metadata").using("gin", table.metadata).where(sql`${table.metadata} is not null`),
  index("artifact_tags").using("gin", table.tags).where(sql`${table.tags} is not null`),
  index("artifact_without_hash").on(table.id).where(sql`${table.sha256} is null`),
  // For the events that versions stand for: see `event`.
  index("artifact_created_service").on(table.createdService, table.id).where(sql`${table.createdService} is not null`),
  index("artifact_created_run").on(table.createdRun, table.id).where(sql`${table.createdRun} is not null`),
  index("artifact_created_request").on(table.createdRequest).where(sql`${table.createdRequest} is not null`),
]);

/**
 * The versions that were changed after they were created, in the trash or not, in the order of it; all others are in that of
 * their creation. Written by triggers; deleted with the data.
 */
export const artifactChange = pgTable(
  "artifact_change",
  {
    artifactId: uuid("artifact_id").primaryKey(),
    updated: timestamp("updated").notNull(),
    created: timestamp("created").notNull(),
  },
  (table) => [index("artifact_change_updated").on(table.updated, table.artifactId)],
);

/** The data of versions, in the trash or not, and of revisions; deleted when its version is purged. */
export const artifactData = pgTable(
  "artifact_data",
  {
    artifactId: uuid("artifact_id").primaryKey(),
    /** Null: its bytes are a blob. */
    data: jsonText("data"),
    /** Only a blob that is stored, and locked, is named. */
    blobSha256: hex("blob_sha256").references(() => blob.sha256),
    /** Whether the row of `artifact_preview` is up to date when this one is inserted; else a trigger notes the version. */
    previewed: boolean("previewed"),
  },
  (table) => [
    check("artifact_data_is_in_one_place", sql`(${table.data} is null) <> (${table.blobSha256} is null)`),
    index("artifact_data_blob").on(table.blobSha256).where(sql`${table.blobSha256} is not null`),
  ],
);

/**
 * What lists show of data without reading it: no row where the version's columns already say it. Deleted with the data, by
 * a trigger: a foreign key would have to be checked at each insert.
 */
export const artifactPreview = pgTable("artifact_preview", {
  artifactId: uuid("artifact_id").primaryKey(),
  preview: jsonText("preview").$type<Preview>().notNull(),
});

/** Versions whose preview is to be made: those of earlier programs and restored backups. */
export const artifactPreviewPending = pgTable("artifact_preview_pending", {
  artifactId: uuid("artifact_id").primaryKey(),
});

/**
 * One row per key ever used: its lock, its version counter, and those columns of the latest version that lists sort and
 * filter by. The foreign key of `latest_id` is deferrable (written by hand in the migration).
 */
export const artifactCollection = pgTable(
  "artifact_collection",
  {
    key: plainText("key").primaryKey(),
    id: uuid("id").notNull(),
    lastVersion: bigint("last_version", { mode: "number" }).notNull(),
    lastCreated: timestamp("last_created").notNull(),
    live: bigint("live", { mode: "number" }).notNull(),
    latestId: uuid("latest_id"),
    created: timestamp("created"),
    updated: timestamp("updated"),
    type: text("type"),
    flowRunId: uuid("flow_run_id"),
    taskRunId: uuid("task_run_id"),
    version: bigint("version", { mode: "number" }),
    size: bigint("size", { mode: "number" }),
    rows: integer("rows"),
    number: doublePrecision("number"),
    ...flowColumn(),
  },
  (table) => {
    const hasVersions = sql`${table.latestId} is not null`;
    return [
      unique("artifact_collection_id").on(table.id),
      check("artifact_collection_live", sql`${table.live} >= 0`),
      check("artifact_collection_latest", sql`(${table.latestId} is null) = (${table.live} = 0)`),
      index("artifact_collection_latest_id").on(table.latestId).where(hasVersions),
      index("artifact_collection_created").on(table.created, table.latestId).where(hasVersions),
      index("artifact_collection_type_created").on(table.type, table.created, table.latestId).where(hasVersions),
      index("artifact_collection_flow_created")
        .on(table.flowId, table.created, table.latestId)
        .where(sql`${table.flowId} is not null`),
      index("artifact_collection_flow_run").on(table.flowRunId).where(sql`${table.flowRunId} is not null`),
      index("artifact_collection_type").on(table.type, table.latestId).where(hasVersions),
      index("artifact_collection_size").on(table.size, table.latestId).where(hasVersions),
      index("artifact_collection_version").on(table.version, table.latestId).where(hasVersions),
      index("artifact_collection_live_versions").on(table.live, table.latestId).where(hasVersions),
      index("artifact_collection_number").on(table.number, table.latestId).where(hasVersions),
      index("artifact_collection_rows").on(table.rows, table.latestId).where(hasVersions),
      index("artifact_collection_task_run").on(table.taskRunId).where(sql`${table.taskRunId} is not null`),
      index("artifact_collection_without_versions").on(table.key).where(sql`${table.latestId} is null`),
    ];
  },
);

/**
 * The keys of `artifact_collection`, written by triggers, with the index for parts of them: each version of a key would write
 * to that index if it were in the table above.
 */
export const collectionKey = pgTable("collection_key", { key: plainText("key").primaryKey() }, (table) => [
  index("collection_key_parts").using("gin", sql`${table.key} gin_trgm_ops`),
]);

/** Deleted versions until they are restored or purged, in a table of their own, so that no other query must exclude them. */
export const artifactTrash = pgTable(
  "artifact_trash",
  {
    ...version(),
    removed: timestamp("removed").notNull(),
    /** Shared by all versions removed in one call. */
    removal: uuid("removal").notNull(),
    ...authors(),
    removedBy: uuid("removed_by"),
    /** The labels that it lost by the deletion. */
    labels: text("labels").array(),
  },
  (table) => [
    index("artifact_trash_removed").on(table.removed, table.id),
    index("artifact_trash_removal").on(table.removal),
    index("artifact_trash_key").on(table.key, table.removed, table.id),
    index("artifact_trash_without_hash").on(table.id).where(sql`${table.sha256} is null`),
  ],
);

/** Idempotency keys already used, each with a hash of the request body. */
export const artifactIdempotency = pgTable(
  "artifact_idempotency",
  {
    key: plainText("key").primaryKey(),
    hash: text("hash").notNull(),
    artifactId: uuid("artifact_id").notNull(),
    used: timestamp("used").notNull(),
    /** Whether the artifact existed already, and had the content that was to be created. */
    unchanged: boolean("unchanged"),
  },
  (table) => [index("artifact_idempotency_used").on(table.used)],
);
