import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const COOKIE = "vitrine_session";
const MAX_AGE = 30 * 24 * 60 * 60;
const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Lax";

interface Key {
  name: string;
  secret: string;
}

/** Stateless sessions: a cookie has the name of an API key and an expiry, signed with the key's secret. */
export function createSession<K extends Key>(keys: readonly K[]) {
  return {
    /** Returns a Set-Cookie value; `secure` restricts it to HTTPS. */
    create(key: Key, secure: boolean): string {
      const expiry = Math.floor(Date.now() / 1000) + MAX_AGE;
      const value = `${Buffer.from(key.name).toString("base64url")}.${expiry}.${signature(key, expiry)}`;
      return `${COOKIE}=${value}; Max-Age=${MAX_AGE}; ${ATTRIBUTES}${secure ? "; Secure" : ""}`;
    },

    clear: () => `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`,

    /** Null for a forged or expired session, and for two at once. */
    find(cookies: string | null): K | null {
      const sessions = sessionsIn(cookies);
      const [name = "", expiry = "", signed = ""] = sessions.length === 1 ? (sessions[0]?.split(".") ?? []) : [];
      const key = keys.find((each) => Buffer.from(each.name).toString("base64url") === name);
      if (!key || !/^[0-9]{1,12}$/.test(expiry) || Number(expiry) * 1000 < Date.now()) return null;
      return equalDigests(sha256(signed), sha256(signature(key, Number(expiry)))) ? key : null;
    },
  };
}

export function hasSession(cookies: string | null): boolean {
  return sessionsIn(cookies).length > 0;
}

function sessionsIn(cookies: string | null): string[] {
  const pairs = (cookies ?? "").split(";").map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${COOKIE}=`)).map((pair) => pair.slice(COOKIE.length + 1));
}

function signature(key: Key, expiry: number): string {
  return createHmac("sha256", sha256(`vitrine session ${key.secret}`))
    .update(`${key.name} ${expiry}`)
    .digest("base64url");
}

export function sha256(text: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(text, "utf8").digest());
}

/** Compares in constant time. */
export function equalDigests(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
