import type { Pools } from "#db/postgres";
import { expectWritable } from "#db/write-guard";
import { sweep } from "./models/purge";
import { logUnforeseen } from "./process/log";

const HOUR = 3_600_000;

/**
 * Purges what lies in the trash for too long, and used idempotency keys: now and every hour.
 * @param days how long removed versions are kept; 0 is for ever
 * @param purged told when a sweep took something
 * @returns stops it, once a sweep under way has ended
 */
export function sweepHourly(pools: Pools, days: number, purged: () => void): () => Promise<void> {
  const once = () =>
    expectWritable(pools)
      .then(() => sweep(pools.writes, days))
      .then((count) => (count > 0 ? purged() : undefined))
      .catch(logUnforeseen);
  let last = once();
  const timer = setInterval(() => {
    last = once();
  }, HOUR);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await last;
  };
}
