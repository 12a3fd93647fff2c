/** Waits before trying again: about 0.1 s after the first attempt (0), then twice as long each time, never all at once. Ends early with `signal`. */
export function backoff(attempt: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, 100 * 2 ** attempt * (0.5 + Math.random() / 2));
    signal?.addEventListener("abort", end);
  });
}
