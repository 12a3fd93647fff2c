import { performance } from "node:perf_hooks";
import type { Pools } from "#db/postgres";
import { expectWritable } from "#db/write-guard";
import { sweepBlobs } from "./models/blob";
import type { Blobs } from "./models/data/blobs";
import { makeHashes } from "./models/hash";
import { makePreviews } from "./models/preview";
import { type RetentionDays, sweep } from "./models/purge";
import { fillSearch, postponePending, SEARCH_BATCH } from "./models/search/fill";
import { logInfo } from "./process/log";
import { repeat } from "./process/repeat";

const HOUR = 3_600_000;

/**
 * Milliseconds until the next look for versions that lack something: after a batch, where there were none, after an error;
 * for search, where less than a batch was pending.
 */
const DELAY = { batch: 20, none: 10_000, search: 100, error: 60_000 };

/**
 * How many times as long as a batch for search took is waited until the next, while requests take more of the time of this
 * process than `busy` and otherwise: writes keep most of the processor.
 */
const PAUSES = { busy: 0.2, many: 4, few: 0.25 };

/**
 * Makes the previews of versions that have none: those of earlier programs and of restored backups.
 * @returns stops it, after a running batch has ended
 */
export function makePreviewsInBackground(pools: Pools): () => Promise<void> {
  // Until the next start: their bytes may be back by then.
  const lost = new Set<string>();
  return inBatches(pools, async () => {
    const known = lost.size;
    const more = await makePreviews(pools.long, lost);
    if (lost.size > known)
      logInfo("previews leave out versions whose data is lost", { versions: [...lost].slice(known).join(", ") });
    return more;
  });
}

/**
 * Makes the hashes of versions that have none: those of earlier programs and of their backups.
 * @returns stops it, after a running batch has ended
 */
export function makeHashesInBackground(pools: Pools): () => Promise<void> {
  return inBatches(pools, () => makeHashes(pools.long));
}

/**
 * Makes what search finds versions by, of those that changed and of earlier programs. After an error half as many are read at
 * once; where reading a single one fails, all others are read before it.
 * @param versionBytes up to which size the data of versions that are not the latest is searched
 * @returns stops it, after a running batch has ended
 */
export function fillSearchInBackground(pools: Pools, versionBytes: number): () => Promise<void> {
  let paused = performance.eventLoopUtilization();
  let atMost = SEARCH_BATCH;
  return repeat(
    async () => {
      await expectWritable(pools);
      const { utilization } = performance.eventLoopUtilization(paused);
      const start = performance.now();
      const batch = atMost;
      // Until it has succeeded.
      atMost = Math.floor(batch / 2);
      const filled = batch === 0 ? await postpone(pools) : await fillSearch(pools.long, versionBytes, batch);
      atMost = Math.min(SEARCH_BATCH, Math.max(1, 2 * batch));
      const pauses = utilization > PAUSES.busy ? PAUSES.many : PAUSES.few;
      paused = performance.eventLoopUtilization();
      const pause = pauses * (performance.now() - start);
      return filled < batch ? Math.max(DELAY.search, pause) : pause;
    },
    { afterError: DELAY.error },
  );
}

async function postpone(pools: Pools): Promise<number> {
  const postponed = await postponePending(pools.long);
  if (postponed !== null) logInfo("search could not read this, and reads all others first", { postponed });
  return 0;
}

/** Repeats work, which resolves with whether there may be more of it. */
function inBatches(pools: Pools, work: () => Promise<boolean>): () => Promise<void> {
  return repeat(
    async () => {
      await expectWritable(pools);
      return (await work()) ? DELAY.batch : DELAY.none;
    },
    { afterError: DELAY.error },
  );
}

/**
 * Purges expired versions from the trash, expired events and idempotency keys, and blobs that no version names: now and
 * every hour.
 * @param onSwept called with the number of purged versions
 * @returns stops it, after a running sweep has ended
 */
export function sweepHourly(
  pools: Pools,
  days: RetentionDays,
  { store }: Pick<Blobs, "store">,
  onSwept: (purged: number) => void,
): () => Promise<void> {
  return repeat(
    async () => {
      await expectWritable(pools);
      try {
        onSwept(await sweep(pools.long, days));
      } finally {
        await sweepBlobs(pools.long, store);
      }
      return HOUR;
    },
    { afterError: HOUR },
  );
}
