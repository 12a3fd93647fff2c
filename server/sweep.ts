import type { Pools } from "#db/postgres";
import { expectWritable } from "#db/write-guard";
import { sweep } from "./models/trash";
import { repeat } from "./process/repeat";

const HOUR = 3_600_000;

/**
 * Purges expired versions from the trash, and expired idempotency keys: now and every hour.
 * @param days how long deleted versions stay in the trash; 0: for ever
 * @param onSwept called with the number of purged versions
 * @returns stops it, after a running sweep has ended
 */
export function sweepHourly(pools: Pools, days: number, onSwept: (purged: number) => void): () => Promise<void> {
  return repeat(async () => {
    await expectWritable(pools);
    onSwept(await sweep(pools.long, days));
    return HOUR;
  }, HOUR);
}
