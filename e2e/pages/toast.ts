import { expect, type Locator, type Page } from "@playwright/test";

/** The notifications of a page. */
export class Toast {
  readonly all: Locator;

  constructor(page: Page) {
    this.all = page.getByRole("region", { name: "Notifications" });
  }

  async shows(text: string): Promise<void> {
    await expect(this.all.getByText(text)).toBeVisible();
  }

  /** Undoes what the last notification is about. */
  async undo(): Promise<void> {
    await this.all.getByRole("button", { name: "Undo" }).first().click();
  }
}
