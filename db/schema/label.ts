import { bigint, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { plainText, timestamp } from "./column";

/**
 * Names for versions of keys, written under the lock of the key. A version that is not there has none: deletions refuse to
 * take a labelled one, or take its labels with it into the trash.
 */
export const label = pgTable(
  "label",
  {
    key: plainText("key").notNull(),
    name: plainText("name").notNull(),
    artifactId: uuid("artifact_id").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
    updated: timestamp("updated").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.key, table.name] }),
    index("label_artifact").on(table.artifactId),
    index("label_name").on(table.name, table.artifactId),
  ],
);

/** The labels that only the role admin may move. */
export const protectedLabel = pgTable("protected_label", { name: plainText("name").primaryKey() });
