import { VitrineError } from "#contract/error";
import type { KeyCredential } from "../models/api-key";
import { type Author, LOCAL, namedActor } from "../models/author";
import type { PersonSignIn } from "../models/person";
import { type Env, requiresKeys } from "../process/env";
import { logInfo } from "../process/log";
import type { Credentials } from "../routers/context";
import { type EndedSessions, NONE_ENDED } from "./access/ended-sessions";
import { FailureLimit } from "./access/failure-limit";
import type { Identity } from "./access/identity";
import { endOf, type Keyring, NO_KEYS } from "./access/keyring";
import type { PersonSessions, SignedIn } from "./access/person-sessions";
import { type CredentialName, createRecall } from "./access/recall";
import { equalDigests, sha256 } from "./access/signed-text";
import type { HeaderReader, HttpResponse } from "./message";
import { createProxies } from "./proxies";
import { createKeySession, createSession, sessionCookie, sessionValue } from "./session";

export interface Access {
  required: boolean;
  /** For the context of procedures. */
  credentials: Credentials;
  /** Reads what `identify` has to know of a request's session; undefined where it knows it. Call it before. */
  prepare(headers: HeaderReader): Promise<void> | undefined;
  /**
   * @param remoteAddress the other end of the connection
   * @throws VitrineError TOO_MANY_REQUESTS for an invalid key after many from the same address; a valid one always works
   */
  identify(headers: HeaderReader, remoteAddress: string): Identity;
  /** What the credential of an earlier request may do now, see `credentialNameOf`; null where it has ended. */
  recall(name: CredentialName): Promise<Identity | null>;
  /** Whether a trusted proxy received the request by HTTPS. */
  isHttps(headers: HeaderReader, remoteAddress: string): boolean;
  /** The session cookie for an API key, and its actor; null for an invalid one. @throws VitrineError as `identify` */
  signIn(
    secret: string,
    headers: HeaderReader,
    remoteAddress: string,
  ): { cookie: string; actor: Author["actor"] } | null;
  /** Signs a person in. @returns the session cookie */
  signInPerson(
    person: PersonSignIn,
    headers: HeaderReader,
    request: { remoteAddress: string; author: Omit<Author, "actor"> },
  ): Promise<string>;
  /** Ends the session of a request. */
  signOut(headers: HeaderReader, requestId: string): Promise<SignedOut>;
  /** The same response; where it is a stream, it breaks off when the credential ends: see `onEnd`. */
  cutAtEnd(response: HttpResponse, credential: Credential): HttpResponse;
  /**
   * Calls `listener` once the session is signed out, or its API key is revoked, expires or may do something else.
   * @returns forgets the listener
   */
  onEnd(credential: Credential, listener: () => void): () => void;
}

export interface SignedOut {
  /** Deletes the browser's cookie. */
  cookie: string;
  /** Where it was the session of a person: the ID token of their sign-in, if that is known. */
  person?: { idToken: string | null };
}

type Credential = Pick<Identity, "session" | "keyId">;

/**
 * Accepts an API key as Bearer token or as Basic (the password, or all of it), which takes precedence
 * over a session cookie. Where no credential is required, a key of the database is accepted all the same.
 * @param ended the sessions that were signed out
 * @param keyring the API keys of the database
 * @param people the sessions of people, where they sign in by OpenID Connect
 */
