import { expect, type Locator, type Page } from "@playwright/test";
import { ArtifactPage } from "./artifact-page";
import { interactive } from "./interactive";
import { Toast } from "./toast";

/** The page of a key: its history with one version open beside it. */
export class KeyPage {
  readonly toast: Toast;
  readonly versions: Locator;
  readonly panel: Locator;
  readonly chart: Locator;
  /** The entry of the open version. */
  readonly selected: Locator;

  constructor(readonly page: Page) {
    this.toast = new Toast(page);
    this.versions = page.getByRole("region", { name: "History" }).getByRole("listitem");
    this.panel = page.getByRole("article");
    this.chart = page.getByRole("slider", { name: /by version$/ });
    this.selected = this.versions.locator("[aria-current=true]");
  }

  async goto(key: string): Promise<this> {
    await this.page.goto(`/artifacts/key/${key}`);
    await interactive(this.page);
    return this.shown(key);
  }

  async shown(key: string): Promise<this> {
    await expect(this.page.getByRole("heading", { level: 1, name: key })).toBeVisible();
    return this;
  }

  /** Opens a version beside the history. */
  async look(version: number): Promise<this> {
    await this.versions.getByRole("link", { name: new RegExp(`^v${version}\\b`) }).click();
    await expect(this.panel.getByRole("heading", { name: `v${version}`, exact: true })).toBeVisible();
    return this;
  }

  /** Opens the page of the open version. */
  async open(version: number): Promise<ArtifactPage> {
    await this.page.getByRole("link", { name: `Open v${version}`, exact: true }).click();
    return new ArtifactPage(this.page).shown();
  }

  /** Deletes the key; `versions` is the number in the confirmation. */
  async deleteKey(versions: string): Promise<void> {
    await this.page.getByRole("button", { name: "Delete all versions" }).click();
    await this.page
      .getByRole("dialog")
      .getByRole("button", { name: `Delete ${versions}` })
      .click();
  }
}
