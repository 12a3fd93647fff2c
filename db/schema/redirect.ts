import { index, pgTable } from "drizzle-orm/pg-core";
import { plainText, timestamp } from "./column";

/** The keys that were renamed, each with the key that its versions have now; written under the locks of both. */
export const keyRedirect = pgTable(
  "key_redirect",
  {
    key: plainText("key").primaryKey(),
    target: plainText("target").notNull(),
    renamed: timestamp("renamed").notNull(),
  },
  (table) => [index("key_redirect_target").on(table.target)],
);
