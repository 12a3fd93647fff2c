import { VitrineError } from "#contract/error";
import { MAX_BODY_OVERHEAD } from "#contract/limits";
import { processSingleton } from "#db/process-singleton";

const MIB = 1024 * 1024;

/**
 * How many bytes of request bodies this process holds at once. Uploads have their own budget, for three of the largest:
 * they keep nothing else out.
 */
const MOST = { tiny: Number.POSITIVE_INFINITY, small: 64 * MIB, large: 195 * MIB };

/** The part of it that one caller gets: two of the largest uploads, so that another caller's is received meanwhile. */
const PART_OF_CALLER = 2 / 3;

/** Bodies up to this size cost no more than headers, and a sign-in needs no key: they are never too many. */
const TINY = 16 * 1024;

/** How many of them are parsed and stored at once, which takes several times the memory. */
const MOST_IN_USE = 80 * MIB;

interface Turn {
  bytes: number;
  begin(): void;
}

type Kind = keyof typeof MOST;

/** Bytes by kind, and by kind and caller. */
const inFlight = processSingleton("bytes of bodies", () => new Map<string, number>());
const inUse = processSingleton("bytes of bodies in use", () => ({ bytes: 0, waiting: [] as Turn[] }));

/** What one request holds of the budget, from before its body is read until its response is known. */
export interface Share {
  /**
   * Takes `bytes` more. A body of any size fits where it is the only large one.
   * @throws VitrineError SERVICE_UNAVAILABLE where the budget does not allow them
   */
  take(bytes: number): void;
  /** Waits until a large body may be parsed and stored, in the order of arrival. */
  turn(): Promise<void>;
  release(): void;
}

/** @param caller who sends the body, as in `Identity` */
export function createShare(caller: string): Share {
  let own = 0;
  let used = 0;
  const put = (bytes: number) => {
    count(kindOf(own), caller, -own);
    own = bytes;
    count(kindOf(own), caller, own);
  };
  return {
    take(bytes) {
      const before = own;
      put(before + bytes);
      const kind = kindOf(own);
      const isTooMuch = bytesOf(kind) > Math.max(MOST[kind], own);
      const isTooMuchOfCaller = bytesOf(kind, caller) > Math.max(MOST[kind] * PART_OF_CALLER, own);
      if (!isTooMuch && !isTooMuchOfCaller) return;
      put(before);
      const who = isTooMuch ? "The server is receiving" : "You are sending";
      throw new VitrineError("SERVICE_UNAVAILABLE", `${who} too many uploads at once; try again in a second.`);
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

function bytesOf(kind: Kind, caller?: string): number {
  return inFlight.get(nameOf(kind, caller)) ?? 0;
}

function count(kind: Kind, caller: string, change: number): void {
  for (const name of [nameOf(kind), nameOf(kind, caller)]) {
    const bytes = (inFlight.get(name) ?? 0) + change;
    if (bytes > 0) inFlight.set(name, bytes);
    else inFlight.delete(name);
  }
}

function nameOf(kind: Kind, caller?: string): string {
  return caller === undefined ? kind : `${kind} ${caller}`;
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

function kindOf(bytes: number): Kind {
  if (bytes > MAX_BODY_OVERHEAD) return "large";
  return bytes > TINY ? "small" : "tiny";
}
