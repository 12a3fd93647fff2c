import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const COOKIE = "vitrine_session";
const MAX_AGE = 30 * 24 * 60 * 60;
const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Lax";

interface Key {
  name: string;
  secret: string;
}

/**
 * Sign-ins of browsers, without a store: the cookie names a key and an end, signed with that key's secret. It holds
 * nothing secret, and dies with its end, with the key, or with a change of the key's secret.
 */
export function createSession<K extends Key>(keys: readonly K[]) {
  return {
    /** The cookie for a browser that showed `key`; `secure` keeps it off plain HTTP. */
    begin(key: Key, secure: boolean): string {
      const ends = Math.floor(Date.now() / 1000) + MAX_AGE;
      const value = `${Buffer.from(key.name).toString("base64url")}.${ends}.${signature(key, ends)}`;
      return `${COOKIE}=${value}; Max-Age=${MAX_AGE}; ${ATTRIBUTES}${secure ? "; Secure" : ""}`;
    },

    end: () => `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`,

    /** The key that a Cookie header stands for; null for none, a forged or ended one, and for two at once. */
    keyOf(cookies: string | null): K | null {
      const sent = valuesOf(cookies);
      const [name = "", ends = "", signed = ""] = sent.length === 1 ? (sent[0]?.split(".") ?? []) : [];
      const key = keys.find((one) => Buffer.from(one.name).toString("base64url") === name);
      if (!key || !/^[0-9]{1,12}$/.test(ends) || Number(ends) * 1000 < Date.now()) return null;
      return equalDigests(sha256(signed), sha256(signature(key, Number(ends)))) ? key : null;
    },
  };
}

/** Whether a request carries a sign-in, valid or not. */
export function hasSession(cookies: string | null): boolean {
  return valuesOf(cookies).length > 0;
}

function valuesOf(cookies: string | null): string[] {
  const pairs = (cookies ?? "").split(";").map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${COOKIE}=`)).map((pair) => pair.slice(COOKIE.length + 1));
}

function signature(key: Key, ends: number): string {
  return createHmac("sha256", sha256(`vitrine session ${key.secret}`))
    .update(`${key.name} ${ends}`)
    .digest("base64url");
}

/** The SHA-256 of a secret: what is kept of it, and compared. */
export function sha256(secret: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(secret, "utf8").digest());
}

/** Whether two digests are the same, in a time that does not depend on where they differ. */
export function equalDigests(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
