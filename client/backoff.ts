/** Waits before trying again: about 0.1 s after the first attempt (0), then twice as long each time, never all at once. */
export function backoff(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random() / 2)));
}
