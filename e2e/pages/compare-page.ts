import { expect, type Locator, type Page } from "@playwright/test";
import { interactive } from "./interactive";

/** The comparison of two versions. */
export class ComparePage {
  readonly summary: Locator;
  readonly data: Locator;
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.summary = page.getByRole("main").getByRole("status").first();
    this.data = page.getByRole("region", { name: "Data", exact: true });
    this.rows = this.data.getByRole("row").filter({ has: page.getByRole("rowheader") });
  }

  async goto(to: string, from?: string): Promise<this> {
    await this.page.goto(`/artifacts/compare?${from ? `from=${from}&` : ""}to=${to}`);
    await interactive(this.page);
    return this;
  }

  /** Waits until the summary contains a text. */
  async hasSummary(text: string): Promise<this> {
    await expect(this.summary).toContainText(text);
    return this;
  }

  /** Changes how the versions are compared. */
  async choose(option: "Compare by" | "Match rows by" | "Same number if within" | "Row order", label: string) {
    const button = this.page.getByRole("button", { name: "Options" });
    if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
    await this.page.getByRole("dialog", { name: "Options" }).getByLabel(option).selectOption({ label });
  }

  /** Selects another key or version of a side by typing, then Enter. */
  async pick(side: "From" | "To", what: "key" | "version", text: string) {
    await this.page.getByRole("button", { name: `${side}: ${what}` }).click();
    const dialog = this.page.getByRole("dialog", { name: `${side}: ${what}` });
    await dialog.getByRole("combobox").fill(text);
    await expect(dialog.getByRole("option").first()).toContainText(text);
    await this.page.keyboard.press("Enter");
  }
}
