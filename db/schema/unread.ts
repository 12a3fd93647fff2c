import { bigint, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { plainText, timestamp } from "./column";

/** From when on versions are unread for an actor: the first sign-in or look, or when all were marked as read. */
export const reader = pgTable("reader", {
  actorId: uuid("actor_id").primaryKey(),
  since: timestamp("since").notNull(),
});

/** The latest version of a key that an actor has seen. */
export const readMark = pgTable(
  "read_mark",
  {
    actorId: uuid("actor_id").notNull(),
    key: plainText("key").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.key] }), index("read_mark_key").on(table.key)],
);
