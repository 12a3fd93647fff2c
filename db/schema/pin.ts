import { index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { plainText, timestamp } from "./column";

/**
 * The keys that actors pinned, written under the lock of the key; those of the actor `local` are everyone's. They stay in the
 * trash with the versions of the key, and are deleted when it has none there either.
 */
export const pin = pgTable(
  "pin",
  {
    actorId: uuid("actor_id").notNull(),
    key: plainText("key").notNull(),
    created: timestamp("created").notNull(),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.key] }), index("pin_key").on(table.key)],
);
