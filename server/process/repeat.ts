import { logUnexpected } from "./log";

/**
 * Repeats work in the background, at once for the first time.
 * @param work resolves with the milliseconds until it is repeated
 * @param afterError milliseconds until it is repeated after an error, which is logged
 * @returns stops it, after running work has ended
 */
export function repeat(work: () => Promise<number>, afterError: number): () => Promise<void> {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const run = async () => {
    const delay = await work().catch((error: unknown) => {
      logUnexpected(error);
      return afterError;
    });
    if (isStopped) return;
    timer = setTimeout(() => {
      running = run();
    }, delay);
    timer.unref();
  };
  let running = run();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await running;
  };
}
