import { longSize, POOL_SIZE } from "./postgres";
import { processSingleton } from "./process-singleton";
import { type FindLocks, type Limit, type OutsideSlot, SlotPool } from "./slot-pool";

/** Each pool of connections has slots of its own: `reads` are pipelined, and `streams` take a slot of `searches` too. */
const slots = processSingleton("slots", () => ({
  reads: new SlotPool(100),
  searches: new SlotPool(POOL_SIZE),
  writes: new SlotPool(POOL_SIZE),
  long: new SlotPool(longSize(POOL_SIZE)),
  streams: new SlotPool(2),
}));

/** Sets the number of slots to that of the connections of a pool, before work runs. */
export function limitSlots(poolSize: number): void {
  slots.searches.size = poolSize;
  slots.writes.size = poolSize;
  slots.long.size = longSize(poolSize);
  slots.streams.size = Math.min(2, Math.max(1, poolSize >> 2));
}

/** How many slots of each kind are taken, how many requests wait for one, and how many there are. */
export function slotUsage(): { kind: string; taken: number; waiting: number; limit: number }[] {
  return Object.entries(slots).map(([kind, { taken, waiting, size }]) => ({ kind, taken, waiting, limit: size }));
}

/**
 * Runs `work` once a slot for a connection is free. While others wait, callers get slots in turn.
 * @param work an async function; it goes on after the deadline of `limit`, when the result is rejected
 * @param findLocks finds what the work may lock: work on one lock gets at most half of the slots. Called only while half
 * of them are taken, so it may query the database; where it fails there is no such limit
 * @throws VitrineError SERVICE_UNAVAILABLE without a free slot within 2 s, or at once where none is to be expected
 */
export function withSlot<T>(
  kind: keyof typeof slots,
  caller: string,
  work: (outside: OutsideSlot) => Promise<T>,
  findLocks?: FindLocks,
  limit?: Limit,
): Promise<T> {
  return slots[kind].run(caller, work, findLocks, limit);
}
