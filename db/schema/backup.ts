import { integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes } from "./column";

/**
 * The parts of a backup that is being restored, until all have been received and are inserted at once. Part 0 marks a
 * restored backup.
 */
export const backupPart = pgTable(
  "backup_part",
  {
    backup: uuid("backup").notNull(),
    number: integer("number").notNull(),
    head: text("head").notNull(),
    content: bytes("content").notNull(),
  },
  (table) => [primaryKey({ columns: [table.backup, table.number] })],
);
