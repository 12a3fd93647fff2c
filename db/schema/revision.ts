import { bigint, doublePrecision, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { Metadata } from "#contract/artifact";
import { jsonb, timestamp } from "./column";

/**
 * What updates of a version replaced: revision n has the fields as they were before the n-th change, and who changed them,
 * when and why. Deleted with the version's data, by a trigger.
 */
export const artifactRevision = pgTable(
  "artifact_revision",
  {
    artifactId: uuid("artifact_id").notNull(),
    revision: integer("revision").notNull(),
    time: timestamp("time").notNull(),
    actorId: uuid("actor_id"),
    service: text("service"),
    reason: text("reason"),
    /** The columns that were changed; `data` among them. */
    changed: text("changed").array().notNull(),
    description: text("description"),
    metadata: jsonb("metadata").$type<Metadata>(),
    tags: text("tags").array(),
    size: bigint("size", { mode: "number" }).notNull(),
    rows: integer("rows"),
    number: doublePrecision("number"),
    /** Names a row of `artifact_data`: the data before the change; null where it was not changed. */
    dataId: uuid("data_id"),
  },
  (table) => [primaryKey({ columns: [table.artifactId, table.revision] })],
);
