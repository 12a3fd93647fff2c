import type { Pools } from "#db/postgres";
import { expectWritable } from "#db/write-guard";
import { makePreviews } from "./models/preview";
import { repeat } from "./process/repeat";

/** Milliseconds until the next look for versions without a preview: after a batch, where there were none, after an error. */
const DELAY = { batch: 20, none: 10_000, error: 60_000 };

/**
 * Makes the previews of versions that have none, in the background: those of earlier programs and of restored backups.
 * @returns stops it, after a running batch has ended
 */
export function makePreviewsInBackground(pools: Pools): () => Promise<void> {
  return repeat(async () => {
    await expectWritable(pools);
    return (await makePreviews(pools.long)) ? DELAY.batch : DELAY.none;
  }, DELAY.error);
}
