import type { Pools } from "#db/postgres";
import { expectWritable } from "#db/write-guard";
import { makePreviews } from "./models/preview";
import { type RetentionDays, sweep } from "./models/purge";
import { repeat } from "./process/repeat";

const HOUR = 3_600_000;

/** Milliseconds until the next look for versions without a preview: after a batch, where there were none, after an error. */
const PREVIEW_DELAY = { batch: 20, none: 10_000, error: 60_000 };

/**
 * Makes the previews of versions that have none: those of earlier programs and of restored backups.
 * @returns stops it, after a running batch has ended
 */
export function makePreviewsInBackground(pools: Pools): () => Promise<void> {
  return repeat(async () => {
    await expectWritable(pools);
    return (await makePreviews(pools.long)) ? PREVIEW_DELAY.batch : PREVIEW_DELAY.none;
  }, PREVIEW_DELAY.error);
}

/**
 * Purges expired versions from the trash, expired events and idempotency keys: now and every hour.
 * @param onSwept called with the number of purged versions
 * @returns stops it, after a running sweep has ended
 */
export function sweepHourly(pools: Pools, days: RetentionDays, onSwept: (purged: number) => void): () => Promise<void> {
  return repeat(async () => {
    await expectWritable(pools);
    onSwept(await sweep(pools.long, days));
    return HOUR;
  }, HOUR);
}
