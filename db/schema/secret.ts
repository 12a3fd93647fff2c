import { pgTable, text } from "drizzle-orm/pg-core";

/** Random secrets that the servers of this database have in common; backups have none of them. */
export const serverSecret = pgTable("server_secret", {
  name: text("name").primaryKey(),
  secret: text("secret").notNull(),
});
