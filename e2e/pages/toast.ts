import { expect, type Locator, type Page } from "@playwright/test";

/** What the page just said, and what can be done about it. */
export class Toast {
  readonly all: Locator;

  constructor(page: Page) {
    this.all = page.getByRole("region", { name: "Notifications" });
  }

  async says(text: string): Promise<void> {
    await expect(this.all.getByText(text)).toBeVisible();
  }

  async undo(): Promise<void> {
    await this.all.getByRole("button", { name: "Undo" }).click();
  }
}
