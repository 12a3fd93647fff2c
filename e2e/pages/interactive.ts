import type { Page } from "@playwright/test";

/** Waits until a page reacts to clicks and keys, and receives changes: before, React has not hydrated it. */
export async function interactive(page: Page): Promise<void> {
  // With each frame, inside the page: an assertion looks again after half a second only.
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-label="Live updates on. Pause"]')?.checkVisibility({ visibilityProperty: true }),
    null,
    { timeout: 20_000 },
  );
}

/** Does what a page refreshes itself after, and resolves once it has: meanwhile opening another page may be aborted. */
export async function refreshed(page: Page, action: () => Promise<void>): Promise<void> {
  const ended = page.waitForEvent("framenavigated");
  await action();
  await ended;
}
