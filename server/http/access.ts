import type { Env } from "../process/env";
import type { Role } from "../routers/context";
import type { HeaderReader } from "./message";
import { createProxies } from "./proxies";
import { createSession, equalDigests, sha256 } from "./session";

export interface Identity {
  /** Admin where no key is configured; null without a valid credential where one is required. */
  role: Role | null;
  /** `key:NAME` for a valid credential, otherwise the client's address. Work is shared out by it. */
  caller: string;
}

export interface Access {
  required: boolean;
  /** @param remoteAddress the other end of the connection */
  identify(headers: HeaderReader, remoteAddress: string): Identity;
  /** Whether a trusted proxy received the request by HTTPS. */
  isHttps(headers: HeaderReader, remoteAddress: string): boolean;
  /** The session cookie for an API key, or null for an invalid one. */
  signIn(secret: string, secure: boolean): string | null;
  signOut(): string;
}

/**
 * Accepts an API key as Bearer token or as Basic (the password, or the whole `user:password`), which takes precedence
 * over a session cookie. Without keys the server starts on loopback only, unless VITRINE_AUTH=none is set.
 */
export function createAccess(env: Pick<Env, "apiKeys" | "trustedProxies">): Access {
  const { addressOf, isHttps } = createProxies(env.trustedProxies);
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
    isHttps,
    identify(headers, remoteAddress) {
      if (keys.length === 0) return { role: "admin", caller: addressOf(headers, remoteAddress) };
      const authorization = headers.get("authorization");
      const key = authorization === null ? session.find(headers.get("cookie")) : findKey(secretsIn(authorization));
      if (key) return { role: key.role, caller: `key:${key.name}` };
      return { role: null, caller: addressOf(headers, remoteAddress) };
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
