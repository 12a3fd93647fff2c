import type { Env } from "../process/env";
import type { Role } from "../routers/context";
import { createSession, equalDigests, sha256 } from "./session";

/** The headers of a request, as any of the platform's classes holds them. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** Who may do what. */
export interface Access {
  /** Whether a credential is needed at all. */
  needed: boolean;
  /** What the sender may do: admin where no key is configured, null where one is needed and none that is valid came. */
  roleOf(headers: HeaderReader): Role | null;
  /** The cookie of a browser that signs in with `secret`, or null when no key has it. */
  signIn(secret: string, secure: boolean): string | null;
  /** The cookie that ends it. */
  signOut(): string;
}

/**
 * Reads credentials: an API key as Bearer token, as Basic (its password, or the whole `user:password`), or the cookie
 * of a sign-in. A key that is sent goes before a cookie. Without configured keys everyone is admin: the start refuses
 * that on any address but the machine's own, unless VITRINE_AUTH=none asks for it.
 */
export function createAccess(env: Pick<Env, "apiKeys">): Access {
  const keys = env.apiKeys.map((key) => ({ ...key, digest: sha256(key.secret) }));
  const session = createSession(env.apiKeys);

  // Every key is compared, whatever the first ones gave: time says nothing about which was near.
  const keyOf = (candidates: readonly string[]) => {
    const digests = candidates.map(sha256);
    const matches = keys.filter((key) => digests.filter((sent) => equalDigests(sent, key.digest)).length > 0);
    return matches[0] ?? null;
  };

  return {
    needed: keys.length > 0,
    roleOf(headers) {
      if (keys.length === 0) return "admin";
      const authorization = headers.get("authorization");
      if (authorization !== null) return keyOf(secretsIn(authorization))?.role ?? null;
      return session.keyOf(headers.get("cookie"))?.role ?? null;
    },
    signIn(secret, secure) {
      const key = keyOf([secret]);
      return key && session.begin(key, secure);
    },
    signOut: () => session.end(),
  };
}

/** What an Authorization header may mean as a secret; nothing for a scheme or a form that is not known. */
function secretsIn(authorization: string): string[] {
  const [, scheme = "", sent = ""] = /^([A-Za-z]+) ([^\s,]+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === "bearer") return [sent];
  if (scheme.toLowerCase() !== "basic") return [];
  const pair = Buffer.from(sent, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon < 0 ? [] : [pair, pair.slice(colon + 1)];
}
