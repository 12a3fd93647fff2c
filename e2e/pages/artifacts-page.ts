import type { Locator, Page } from "@playwright/test";
import { ArtifactPage } from "./artifact-page";
import { KeyPage } from "./key-page";
import { Toast } from "./toast";

export type Scope = "Latest" | "All versions" | "Without a key";

/** The list of artifacts: the latest of every key, all versions, or those without a key. */
export class ArtifactsPage {
  readonly toast: Toast;
  readonly rows: Locator;
  readonly keyFilter: Locator;
  readonly typeFilter: Locator;
  readonly order: Locator;

  constructor(readonly page: Page) {
    this.toast = new Toast(page);
    this.rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
    this.keyFilter = page.getByRole("searchbox", { name: "Key contains" });
    this.typeFilter = page.getByRole("combobox", { name: "Type" });
    this.order = page.getByRole("combobox", { name: "Order" });
  }

  async goto(query = ""): Promise<this> {
    await this.page.goto(`/artifacts${query}`);
    return this;
  }

  row(key: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("link", { name: key, exact: true }) });
  }

  async show(scope: Scope): Promise<this> {
    const link = this.page.getByRole("navigation", { name: "Which artifacts" }).getByRole("link", { name: scope });
    await link.click();
    return this;
  }

  /** Opens a key from the list of the latest. */
  async openKey(key: string): Promise<KeyPage> {
    await this.row(key).getByRole("link", { name: key, exact: true }).click();
    return new KeyPage(this.page).shown(key);
  }

  /** Opens the first row of that name from a list of versions. */
  async openVersion(name: string): Promise<ArtifactPage> {
    await this.row(name).first().getByRole("link").first().click();
    return new ArtifactPage(this.page).shown();
  }
}
