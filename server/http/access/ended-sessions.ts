import type { Pools } from "#db/postgres";
import { withSlot } from "#db/slots";
import type { Author } from "#server/models/author";
import { endSessions, listEnded } from "#server/models/session";
import { type Env, requiresKeys } from "#server/process/env";
import { logUnexpected } from "#server/process/log";
import { EndListeners } from "./end-listeners";

/** How often the sessions that other processes ended are read, in milliseconds. */
const INTERVAL = 500;

/** Which sessions were signed out. */
export interface EndedSessions {
  has(id: string): boolean;
  /** Calls `listener` once a session ends, at once where it has ended. @returns forgets the listener */
  onEnd(id: string, listener: () => void): () => void;
  /** Ends sessions here at once, and within a second in every process on the same database. @returns as `endSessions` */
  end(ids: readonly string[], expires: number, author: Author): Promise<string | null>;
  stop(): Promise<void>;
}

/** Where nobody can sign in or out. */
export const NONE_ENDED: EndedSessions = {
  has: () => false,
  onEnd: () => () => {},
  end: async () => null,
  stop: async () => {},
};

/** Reads the ended sessions now and from then on, unless nobody needs to sign in. Rejects if it cannot now. */
export async function watchEndedSessions(
  pools: Pools,
  env: Pick<Env, "apiKeys"> & Partial<Pick<Env, "auth" | "openId">>,
): Promise<EndedSessions> {
  if (!requiresKeys(env)) return NONE_ENDED;
  /** When they expire, in seconds since 1970. */
  const ended = new Map<string, number>();
  const listeners = new EndListeners();
  const add = (id: string, expires: number) => {
    ended.set(id, expires);
    listeners.end(id);
  };
  let isComplete = true;
  const read = async (all: boolean) => {
    for (const { id, expires } of await listEnded(pools.reads(), all)) add(id, expires);
    for (const [id, expires] of ended) if (expires * 1000 < Date.now()) ended.delete(id);
  };
  await read(true);
  let timer: NodeJS.Timeout;
  let reading: Promise<void> = Promise.resolve();
  const readLater = () => {
    timer = setTimeout(() => {
      reading = read(!isComplete).then(
        () => {
          isComplete = true;
        },
        (error: unknown) => {
          if (isComplete) logUnexpected(error);
          // What was ended meanwhile may be too old for the next read.
          isComplete = false;
        },
      );
      reading.then(readLater);
    }, INTERVAL).unref();
  };
  readLater();
  return {
    has: (id) => ended.has(id),
    onEnd(id, listener) {
      if (ended.has(id)) {
        listener();
        return () => {};
      }
      return listeners.add(id, listener);
    },
    async end(ids, expires, author) {
      for (const id of ids) add(id, expires);
      return withSlot("writes", "sign-out", () => endSessions(pools.writes, ids, expires, author));
    },
    async stop() {
      await reading;
      clearTimeout(timer);
    },
  };
}
