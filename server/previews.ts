import type { Pools } from "#db/postgres";
import { expectWritable } from "#db/write-guard";
import { makePreviews } from "./models/preview";
import { logUnexpected } from "./process/log";

/** Milliseconds between two looks for versions without a preview, and between two batches of them. */
const INTERVAL = 10_000;
const PAUSE = 20;

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
    // After an error the next run goes on.
    const isMore = await makeSome().catch(logUnexpected);
    if (!isStopped) next(isMore ? PAUSE : INTERVAL);
  };
  next(0);
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
