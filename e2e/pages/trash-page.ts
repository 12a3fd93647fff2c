import { expect, type Locator, type Page } from "@playwright/test";
import { interactive } from "./interactive";
import { Toast } from "./toast";

export class TrashPage {
  readonly toast: Toast;

  constructor(readonly page: Page) {
    this.toast = new Toast(page);
  }

  async goto(key: string): Promise<this> {
    await this.page.goto(`/trash?key=${key}`);
    await interactive(this.page);
    await expect(this.page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
    return this;
  }

  row(key: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name: key }) });
  }

  restoreButton(key: string, version: number): Locator {
    return this.page.getByRole("button", { name: `Restore v${version} of ${key}`, exact: true });
  }

  async restore(key: string, version: number): Promise<void> {
    await this.restoreButton(key, version).click();
  }

  async deletePermanently(key: string, version: number): Promise<void> {
    await this.page.getByRole("button", { name: `More actions for v${version} of ${key}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: "Delete permanently" }).click();
    const dialog = this.page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Delete permanently" }).click();
    await expect(dialog).toBeHidden();
  }
}
