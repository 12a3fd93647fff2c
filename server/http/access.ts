import { VitrineError } from "#contract/error";
import { type Author, LOCAL, namedActor } from "../models/author";
import type { Env } from "../process/env";
import { logInfo } from "../process/log";
import type { Role } from "../routers/context";
import { type EndedSessions, NONE_ENDED } from "./access/ended-sessions";
import { FailureLimit } from "./access/failure-limit";
import type { HeaderReader, HttpResponse } from "./message";
import { createProxies } from "./proxies";
import { createSession, equalDigests, sha256 } from "./session";

export interface Identity {
  /** Admin where no key is configured; null without a valid credential where one is required. */
  role: Role | null;
  /** The keys of artifacts that the role reaches, see `KeyPatterns`; null: everything. */
  keys: string | null;
  /** `key:NAME` for a valid credential, otherwise the client's address. Work is shared out by it. */
  caller: string;
  /** Whom writes are attributed to. */
  actor: Author["actor"];
  /** The id of the session that the credential is, if it is one. */
  session?: string;
}

export interface Access {
  required: boolean;
  /**
   * @param remoteAddress the other end of the connection
   * @throws VitrineError TOO_MANY_REQUESTS for an invalid key after many from the same address; a valid one always works
   */
  identify(headers: HeaderReader, remoteAddress: string): Identity;
  /** Whether a trusted proxy received the request by HTTPS. */
  isHttps(headers: HeaderReader, remoteAddress: string): boolean;
  /** The session cookie for an API key, and its actor; null for an invalid one. @throws VitrineError as `identify` */
  signIn(
    secret: string,
    headers: HeaderReader,
    remoteAddress: string,
  ): { cookie: string; actor: Author["actor"] } | null;
  /** Ends the session of a request. @returns a cookie that deletes the browser's */
  signOut(headers: HeaderReader, requestId: string): Promise<string>;
  /** The same response; where it is a stream, it breaks off when the session ends. */
  cutAtSignOut(response: HttpResponse, session: string | undefined): HttpResponse;
}

/**
 * Accepts an API key as Bearer token or as Basic (the password, or the whole `user:password`), which takes precedence
 * over a session cookie. Without keys the server starts on loopback only, unless VITRINE_AUTH=none is set.
 * @param ended the sessions that were signed out
 */
export function createAccess(
  env: Pick<Env, "apiKeys" | "trustedProxies">,
  ended: Pick<EndedSessions, "has" | "onEnd" | "end"> = NONE_ENDED,
): Access {
  const { addressOf, isHttps } = createProxies(env.trustedProxies);
  const apiKeys = env.apiKeys.map((key) => ({ ...key, actor: namedActor("key", key.name) }));
  const keys = apiKeys.map((key) => ({ ...key, digest: sha256(key.secret) }));
  const session = createSession(apiKeys);
  const failures = new FailureLimit((address) => logInfo("Too many invalid API keys", { address }));

  // Compares with every key, so that timing does not reveal which one matched.
  const findKey = (secrets: readonly string[]) => {
    const digests = secrets.map(sha256);
    const matches = keys.filter((key) => digests.filter((digest) => equalDigests(digest, key.digest)).length > 0);
    return matches[0] ?? null;
  };

  const findSession = (headers: HeaderReader) => {
    const found = session.find(headers.get("cookie"));
    return found && !ended.has(found.id) ? found : null;
  };

  const countFailure = (address: string) => {
    const retryAfter = failures.count(address);
    if (retryAfter === 0) return;
    const message = `Too many invalid API keys from your address; try again in ${retryAfter} s. A valid key works at once.`;
    throw new VitrineError("TOO_MANY_REQUESTS", message, { retryAfter });
  };

  return {
    required: keys.length > 0,
    isHttps,
    identify(headers, remoteAddress) {
      if (keys.length === 0) {
        return { role: "admin", keys: null, caller: addressOf(headers, remoteAddress), actor: LOCAL.actor };
      }
      const authorization = headers.get("authorization");
      const session = authorization === null ? findSession(headers) : null;
      const key = authorization === null ? session?.key : findKey(secretsIn(authorization));
      if (key) {
        const { role, name, actor } = key;
        return { role, keys: key.keys ?? null, caller: `key:${name}`, actor, ...(session && { session: session.id }) };
      }
      const caller = addressOf(headers, remoteAddress);
      if (authorization !== null) countFailure(caller);
      return { role: null, keys: null, caller, actor: LOCAL.actor };
    },
    signIn(secret, headers, remoteAddress) {
      const key = findKey([secret]);
      if (key) return { cookie: session.create(key, isHttps(headers, remoteAddress)), actor: key.actor };
      countFailure(addressOf(headers, remoteAddress));
      return null;
    },
    async signOut(headers, requestId) {
      const found = findSession(headers);
      if (found) await ended.end(found.ids, found.expires, { ...LOCAL, actor: found.key.actor, requestId });
      return session.clear();
    },
    cutAtSignOut(response, session) {
      if (session === undefined || !(response.body instanceof ReadableStream)) return response;
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const cut = new AbortController();
      const forget = ended.onEnd(session, () => cut.abort());
      // Events may end at any time; a file that ended early would look whole.
      const isEvents = response.headers["content-type"]?.startsWith("text/event-stream") ?? false;
      const end = async (error?: unknown) => {
        forget();
        if (isEvents && error !== undefined) await (cut.signal.aborted ? writable.close() : writable.abort(error));
      };
      response.body
        .pipeTo(writable, { signal: cut.signal, preventAbort: isEvents })
        .then(() => end(), end)
        .catch(() => {});
      return { ...response, body: readable };
    },
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
