import { z } from "zod";
import type { Author } from "#server/models/author";
import type { Role } from "#server/routers/context";
import type { EndedSessions } from "./ended-sessions";
import type { Identity } from "./identity";
import { endOf, type Keyring } from "./keyring";
import type { PersonSessions } from "./person-sessions";

/** What credential a link was made with, without any secret: a kind, an id, and the id of its session. */
export const CredentialName = z.tuple([z.enum(["none", "configured", "stored", "person"]), z.string(), z.string()]);
export type CredentialName = z.output<typeof CredentialName>;

/** Names the credential of a request. */
export function credentialNameOf({
  actor,
  keyId,
  session = "",
}: Pick<Identity, "actor" | "keyId" | "session">): CredentialName {
  if (keyId !== undefined) return ["stored", keyId, session];
  if (actor.kind === "person") return ["person", actor.id, session];
  return [actor.kind === "key" ? "configured" : "none", actor.id, session];
}

interface Credentials {
  required: boolean;
  /** Who calls without any. */
  anyone: Author["actor"];
  configured: readonly { role: Role; keys?: string; name: string; actor: Author["actor"] }[];
  keyring: Keyring;
  ended: Pick<EndedSessions, "has">;
  people: PersonSessions | undefined;
}

/** Finds what a credential may do now by its name; null where it or its session has ended. */
export function createRecall({ required, anyone, configured, keyring, ended, people }: Credentials) {
  return async ([kind, id, session]: CredentialName): Promise<Identity | null> => {
    if (session !== "" && ended.has(session)) return null;
    const ofSession = session === "" ? {} : { session };
    if (kind === "person") {
      const person = (await people?.byId(session)) ?? null;
      if (!person || person.actor.id !== id) return null;
      return { role: person.role, keys: person.keys, caller: `person:${id}`, actor: person.actor, session };
    }
    if (kind === "stored") {
      const key = keyring.byId(id);
      if (!key || endOf(key) !== null) return null;
      const { role, keys, name } = key;
      return { role, keys, caller: `key:${name}`, actor: { id, kind: "key", name }, keyId: id, ...ofSession };
    }
    if (kind === "configured") {
      const key = required ? configured.find(({ actor }) => actor.id === id) : undefined;
      return key
        ? { role: key.role, keys: key.keys ?? null, caller: `key:${key.name}`, actor: key.actor, ...ofSession }
        : null;
    }
    return required ? null : { role: "admin", keys: null, caller: "sandbox", actor: anyone };
  };
}
