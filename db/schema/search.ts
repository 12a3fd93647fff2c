import { type Column, type SQL, sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { plainText } from "./column";

/** The words of a text of `SearchText` as the index has them, without positions. `of` may be null. */
export function wordVector(of: Column | SQL): SQL {
  return sql`array_to_tsvector(string_to_array(translate(${of}, chr(10), ' '), ' '))`;
}

/** What every version that is not in the trash is found by, see `SearchText`: in one row, and derived from its own. */
export const searchVersion = pgTable(
  "search_version",
  {
    artifactId: uuid("artifact_id").primaryKey(),
    words: text("words").notNull(),
    /** Null for none, so that versions without them cost nothing in the index. */
    names: text("names"),
    /** Whether it has text that is not in `words`. */
    partial: boolean("partial").notNull(),
  },
  (table) => [
    index("search_version_words").using("gin", wordVector(table.words)),
    index("search_version_names").using("gin", sql`${table.names} gin_trgm_ops`).where(sql`${table.names} is not null`),
  ],
);

/** The same of the latest version of each key, of larger data too, and of the key itself. */
export const searchLatest = pgTable(
  "search_latest",
  {
    key: plainText("key").primaryKey(),
    artifactId: uuid("artifact_id").notNull(),
    words: text("words").notNull(),
    names: text("names"),
    partial: boolean("partial").notNull(),
    keyWords: text("key_words").notNull(),
    keyNames: text("key_names").notNull(),
  },
  (table) => [
    index("search_latest_artifact").on(table.artifactId),
    index("search_latest_words").using("gin", wordVector(table.words)),
    index("search_latest_names").using("gin", sql`${table.names} gin_trgm_ops`).where(sql`${table.names} is not null`),
    index("search_latest_key_words").using("gin", wordVector(table.keyWords)),
    index("search_latest_key_names").using("gin", sql`${table.keyNames} gin_trgm_ops`),
  ],
);

/** Versions and keys whose rows in the two tables are to be made again, noted by triggers when they change. */
export const searchPending = pgTable("search_pending", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  artifactId: uuid("artifact_id"),
  key: plainText("key"),
});
