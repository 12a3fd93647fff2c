import { sql } from "drizzle-orm";
import { index, pgTable, text } from "drizzle-orm/pg-core";
import { timestamp } from "./column";

/** Sessions that were signed out before they expire; every process refuses their cookies. */
export const endedSession = pgTable(
  "ended_session",
  {
    id: text("id").primaryKey(),
    expires: timestamp("expires").notNull(),
    ended: timestamp("ended").notNull().default(sql`clock_timestamp()`),
  },
  (table) => [index("ended_session_ended").on(table.ended)],
);
