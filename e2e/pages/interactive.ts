import { expect, type Page } from "@playwright/test";

/** Waits until a page reacts to clicks and keys, and receives changes: before, React has not hydrated it. */
export async function interactive(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Live updates on. Pause" })).toBeVisible();
}