export function createAccess(
  env: Pick<Env, "apiKeys" | "trustedProxies"> & Partial<Pick<Env, "auth" | "openId">>,
  ended: Pick<EndedSessions, "has" | "onEnd" | "end"> = NONE_ENDED,
  keyring: Keyring = NO_KEYS,
  people?: PersonSessions,
): Access {
  const required = requiresKeys(env);
  const { addressOf, isHttps } = createProxies(env.trustedProxies);
  const apiKeys = env.apiKeys.map((key) => ({ ...key, actor: namedActor("key", key.name) }));
  const keys = apiKeys.map((key) => ({ ...key, digest: sha256(key.secret) }));
  const session = createSession(apiKeys);
  const keySession = createKeySession(keyring);
  const failures = new FailureLimit((address) => logInfo("Too many invalid API keys", { address }));

  // Compares with every key, so that timing does not reveal which one matched.
  const findKey = (secrets: readonly string[]) => {
    const digests = secrets.map(sha256);
    const matches = keys.filter((key) => digests.filter((digest) => equalDigests(digest, key.digest)).length > 0);
    return matches[0] ?? null;
  };

  const findStored = (secrets: readonly string[]) => {
    for (const secret of secrets) {
      const key = keyring.find(secret);
      if (key) return { key, secret };
    }
    return null;
  };

  const findSession = (headers: HeaderReader) => {
    const cookies = headers.get("cookie");
    const found = session.find(cookies);
    const ofStored = found ? null : keySession.find(cookies);
    const any = found ?? ofStored;
    if (!any || ended.has(any.id)) return null;
    const actor = found ? found.key.actor : namedActor("key", any.key.name);
    return { ...any, actor, stored: ofStored?.key ?? null };
  };

  const identityOf = (key: KeyCredential, session?: string): Identity => {
    const end = endOf(key);
    const { role, keys, name, id: keyId } = key;
    const identity = { keys, caller: `key:${name}`, actor: namedActor("key", name) };
    if (end !== null) return { role: null, ...identity, problem: PROBLEMS[end] };
    keyring.use(key);
    return { role, ...identity, keyId, ...(session !== undefined && { session }) };
  };

  const findPerson = (headers: HeaderReader): SignedIn | null => {
    const found = people?.find(sessionValue(headers.get("cookie"))) ?? null;
    return found && !ended.has(found.id) ? found : null;
  };

  const countFailure = (address: string) => {
    const retryAfter = failures.count(address);
    if (retryAfter === 0) return;
    const message = `Too many invalid API keys from your address; try again in ${retryAfter} s. A valid key works at once.`;
    throw new VitrineError("TOO_MANY_REQUESTS", message, { retryAfter });
  };

  const onEnd: Access["onEnd"] = ({ session, keyId }, listener) => {
    const forgets = [
      session === undefined ? null : ended.onEnd(session, listener),
      keyId === undefined ? null : keyring.onEnd(keyId, listener),
    ];
    return () => {
      for (const forget of forgets) forget?.();
    };
  };

  const hasOtherAdmin = [...env.apiKeys, ...(env.openId?.roles ?? [])].some(
    ({ role, keys }) => role === "admin" && keys === undefined,
  );
  return {
    required,
    credentials: {
      apiKeys: env.apiKeys.map(({ name, role, keys = null }) => ({ name, role, keys })),
      needsAdmin: required && !hasOtherAdmin,
      async applied(write) {
        const result = await write;
        await keyring.refresh();
        return result;
      },
    },
    prepare: (headers) =>
      people && headers.get("authorization") === null ? people.load(sessionValue(headers.get("cookie"))) : undefined,
    recall: createRecall({ required, anyone: LOCAL.actor, configured: apiKeys, keyring, ended, people }),
    isHttps,
    onEnd,
    identify(headers, remoteAddress) {
      const authorization = headers.get("authorization");
      const anyone = () => ({ keys: null, caller: addressOf(headers, remoteAddress), actor: LOCAL.actor });
      if (authorization === null) {
        if (!required) return { role: "admin", ...anyone() };
        const person = findPerson(headers);
        if (person) {
          const { role, keys, actor, id } = person;
          return { role, keys, caller: `person:${actor.id}`, actor, session: id };
        }
        const session = findSession(headers);
        if (!session) return { role: null, ...anyone() };
        if (session.stored) return identityOf(session.stored, session.id);
        const { role, name, keys = null } = session.key;
        return { role, keys, caller: `key:${name}`, actor: session.actor, session: session.id };
      }
      const secrets = secretsIn(authorization);
      const key = required ? findKey(secrets) : null;
      if (key) return { role: key.role, keys: key.keys ?? null, caller: `key:${key.name}`, actor: key.actor };
      const stored = findStored(secrets);
      if (stored) return identityOf(stored.key);
      if (!required) return { role: "admin", ...anyone() };
      countFailure(addressOf(headers, remoteAddress));
      return { role: null, ...anyone() };
    },
    signIn(secret, headers, remoteAddress) {
      const key = findKey([secret]);
      const secure = isHttps(headers, remoteAddress);
      if (key) return { cookie: session.create(key, secure), actor: key.actor };
      const stored = findStored([secret]);
      if (stored && endOf(stored.key) === null) {
        const { id, name } = stored.key;
        keyring.use(stored.key);
        return { cookie: keySession.create({ id, secret }, secure), actor: namedActor("key", name) };
      }
      countFailure(addressOf(headers, remoteAddress));
      return null;
    },
    async signInPerson(person, headers, { remoteAddress, author }) {
      if (!people) throw new Error("people sign in where OpenID Connect is configured");
      const { value, maxAge } = await people.begin(person, author);
      return sessionCookie(value, maxAge, isHttps(headers, remoteAddress));
    },
    async signOut(headers, requestId) {
      const found = findSession(headers);
      if (found) await ended.end(found.ids, found.expires, { ...LOCAL, actor: found.actor, requestId });
      const person = findPerson(headers);
      const cookie = session.clear();
      if (!person) return { cookie };
      const author = { ...LOCAL, actor: person.actor, requestId };
      return { cookie, person: { idToken: await ended.end([person.id], person.expires, author) } };
    },
    cutAtEnd(response, credential) {
      const isEndless = credential.session === undefined && credential.keyId === undefined;
      if (isEndless || !(response.body instanceof ReadableStream)) return response;
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const cut = new AbortController();
      const forget = onEnd(credential, () => cut.abort());
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

const PROBLEMS = {
  revoked: "This API key was revoked; use another one.",
  expired: "This API key has expired; use another one.",
};

/** The secrets that an Authorization header can mean; none for an unknown scheme. */
function secretsIn(authorization: string): string[] {
  const [, scheme = "", credentials = ""] = /^([A-Za-z]+) ([^\s,]+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === "bearer") return [credentials];
  if (scheme.toLowerCase() !== "basic") return [];
  const pair = Buffer.from(credentials, "base64").toString("utf8");
  // Prefect sends its setting as it is, which may be the secret alone.
  return [pair, pair.slice(pair.indexOf(":") + 1)];
}
