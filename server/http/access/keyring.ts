import { randomBytes } from "node:crypto";
import type { Pools } from "#db/postgres";
import { withSlot } from "#db/slots";
import { type KeyCredential, readChanged, recordUse } from "#server/models/api-key";
import { digestOf, isSignedBy, verifierOf } from "#server/models/api-key-secret";
import { logUnexpected } from "#server/process/log";
import { repeat } from "#server/process/repeat";
import { EndListeners } from "./end-listeners";

/** How often the keys that other processes changed are read, in milliseconds. */
const INTERVAL = 500;

/** The least time between two writes of when a key was last used, in milliseconds. */
const USE_INTERVAL = 60_000;

/** How many verified signatures are remembered: verifying one takes 0.1 ms. */
const MAX_VERIFIED = 2_000;

/** Begins the id of a key that is not in the database. */
const LENT = "lent ";

/** The API keys of the database, in memory. */
export interface Keyring {
  /** The key of a secret, also where it is not valid any more. */
  find(secret: string): KeyCredential | null;
  byId(id: string): KeyCredential | null;
  /** Whether the owner of a key signed a text. */
  isSigned(key: KeyCredential, text: string, signature: string): boolean;
  /** Remembers that a key was used, which is written later. */
  use(key: KeyCredential): void;
  /** Calls `listener` once a key is revoked, expires or may do something else; at once where it has ended. @returns forgets it */
  onEnd(id: string, listener: () => void): () => void;
  /** Applies what this process changed, at once; others do within a second. */
  refresh(): Promise<void>;
  /** A key for this process alone, which may read until it is ended. */
  lend(): { secret: string; end(): void };
  stop(): Promise<void>;
}

/** Why a key cannot be used any more; null where it can. */
export function endOf({ isRevoked, expires }: KeyCredential): "revoked" | "expired" | null {
  if (isRevoked) return "revoked";
  return expires !== null && expires <= Date.now() ? "expired" : null;
}

/** Where there is no database. */
export const NO_KEYS: Keyring = {
  find: () => null,
  byId: () => null,
  isSigned: () => false,
  use: () => {},
  onEnd: () => () => {},
  refresh: async () => {},
  lend: () => ({ secret: "", end: () => {} }),
  stop: async () => {},
};

/** Reads the API keys now and from then on. Rejects if it cannot now. */
export async function watchKeys(pools: Pools): Promise<Keyring> {
  const keys = new Map<string, KeyCredential>();
  const ids = new Map<string, string>();
  const listeners = new EndListeners();
  const verified = new Map<string, string>();
  /** When keys were last used, and when that was last written. */
  const used = new Map<string, number>();
  const written = new Map<string, number>();
  let since: string | null = null;

  const put = (key: KeyCredential) => {
    const before = keys.get(key.id);
    if (before && before.updated >= key.updated) return;
    keys.set(key.id, key);
    ids.set(key.digest, key.id);
    const isSame = before && before.role === key.role && before.keys === key.keys;
    if (endOf(key) !== null || !isSame) listeners.end(key.id);
  };
  const refresh = async () => {
    const { at, changed } = await readChanged(pools.reads(), since);
    since = at;
    changed.forEach(put);
  };
  const endExpired = () => {
    for (const id of listeners.ids()) {
      const key = keys.get(id);
      if (key && endOf(key) !== null) listeners.end(id);
    }
  };
  const writeUse = async (least: number) => {
    const now = Date.now();
    const due = [...used].filter(([id, at]) => at > (written.get(id) ?? 0) && now - (written.get(id) ?? 0) >= least);
    if (due.length === 0) return;
    for (const [id] of due) written.set(id, now);
    await withSlot("writes", "api-keys", () => recordUse(pools.writes, new Map(due)));
  };

  await refresh();
  let isFailing = false;
  const stopReading = repeat(
    async () => {
      const error: unknown = await refresh().then(
        () => null,
        (reason: unknown) => reason,
      );
      // Once for each outage.
      if (error !== null && !isFailing) logUnexpected(error);
      isFailing = error !== null;
      endExpired();
      return INTERVAL;
    },
    { afterError: INTERVAL, first: INTERVAL },
  );
  const stopWriting = repeat(
    async () => {
      await writeUse(USE_INTERVAL);
      return INTERVAL;
    },
    { afterError: USE_INTERVAL, first: INTERVAL },
  );
  return {
    find: (secret) => keys.get(ids.get(digestOf(secret)) ?? "") ?? null,
    byId: (id) => keys.get(id) ?? null,
    isSigned({ id, verifier }, text, signature) {
      const signed = `${text} ${signature}`;
      if (verified.get(signed) === id) return true;
      if (!isSignedBy(verifier, text, signature)) return false;
      if (verified.size >= MAX_VERIFIED) verified.clear();
      verified.set(signed, id);
      return true;
    },
    use({ id }) {
      if (!id.startsWith(LENT)) used.set(id, Date.now());
    },
    onEnd(id, listener) {
      const key = keys.get(id);
      if (key && endOf(key) !== null) {
        listener();
        return () => {};
      }
      return listeners.add(id, listener);
    },
    refresh,
    lend() {
      const secret = randomBytes(32).toString("hex");
      const digest = digestOf(secret);
      const id = `${LENT}${digest}`;
      const limits = { role: "read", keys: null, expires: null, isRevoked: false, updated: "" } as const;
      keys.set(id, { id, name: "system", ...limits, digest, verifier: verifierOf(secret) });
      ids.set(digest, id);
      return {
        secret,
        end() {
          keys.delete(id);
          ids.delete(digest);
        },
      };
    },
    async stop() {
      await stopReading();
      await stopWriting();
      await writeUse(0).catch(() => {});
    },
  };
}
