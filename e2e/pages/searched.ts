import { expect } from "@playwright/test";
import type { Vitrine } from "#client/connect";

/** Waits until search has what was published. */
export async function searched(vitrine: Vitrine): Promise<void> {
  await expect.poll(() => vitrine.search.pending.query()).toBe(0);
}
