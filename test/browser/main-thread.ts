import type { Page } from "@playwright/test";

declare global {
  interface Window {
    longestBlock: number;
  }
}

/** Watches how long the page's own thread is held up at a time, from the first script on. */
export async function watchMainThread(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longestBlock = 0;
    const note = (milliseconds: number) => {
      window.longestBlock = Math.max(window.longestBlock, milliseconds);
    };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) note(duration);
    }).observe({ type: "longtask", buffered: true });
    // Whatever holds the page up without being a task of its own lets the clock stand still.
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      note(now - last - 4);
      last = now;
    }, 4);
  });
}

/** The longest time, in milliseconds, that the page was held up since it was opened or asked the last time. */
export async function longestBlock(page: Page): Promise<number> {
  return page.evaluate(() => {
    const longest = window.longestBlock;
    window.longestBlock = 0;
    return Math.round(longest);
  });
}
