import { expect, type Locator, type Page } from "@playwright/test";
import { ArtifactPage } from "./artifact-page";
import { interactive } from "./interactive";
import { KeyPage } from "./key-page";
import { Toast } from "./toast";

export type Scope = "Latest" | "All versions" | "No key";

/** Adds a filter to the list on a page: types in the builder, then chooses the first option of a name. */
export async function addFilter(page: Page, text: string, choice: string): Promise<void> {
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("combobox", { name: "Filter by…" }).fill(text);
  await page.getByRole("option", { name: choice }).first().click();
}

/** The list of artifacts in one of its scopes. */
export class ArtifactsPage {
  readonly toast: Toast;
  readonly rows: Locator;
  readonly search: Locator;
  readonly sort: Locator;
  readonly cards: Locator;
  readonly peek: Locator;
  readonly newRows: Locator;
  readonly selected: Locator;

  constructor(readonly page: Page) {
    this.toast = new Toast(page);
    this.rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
    this.search = page.getByRole("combobox", { name: "Search" });
    this.sort = page.getByRole("combobox", { name: "Sort" });
    this.cards = page.getByRole("list", { name: "Latest version of each artifact" }).getByRole("listitem");
    this.peek = page.getByRole("complementary", { name: "Peek" });
    this.newRows = page.getByRole("button", { name: /^\d+ new$/ });
    this.selected = page.getByRole("region", { name: "Selection" });
  }

  async goto(query = ""): Promise<this> {
    await this.page.goto(`/artifacts${query}`);
    await interactive(this.page);
    return this;
  }

  row(key: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("link", { name: key, exact: true }) });
  }

  async filter(text: string, choice: string): Promise<void> {
    await addFilter(this.page, text, choice);
  }

  select(key: string): Locator {
    return this.page.getByRole("checkbox", { name: `Select ${key}`, exact: true });
  }

  /** Waits for the number of new rows, and shows them. */
  async showNewRows(many: number): Promise<void> {
    await expect(this.newRows).toHaveText(`${many} new`);
    await this.newRows.click();
    await expect(this.newRows).toHaveCount(0);
  }

  async show(scope: Scope): Promise<this> {
    const link = this.page.getByRole("navigation", { name: "Scope" }).getByRole("link", { name: scope });
    await link.click();
    return this;
  }

  /** Opens the history of a key. */
  async openKey(key: string): Promise<KeyPage> {
    await this.row(key).getByRole("link", { name: key, exact: true }).click();
    return new KeyPage(this.page).shownKey(key);
  }

  /** Opens the first version of that name. */
  async openVersion(name: string): Promise<ArtifactPage> {
    await this.row(name).first().getByRole("link").first().click();
    return new ArtifactPage(this.page).shown();
  }
}
