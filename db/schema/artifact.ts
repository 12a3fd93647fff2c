import { sql } from "drizzle-orm";
import { bigint, check, doublePrecision, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { Metadata } from "#contract/artifact";
import { instant, jsonb, jsonText, plainText } from "./column";

const version = () => ({
  id: uuid("id").primaryKey(),
  key: plainText("key"),
  version: bigint("version", { mode: "number" }),
  type: text("type"),
  description: text("description"),
  metadata: jsonb("metadata").$type<Metadata>(),
  flowRunId: uuid("flow_run_id"),
  taskRunId: uuid("task_run_id"),
  created: instant("created").notNull(),
  updated: instant("updated").notNull(),
  size: integer("size").notNull(),
  rows: integer("rows"),
  number: doublePrecision("number"),
});

/** The flow of the flow run, where that is known: kept by triggers, so that a flow's newest are found by an index alone. */
const itsFlow = () => ({ flowId: uuid("flow_id") });

/** Every living version. Its data lies in `artifact_data`, so that lists stay small. */
export const artifact = pgTable("artifact", { ...version(), ...itsFlow() }, (table) => [
  unique("artifact_key_version").on(table.key, table.version),
  check("artifact_key_has_version", sql`(${table.key} is null) = (${table.version} is null)`),
  index("artifact_created").on(table.created, table.id),
  index("artifact_updated").on(table.updated, table.id),
  // The key itself stands in it too, so that a deep offset is counted off in the index alone.
  index("artifact_key").on(sql`coalesce(${table.key}, '~')`, table.id, table.key),
  index("artifact_key_created").on(table.key, table.created, table.id),
  index("artifact_type_created").on(table.type, table.created, table.id),
  index("artifact_flow_created").on(table.flowId, table.created, table.id).where(sql`${table.flowId} is not null`),
  index("artifact_flow_run").on(table.flowRunId),
  index("artifact_task_run").on(table.taskRunId),
  index("artifact_metadata").using("gin", table.metadata),
]);

/** The data of living and of trashed versions alike; it goes when its version is purged. */
export const artifactData = pgTable("artifact_data", {
  artifactId: uuid("artifact_id").primaryKey(),
  data: jsonText("data").notNull(),
});

/**
 * One row per key that was ever used: the lock of the key, its version counter, and of the latest version only what
 * lists sort and filter by. The pointer's foreign key is deferrable (written by hand in the migration).
 */
export const artifactCollection = pgTable(
  "artifact_collection",
  {
    key: plainText("key").primaryKey(),
    id: uuid("id").notNull(),
    lastVersion: bigint("last_version", { mode: "number" }).notNull(),
    lastCreated: instant("last_created").notNull(),
    live: bigint("live", { mode: "number" }).notNull(),
    latestId: uuid("latest_id"),
    created: instant("created"),
    updated: instant("updated"),
    type: text("type"),
    flowRunId: uuid("flow_run_id"),
    taskRunId: uuid("task_run_id"),
    ...itsFlow(),
  },
  (table) => {
    const living = sql`${table.latestId} is not null`;
    return [
      unique("artifact_collection_id").on(table.id),
      check("artifact_collection_live", sql`${table.live} >= 0`),
      check("artifact_collection_latest", sql`(${table.latestId} is null) = (${table.live} = 0)`),
      index("artifact_collection_latest_id").on(table.latestId).where(living),
      index("artifact_collection_created").on(table.created, table.latestId).where(living),
      index("artifact_collection_updated").on(table.updated, table.latestId).where(living),
      index("artifact_collection_type_created").on(table.type, table.created, table.latestId).where(living),
      index("artifact_collection_flow_created")
        .on(table.flowId, table.created, table.latestId)
        .where(sql`${table.flowId} is not null`),
      index("artifact_collection_flow_run").on(table.flowRunId).where(living),
      index("artifact_collection_task_run").on(table.taskRunId).where(living),
      index("artifact_collection_key_words").using("gin", sql`${table.key} gin_trgm_ops`),
    ];
  },
);

/** Removed versions until they are restored, purged or swept, so that no other query needs to say "and not removed". */
export const artifactTrash = pgTable(
  "artifact_trash",
  { ...version(), removed: instant("removed").notNull(), removal: uuid("removal").notNull() },
  (table) => [
    index("artifact_trash_removed").on(table.removed, table.id),
    index("artifact_trash_removal").on(table.removal),
    index("artifact_trash_key").on(table.key, table.removed, table.id),
  ],
);

/** Idempotency keys already used, with a hash of the body they came with. */
export const artifactIdempotency = pgTable(
  "artifact_idempotency",
  {
    key: plainText("key").primaryKey(),
    hash: text("hash").notNull(),
    artifactId: uuid("artifact_id").notNull(),
    used: instant("used").notNull(),
  },
  (table) => [index("artifact_idempotency_used").on(table.used)],
);
