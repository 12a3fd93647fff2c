import { sql } from "drizzle-orm";
import { bigint, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { ActorKind } from "#contract/event";
import type { Json } from "#contract/json";
import { jsonb, plainText, timestamp, transactionId } from "./column";

/** Everyone who wrote. Rows are never deleted; their ids are in rows of other tables, without a foreign key. */
export const actor = pgTable("actor", {
  id: uuid("id").primaryKey(),
  kind: text("kind").$type<ActorKind>().notNull(),
  name: text("name").notNull(),
  created: timestamp("created").notNull().default(sql`statement_timestamp()`),
});

/**
 * Every write, inserted by its statement, but for the creates that versions stand for: see `createdXid` of `artifact`. Those
 * are inserted under the id of the version when it is deleted permanently or its key is renamed. All other ids are those of
 * the time of insertion; in the order of commits, both are read by (`xid`, `id`) up to the oldest transaction that runs.
 */
export const event = pgTable(
  "event",
  {
    id: uuid("id").primaryKey().default(sql`id_at(clock_timestamp(), gen_random_uuid())`),
    xid: transactionId("xid").notNull().default(sql`pg_current_xact_id()`),
    time: timestamp("time").notNull().default(sql`clock_timestamp()`),
    actorId: uuid("actor_id"),
    service: text("service"),
    flowRunId: uuid("flow_run_id"),
    verb: text("verb").notNull(),
    key: plainText("key"),
    artifactId: uuid("artifact_id"),
    version: bigint("version", { mode: "number" }),
    reason: text("reason"),
    requestId: text("request_id"),
    before: jsonb("before").$type<{ [field: string]: Json }>(),
    after: jsonb("after").$type<{ [field: string]: Json }>(),
  },
  (table) => [
    index("event_key").on(table.key, table.id),
    index("event_artifact").on(table.artifactId, table.id),
    // Writes that claim neither a service nor a run pay nothing for these.
    index("event_service").on(table.service, table.id).where(sql`${table.service} is not null`),
    index("event_flow_run").on(table.flowRunId, table.id).where(sql`${table.flowRunId} is not null`),
    index("event_request").on(table.requestId).where(sql`${table.requestId} is not null`),
    // For reads as of a timestamp.
    index("event_label").on(table.time).where(sql`${table.verb} = 'collection.label'`),
  ],
);

/**
 * Versions with smaller ids than the greatest one here stand for no events: these were deleted for their age, or are rows.
 * No row: none was deleted.
 */
export const eventWatermark = pgTable("event_watermark", { id: uuid("id").primaryKey() });
