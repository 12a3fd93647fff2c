import { z } from "zod";
import { KeyPatterns } from "./key-patterns";
import { Id, name, Reason, Timestamp } from "./value";

/** `ignored` in responses of a server that requires no API key to requests with one that it does not know. */
export const KEY_HEADER = "x-vitrine-api-key";

/** What a credential allows; each role includes the one before it. */
export const Role = z.enum(["read", "write", "admin"]);
export type Role = z.infer<typeof Role>;

/** How many API keys that are not revoked a database can have. */
export const MAX_API_KEYS = 1_000;

/** Of an API key: 1 to 64 characters, without spaces around it. */
export const ApiKeyName = name(64).refine((text) => text === text.trim(), {
  error: "must not begin or end with a space",
});

/** Until when an API key is valid; null: for ever. */
const Expires = Timestamp.nullish();

/** Input of `apiKey.create`; without `keys` it reaches the artifacts of all keys. */
export const ApiKeyCreate = z.strictObject({
  name: ApiKeyName,
  role: Role,
  keys: KeyPatterns.nullish(),
  expires: Expires,
  reason: Reason.nullish(),
});
export type ApiKeyCreate = z.infer<typeof ApiKeyCreate>;

/** Input of `apiKey.update`: absent fields stay; `keys: null` is all keys, and `expires: null` never. */
export const ApiKeyUpdate = z.strictObject({
  id: Id,
  role: Role.optional(),
  keys: KeyPatterns.nullish(),
  expires: Expires,
  reason: Reason.nullish(),
});
export type ApiKeyUpdate = z.infer<typeof ApiKeyUpdate>;

/** Input of `apiKey.revoke`. */
export const ApiKeyRevoke = z.strictObject({ id: Id, reason: Reason.nullish() });
export type ApiKeyRevoke = z.infer<typeof ApiKeyRevoke>;

/** A credential of a program or a person. */
export interface ApiKey {
  /** Null for a key of `VITRINE_API_KEYS`, which only that variable changes. */
  id: string | null;
  /** Who writes with it, in the history; it never changes. */
  name: string;
  role: Role;
  /** The keys of artifacts that it reaches, see `KeyPatterns`; null: all. */
  keys: string | null;
  /** How its secret begins; null for a key of `VITRINE_API_KEYS`. */
  hint: string | null;
  created: string | null;
  /** Who made it. */
  createdBy: string | null;
  expires: string | null;
  /** To the minute; null where it was never used, and for a key of `VITRINE_API_KEYS`. */
  lastUsed: string | null;
  revoked: string | null;
  /** Who revoked it. */
  revokedBy: string | null;
}

/** A new API key, with the secret that is never shown again. */
export interface CreatedApiKey extends ApiKey {
  id: string;
  secret: string;
}
