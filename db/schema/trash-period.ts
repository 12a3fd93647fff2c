import { pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { timestamp } from "./column";

/** From when until when versions were in the trash that were restored. A trigger of the trash writes and deletes it. */
export const trashPeriod = pgTable(
  "trash_period",
  {
    artifactId: uuid("artifact_id").notNull(),
    removed: timestamp("removed").notNull(),
    restored: timestamp("restored").notNull(),
  },
  (table) => [primaryKey({ columns: [table.artifactId, table.removed] })],
);
