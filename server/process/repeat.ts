import { logUnexpected } from "./log";

interface Delays {
  /** Milliseconds until work is repeated after an error, which is logged. */
  afterError: number;
  /** Milliseconds until it is done for the first time; 0: at once. */
  first?: number;
}

/**
 * Repeats work in the background.
 * @param work resolves with the milliseconds until it is repeated
 * @returns stops it, after running work has ended
 */
export function repeat(work: () => Promise<number>, { afterError, first = 0 }: Delays): () => Promise<void> {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const runAfter = (delay: number) => {
    timer = setTimeout(() => {
      running = run();
    }, delay);
    timer.unref();
  };
  const run = async () => {
    const delay = await work().catch((error: unknown) => {
      logUnexpected(error);
      return afterError;
    });
    if (!isStopped) runAfter(delay);
  };
  if (first > 0) runAfter(first);
  else running = run();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
