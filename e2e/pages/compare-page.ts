import { expect, type Locator, type Page } from "@playwright/test";

/** Two versions side by side, and what differs between them. */
export class ComparePage {
  readonly summary: Locator;
  readonly data: Locator;
  readonly rows: Locator;
  readonly way: Locator;
  readonly matchedBy: Locator;

  constructor(readonly page: Page) {
    this.summary = page.getByRole("main").getByRole("status").first();
    this.data = page.getByRole("region", { name: "Data", exact: true });
    this.rows = this.data.getByRole("row").filter({ has: page.getByRole("rowheader") });
    this.way = page.getByRole("combobox", { name: "Way to compare" });
    this.matchedBy = page.getByRole("combobox", { name: "Rows are matched by" });
  }

  async goto(to: string, from?: string): Promise<this> {
    await this.page.goto(`/artifacts/compare?${from ? `from=${from}&` : ""}to=${to}`);
    return this;
  }

  /** Waits until the comparison is there, and says this of it. */
  async says(text: string): Promise<this> {
    await expect(this.summary).toContainText(text);
    return this;
  }

  version(side: "From" | "To"): Locator {
    return this.page.getByRole("combobox", { name: `${side}: version` });
  }

  key(side: "From" | "To"): Locator {
    return this.page.getByRole("combobox", { name: `${side}: key` });
  }
}
