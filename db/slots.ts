import { VitrineError } from "#contract/error";
import { longSize, POOL_SIZE } from "./postgres";
import { processSingleton } from "./process-singleton";

/** How many pieces of work may run at once: each on its own connection, pipelined on a few, or as fast as it is read. */
const sizes = processSingleton("slot sizes", () => ({
  whole: POOL_SIZE,
  quick: 100,
  stream: 2,
  long: longSize(POOL_SIZE),
}));

export type SlotKind = keyof typeof sizes;

interface Slots {
  taken: number;
  waiting: Set<() => void>;
}

/** How long work waits for a slot, in milliseconds. */
const TIMEOUT = 2_000;

const slots = processSingleton(
  "slots",
  (): Record<SlotKind, Slots> => ({
    whole: { taken: 0, waiting: new Set() },
    quick: { taken: 0, waiting: new Set() },
    stream: { taken: 0, waiting: new Set() },
    long: { taken: 0, waiting: new Set() },
  }),
);

/** Sets the number of slots to that of the connections of a pool, before work runs. */
export function limitSlots(poolSize: number): void {
  sizes.whole = poolSize;
  sizes.long = longSize(poolSize);
  sizes.stream = Math.min(2, Math.max(1, poolSize >> 2));
}

/** How many slots of each kind are taken, how many requests wait for one, and how many there are. */
export function slotUsage(): { kind: SlotKind; taken: number; waiting: number; limit: number }[] {
  return (["whole", "quick", "stream"] as const).map((kind) => {
    const { taken, waiting } = slots[kind];
    return { kind, taken, waiting: waiting.size, limit: sizes[kind] };
  });
}

/**
 * Runs `work` once a connection slot is free (a FIFO semaphore). The driver's own queue has no limit.
 * @throws VitrineError SERVICE_UNAVAILABLE after 2 s without a free slot
 */
export async function withSlot<T>(work: () => Promise<T>, kind: SlotKind = "whole"): Promise<T> {
  const all = slots[kind];
  if (all.taken < sizes[kind]) all.taken += 1;
  else await passedOn(all);
  try {
    return await work();
  } finally {
    const [next] = all.waiting;
    // The slot stays taken when it is passed on, so that no later caller can get in between.
    if (next) next();
    else all.taken -= 1;
  }
}

function passedOn({ waiting }: Slots): Promise<void> {
  return new Promise((resolve, reject) => {
    const take = () => {
      clearTimeout(timer);
      waiting.delete(take);
      resolve();
    };
    const timer = setTimeout(() => {
      waiting.delete(take);
      reject(new VitrineError("SERVICE_UNAVAILABLE", "The server is busy; try again in a second."));
    }, TIMEOUT);
    waiting.add(take);
  });
}
