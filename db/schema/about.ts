import { sql } from "drizzle-orm";
import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Link } from "#contract/about";
import { jsonb, plainText, timestamp } from "./column";

/**
 * Facts of keys themselves, written under the lock of the key. They stay in the trash with its versions, and are deleted
 * when it has none there either.
 */
export const collectionAbout = pgTable(
  "collection_about",
  {
    key: plainText("key").primaryKey(),
    title: text("title"),
    description: text("description"),
    owner: text("owner"),
    links: jsonb("links").$type<Link[]>(),
    /** Sorted; null for none, as for versions. */
    tags: text("tags").array(),
    updated: timestamp("updated").notNull(),
    updatedBy: uuid("updated_by"),
  },
  (table) => [
    index("collection_about_tags").using("gin", table.tags),
    index("collection_about_owner").on(table.owner, table.key).where(sql`${table.owner} is not null`),
  ],
);
