import type { Env } from "../process/env";
import type { Role } from "../routers/context";
import { createSession, equalDigests, sha256 } from "./session";

export interface HeaderReader {
  get(name: string): string | null;
}

export interface Access {
  required: boolean;
  /** Admin where no key is configured; null without a valid credential where one is required. */
  roleOf(headers: HeaderReader): Role | null;
  /** The session cookie for an API key, or null for an invalid one. */
  signIn(secret: string, secure: boolean): string | null;
  signOut(): string;
}

/**
 * Accepts an API key as Bearer token or as Basic (the password, or the whole `user:password`), which takes precedence
 * over a session cookie. Without keys the server starts on loopback only, unless VITRINE_AUTH=none is set.
 */
export function createAccess(env: Pick<Env, "apiKeys">): Access {
  const keys = env.apiKeys.map((key) => ({ ...key, digest: sha256(key.secret) }));
  const session = createSession(env.apiKeys);

  // Compares with every key, so that timing does not reveal which one matched.
  const findKey = (secrets: readonly string[]) => {
    const digests = secrets.map(sha256);
    const matches = keys.filter((key) => digests.filter((digest) => equalDigests(digest, key.digest)).length > 0);
    return matches[0] ?? null;
  };

  return {
    required: keys.length > 0,
    roleOf(headers) {
      if (keys.length === 0) return "admin";
      const authorization = headers.get("authorization");
      if (authorization !== null) return findKey(secretsIn(authorization))?.role ?? null;
      return session.find(headers.get("cookie"))?.role ?? null;
    },
    signIn(secret, secure) {
      const key = findKey([secret]);
      return key && session.create(key, secure);
    },
    signOut: () => session.clear(),
  };
}

/** The secrets that an Authorization header can mean; none for an unknown scheme. */
function secretsIn(authorization: string): string[] {
  const [, scheme = "", credentials = ""] = /^([A-Za-z]+) ([^\s,]+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === "bearer") return [credentials];
  if (scheme.toLowerCase() !== "basic") return [];
  const pair = Buffer.from(credentials, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon < 0 ? [] : [pair, pair.slice(colon + 1)];
}
