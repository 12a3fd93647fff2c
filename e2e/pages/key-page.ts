import { expect, type Locator, type Page } from "@playwright/test";
import { ArtifactPage } from "./artifact-page";
import { interactive } from "./interactive";

/** The page of a key: its history, with one version open beside it. */
export class KeyPage extends ArtifactPage {
  readonly versions: Locator;
  readonly panel: Locator;
  readonly chart: Locator;
  /** The entry of the open version. */
  readonly selected: Locator;

  constructor(page: Page) {
    super(page);
    this.versions = page.getByRole("region", { name: "History" }).getByRole("listitem");
    this.panel = page.getByRole("article");
    this.chart = page.getByRole("slider", { name: /by (version|time)$/ });
    this.selected = this.versions.locator("[aria-current=true]");
  }

  /** Opens a version by its number or a label, by default the latest. */
  async gotoKey(key: string, version?: number | string): Promise<this> {
    await this.page.goto(`/artifacts/key/${key}${version === undefined ? "" : `?version=${version}`}`);
    await interactive(this.page);
    return this.shownKey(key);
  }

  async shownKey(key: string): Promise<this> {
    await expect(this.page.getByRole("heading", { level: 1, name: key })).toBeVisible();
    return this;
  }

  /** Opens a version beside the history. */
  async look(version: number): Promise<this> {
    await this.versions.getByRole("link", { name: new RegExp(`^v${version}\\b`) }).click();
    await this.opened(version);
    return this;
  }

  /** Waits for the content of a version. */
  async opened(version: number): Promise<void> {
    await expect(this.page.getByRole("article", { name: `Version ${version}`, exact: true })).toBeVisible();
  }

  /** Opens the dialog for the labels of the open version. */
  async labelDialog(): Promise<Locator> {
    await this.more("Labels…");
    return this.page.getByRole("dialog", { name: /^Labels of v\d+$/ });
  }

  /** Sets a label on the open version, or moves it there. */
  async setLabel(label: string, button: "Set label" | "Move label"): Promise<void> {
    const dialog = await this.labelDialog();
    await dialog.getByRole("textbox", { name: "Label" }).fill(label);
    await dialog.getByRole("button", { name: button }).click();
  }

  /** Deletes the key; `versions` is the number in the confirmation. */
  async deleteKey(versions: string): Promise<void> {
    await this.more("Delete all versions…");
    await this.page
      .getByRole("alertdialog")
      .getByRole("button", { name: `Delete ${versions}` })
      .click();
  }
}
