import { expect, type Locator, type Page } from "@playwright/test";
import { interactive } from "./interactive";

/** The comparison of two versions. */
export class ComparePage {
  readonly summary: Locator;
  readonly data: Locator;
  readonly rows: Locator;
  readonly mode: Locator;
  readonly rowMatch: Locator;

  constructor(readonly page: Page) {
    this.summary = page.getByRole("main").getByRole("status").first();
    this.data = page.getByRole("region", { name: "Data", exact: true });
    this.rows = this.data.getByRole("row").filter({ has: page.getByRole("rowheader") });
    this.mode = page.getByRole("combobox", { name: "Compare by" });
    this.rowMatch = page.getByRole("combobox", { name: "Match rows by" });
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

  version(side: "From" | "To"): Locator {
    return this.page.getByRole("combobox", { name: `${side}: version` });
  }

  key(side: "From" | "To"): Locator {
    return this.page.getByRole("combobox", { name: `${side}: key` });
  }
}
