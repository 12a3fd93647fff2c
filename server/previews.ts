import type { Pools } from "#db/postgres";
import { expectWritable } from "#db/write-guard";
import { makePreviews } from "./models/preview";
import { logUnexpected } from "./process/log";

/** Milliseconds until the next look for versions without a preview: after a batch, where there were none, after an error. */
const DELAY = { batch: 20, none: 10_000, error: 60_000 };

/**
 * Makes the previews of versions that have none, in the background: those of earlier programs and of restored backups.
 * @returns stops it, after a running batch has ended
 */
export function makePreviewsInBackground(pools: Pools): () => Promise<void> {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const next = (delay: number) => {
    timer = setTimeout(() => {
      running = run();
    }, delay);
    timer.unref();
  };
  const makeSome = async () => {
    await expectWritable(pools);
    return makePreviews(pools.long);
  };
  const run = async () => {
    const delay = await makeSome().then(
      (isMore) => (isMore ? DELAY.batch : DELAY.none),
      (error: unknown) => {
        logUnexpected(error);
        return DELAY.error;
      },
    );
    if (!isStopped) next(delay);
  };
  next(0);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
