import { VitrineError } from "#contract/error";
import { MAX_BODY_OVERHEAD } from "#contract/limits";
import { processSingleton } from "#db/process-singleton";

const MIB = 1024 * 1024;

/** How many bytes of request bodies this process holds at once. Uploads have their own share: they keep nothing else out. */
const MOST = { tiny: Number.POSITIVE_INFINITY, small: 64 * MIB, large: 192 * MIB };

/** Bodies up to this size cost no more than headers, and a sign-in needs no key: they are never too many. */
const TINY = 16 * 1024;

/** How many of them are parsed and stored at once, which takes several times the memory. */
const MOST_IN_USE = 80 * MIB;

interface Turn {
  bytes: number;
  begin(): void;
}

const inFlight = processSingleton("bytes of bodies", () => ({ tiny: 0, small: 0, large: 0 }));
const inUse = processSingleton("bytes of bodies in use", () => ({ bytes: 0, waiting: [] as Turn[] }));

/** What one request holds of the budget, from before its body is read until its response is known. */
export interface Share {
  /**
   * Takes `bytes` more. A body of up to `limit` bytes always fits where it is the only large one.
   * @throws VitrineError SERVICE_UNAVAILABLE where the budget does not allow them
   */
  take(bytes: number, limit: number): void;
  /** Waits until a large body may be parsed and stored, in the order of arrival. */
  turn(): Promise<void>;
  release(): void;
}

export function createShare(): Share {
  let own = 0;
  let used = 0;
  const put = (bytes: number) => {
    inFlight[kindOf(own)] -= own;
    own = bytes;
    inFlight[kindOf(own)] += own;
  };
  return {
    take(bytes, limit) {
      const before = own;
      put(before + bytes);
      const kind = kindOf(own);
      if (inFlight[kind] <= Math.max(MOST[kind], limit)) return;
      put(before);
      throw new VitrineError("SERVICE_UNAVAILABLE", "The server is receiving too many uploads; try again in a second.");
    },
    async turn() {
      if (kindOf(own) !== "large") return;
      await new Promise<void>((resolve) => {
        inUse.waiting.push({ bytes: own, begin: resolve });
        beginTurns();
      });
      used = own;
    },
    release() {
      put(0);
      inUse.bytes -= used;
      if (used > 0) beginTurns();
      used = 0;
    },
  };
}

function beginTurns(): void {
  for (;;) {
    const [next] = inUse.waiting;
    if (!next || (inUse.bytes > 0 && inUse.bytes + next.bytes > MOST_IN_USE)) return;
    inUse.waiting.shift();
    inUse.bytes += next.bytes;
    next.begin();
  }
}

function kindOf(bytes: number): keyof typeof MOST {
  if (bytes > MAX_BODY_OVERHEAD) return "large";
  return bytes > TINY ? "small" : "tiny";
}
