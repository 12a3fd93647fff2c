import { sql } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { generatedId, plainText, timestamp } from "./column";

/** People who signed in by OpenID Connect; each is the actor with the same id, which stays when the person is deleted. */
export const person = pgTable(
  "person",
  {
    id: generatedId(),
    issuer: plainText("issuer").notNull(),
    /** Who it is at the issuer. */
    subject: plainText("subject").notNull(),
    name: text("name").notNull(),
    email: text("email"),
    /** As of the last sign-in. */
    role: text("role").$type<"read" | "write" | "admin">().notNull(),
    created: timestamp("created").notNull().default(sql`statement_timestamp()`),
    signedIn: timestamp("signed_in").notNull().default(sql`statement_timestamp()`),
  },
  (table) => [uniqueIndex("person_subject").on(table.issuer, table.subject)],
);

/** Sessions of people. One that ends early moves to `ended_session`, which every process reads. */
export const personSession = pgTable(
  "person_session",
  {
    id: text("id").primaryKey(),
    personId: uuid("person_id").notNull(),
    /** Those of the person at sign-in that have a role. */
    groups: text("groups").array().notNull(),
    /** That of the sign-in, for the sign-out at the provider. */
    idToken: text("id_token"),
    created: timestamp("created").notNull().default(sql`statement_timestamp()`),
    expires: timestamp("expires").notNull(),
  },
  (table) => [index("person_session_person").on(table.personId), index("person_session_expires").on(table.expires)],
);
