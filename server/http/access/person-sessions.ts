import { randomBytes } from "node:crypto";
import type { Pools } from "#db/postgres";
import { withSlot } from "#db/slots";
import type { Author } from "#server/models/author";
import { findPersonSession, type PersonSession, type PersonSignIn, signInPerson } from "#server/models/person";
import type { OpenId } from "#server/process/openid-env";
import type { Role } from "#server/routers/context";
import { roleOf } from "./openid";
import { createSigner } from "./signed-text";

/** How many sessions a process remembers; of others it reads the row again. */
const MOST = 10_000;

const PREFIX = "person.";

/** A session of a person that has not ended. */
export interface SignedIn {
  id: string;
  role: Role;
  /** The keys of artifacts that the role reaches, see `KeyPatterns`; null: everything. */
  keys: string | null;
  actor: Author["actor"];
  /** In seconds since 1970. */
  expires: number;
}

/** Sessions of people, in the database; each process remembers those that it has read. */
export interface PersonSessions {
  /** The session of a cookie's value, of those that this process has read. */
  find(value: string): SignedIn | null;
  /** Reads the session of a value that is signed and not known yet; undefined where there is nothing to read. */
  load(value: string): Promise<void> | undefined;
  /** The session of that id, read where it is not known. */
  byId(id: string): Promise<SignedIn | null>;
  /** @returns the value of its cookie, and how long that lasts in seconds */
  begin(person: PersonSignIn, request: Omit<Author, "actor">): Promise<{ value: string; maxAge: number }>;
}

/**
 * A cookie `person.ID.SIGNATURE` is signed with the client's secret, so that only ids that were given out are looked up.
 * Roles are those that the groups of the sign-in have by the configuration of now.
 */
export function createPersonSessions(
  pools: Pools,
  { clientSecret, roles, hours }: Pick<OpenId, "clientSecret" | "roles" | "hours">,
): PersonSessions {
  const signer = createSigner(clientSecret, "session of a person");
  /** By the cookie's value; null for one that has ended or whose groups have no role any more. */
  const known = new Map<string, SignedIn | null>();

  const remember = (value: string, id: string, session: PersonSession | null) => {
    const permitted = session && roleOf(roles, session.groups);
    if (known.size >= MOST) for (const oldest of [...known.keys()].slice(0, MOST / 10)) known.delete(oldest);
    const { actor, expires } = session ?? {};
    known.set(
      value,
      permitted && actor && expires ? { id, role: permitted.role, keys: permitted.keys, actor, expires } : null,
    );
  };

  const find: PersonSessions["find"] = (value) => {
    const session = known.get(value);
    return session && session.expires * 1000 > Date.now() ? session : null;
  };
  const load: PersonSessions["load"] = (value) => {
    if (!value.startsWith(PREFIX) || known.has(value)) return undefined;
    const id = signer.verify(value.slice(PREFIX.length));
    if (id === null) return undefined;
    const read = () => findPersonSession(pools.reads(), id);
    return withSlot("reads", "sessions", read).then((row) => remember(value, id, row));
  };

  return {
    find,
    load,
    async byId(id) {
      const value = PREFIX + signer.sign(id);
      await load(value);
      return find(value);
    },
    async begin(person, request) {
      const id = randomBytes(18).toString("base64url");
      const signIn = () => signInPerson(pools.writes, person, { id, hours }, request);
      const value = PREFIX + signer.sign(id);
      remember(value, id, await withSlot("writes", "sign-in", signIn));
      return { value, maxAge: hours * 3600 };
    },
  };
}
