/** How many invalid keys an address may send in a minute before it must wait. */
export const MAX_FAILURES = 60;
const WINDOW = 60_000;

/** The addresses that are counted at once; beyond it the oldest are forgotten. */
const MAX_ADDRESSES = 10_000;

interface Window {
  failures: number;
  end: number;
}

/** Counts invalid keys by address, in this process only. */
export class FailureLimit {
  private readonly windows = new Map<string, Window>();

  /** @param onLimited called when an address exceeds its limit, at most once a minute for each */
  constructor(private readonly onLimited: (address: string) => void) {}

  /** Counts an invalid key. @returns after how many seconds the address may try again; 0: at once */
  count(address: string): number {
    const now = performance.now();
    const window = this.windowOf(address, now);
    window.failures += 1;
    if (window.failures <= MAX_FAILURES) return 0;
    if (window.failures === MAX_FAILURES + 1) this.onLimited(address);
    return Math.ceil((window.end - now) / 1000);
  }

  private windowOf(address: string, now: number): Window {
    // In the order in which they end.
    for (const [each, { end }] of this.windows) {
      if (end > now && this.windows.size <= MAX_ADDRESSES) break;
      this.windows.delete(each);
    }
    const window = this.windows.get(address) ?? { failures: 0, end: now + WINDOW };
    this.windows.set(address, window);
    return window;
  }
}
