import { expect, type Locator, type Page } from "@playwright/test";
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
  readonly cards: Locator;
  readonly peek: Locator;
  readonly news: Locator;
  /** What is selected, and what can be done with it. */
  readonly selected: Locator;

  constructor(readonly page: Page) {
    this.toast = new Toast(page);
    this.rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
    this.keyFilter = page.getByRole("searchbox", { name: "Key contains" });
    this.typeFilter = page.getByRole("combobox", { name: "Type" });
    this.order = page.getByRole("combobox", { name: "Order" });
    this.cards = page.getByRole("list", { name: "The latest version of each key" }).getByRole("listitem");
    this.peek = page.getByRole("complementary", { name: "Peek" });
    this.news = page.getByRole("button", { name: /^\d+ new$/ });
    this.selected = page.getByRole("region", { name: "What is selected" });
  }

  async goto(query = ""): Promise<this> {
    await this.page.goto(`/artifacts${query}`);
    return this;
  }

  /** Waits until the page answers keys and follows what happens. */
  async live(): Promise<this> {
    await expect(this.page.getByRole("button", { name: "Live updates on. Pause" })).toBeVisible();
    return this;
  }

  row(key: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("link", { name: key, exact: true }) });
  }

  /** Chooses from what one can filter by, found by typing. */
  async filter(text: string, choice: string): Promise<void> {
    await this.page.getByRole("button", { name: "Filter", exact: true }).click();
    await this.page.getByRole("combobox", { name: "Filter by…" }).fill(text);
    await this.page.getByRole("option", { name: choice }).click();
  }

  select(key: string): Locator {
    return this.page.getByRole("checkbox", { name: `Select ${key}`, exact: true });
  }

  /** Waits for so many new rows, and shows them. */
  async showNews(many: number): Promise<void> {
    await expect(this.news).toHaveText(`${many} new`);
    await this.news.click();
    await expect(this.news).toHaveCount(0);
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
