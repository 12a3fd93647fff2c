import { isNull } from "drizzle-orm";
import { index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Role } from "#contract/api-key";
import { generatedId, hex, plainText, timestamp, timestamps } from "./column";

/**
 * API keys, without their secrets. They are not part of backups: a restored one would accept keys that were revoked since.
 */
export const apiKey = pgTable(
  "api_key",
  {
    id: generatedId(),
    name: plainText("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    /** The pattern of the keys of artifacts that it reaches; null: all. */
    keys: text("keys"),
    /** How the secret begins. */
    hint: text("hint").notNull(),
    /** SHA-256 of the secret, which is random and long enough for it. */
    digest: hex("digest").notNull(),
    /** A public key, whose private key is made of the secret: it verifies sessions, and can sign none. */
    verifier: hex("verifier").notNull(),
    ...timestamps(),
    createdBy: uuid("created_by"),
    expires: timestamp("expires"),
    lastUsed: timestamp("last_used"),
    revoked: timestamp("revoked"),
    revokedBy: uuid("revoked_by"),
  },
  (table) => [
    uniqueIndex("api_key_digest").on(table.digest),
    uniqueIndex("api_key_name").on(table.name).where(isNull(table.revoked)),
    index("api_key_updated").on(table.updated),
  ],
);
