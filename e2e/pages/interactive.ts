import { expect, type Page } from "@playwright/test";

/** Waits until a page reacts to clicks and keys, and receives changes: before, React has not hydrated it. */
export async function interactive(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Live updates on. Pause" })).toBeVisible();
}

/** Does what a page refreshes itself after, and resolves once it has: meanwhile opening another page may be aborted. */
export async function refreshed(page: Page, action: () => Promise<void>): Promise<void> {
  const ended = page.waitForEvent("framenavigated");
  await action();
  await ended;
}
