import { randomBytes } from "node:crypto";
import { signWith } from "#server/models/api-key-secret";
import { endOf, type Keyring } from "./access/keyring";
import { equalTexts, signatureBy } from "./access/signed-text";

const COOKIE = "vitrine_session";
const MAX_AGE = 30 * 24 * 60 * 60;
const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Lax";

interface Key {
  name: string;
  secret: string;
}

/** A session of a valid cookie. */
export interface Session<K> {
  key: K;
  id: string;
  /** All ids that end with it. */
  ids: string[];
  /** In seconds since 1970. */
  expires: number;
}

/**
 * Sessions without a store: a cookie `NAME.EXPIRY.SIGNATURE.ID.SIGNATURE` has the name of an API key, an expiry and an id,
 * signed with the key's secret. The first signature is for programs before 0.2, which read three parts and made no others;
 * such a cookie is identified by the first two.
 */
export function createSession<K extends Key>(keys: readonly K[]) {
  return {
    /** Returns a Set-Cookie value; `secure` restricts it to HTTPS. */
    create(key: Key, secure: boolean): string {
      const expires = Math.floor(Date.now() / 1000) + MAX_AGE;
      const id = randomBytes(12).toString("base64url");
      const parts = [Buffer.from(key.name).toString("base64url"), expires, signature(key, expires)];
      return sessionCookie([...parts, id, signature(key, expires, id)].join("."), MAX_AGE, secure);
    },

    clear: () => `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`,

    /** Null for a forged or expired session, and for two at once. */
    find(cookies: string | null): Session<K> | null {
      const [name = "", expiry = "", first = "", id, second = ""] = sessionValue(cookies).split(".");
      const key = keys.find((each) => Buffer.from(each.name).toString("base64url") === name);
      if (!key || !/^[0-9]{1,12}$/.test(expiry) || Number(expiry) * 1000 < Date.now()) return null;
      const expires = Number(expiry);
      const signed = id === undefined ? first : second;
      if (!equalTexts(signed, signature(key, expires, id))) return null;
      const olderId = `${name}.${expires}`;
      return { key, id: id ?? olderId, ids: id === undefined ? [olderId] : [id, olderId], expires };
    },
  };
}

/**
 * Sessions of API keys of the database: a cookie `KEY.EXPIRY.ID.SIGNATURE`, signed by the owner of the key's secret. What
 * the database has of the key verifies the signature, and could make none.
 */
export function createKeySession(keyring: Pick<Keyring, "byId" | "isSigned">) {
  return {
    /** Returns a Set-Cookie value; `secure` restricts it to HTTPS. */
    create(key: { id: string; secret: string }, secure: boolean): string {
      const expires = Math.floor(Date.now() / 1000) + MAX_AGE;
      const parts = [key.id, expires, randomBytes(12).toString("base64url")];
      return sessionCookie([...parts, signWith(key.secret, parts.join("."))].join("."), MAX_AGE, secure);
    },

    /** Null for a forged or expired session, for one of a key that is not valid any more, and for two at once. */
    find(cookies: string | null) {
      const parts = sessionValue(cookies).split(".");
      const [keyId = "", expiry = "", id = "", signature = ""] = parts;
      const key = parts.length === 4 ? keyring.byId(keyId) : null;
      if (!key || endOf(key) !== null || !/^[0-9]{1,12}$/.test(expiry)) return null;
      const expires = Number(expiry);
      if (expires * 1000 < Date.now() || !keyring.isSigned(key, `${keyId}.${expiry}.${id}`, signature)) return null;
      return { key, id, ids: [id], expires };
    },
  };
}

/** The Set-Cookie value of a session; `maxAge` in seconds, `secure` restricts it to HTTPS. */
export function sessionCookie(value: string, maxAge: number, secure: boolean): string {
  return `${COOKIE}=${value}; Max-Age=${maxAge}; ${ATTRIBUTES}${secure ? "; Secure" : ""}`;
}

/** The value of the session cookie; empty without one, and for two at once. */
export function sessionValue(cookies: string | null): string {
  const values = sessionsIn(cookies);
  return values.length === 1 ? (values[0] ?? "") : "";
}

export function hasSession(cookies: string | null): boolean {
  return sessionsIn(cookies).length > 0;
}

function sessionsIn(cookies: string | null): string[] {
  const pairs = (cookies ?? "").split(";").map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${COOKIE}=`)).map((pair) => pair.slice(COOKIE.length + 1));
}

function signature({ name, secret }: Key, expires: number, id?: string): string {
  return signatureBy(secret, "session")(`${name} ${expires}${id === undefined ? "" : ` ${id}`}`);
}
