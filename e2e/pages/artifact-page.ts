import { expect, type Locator, type Page } from "@playwright/test";
import { interactive } from "./interactive";
import { Toast } from "./toast";

/** The page of one version, beside the history of its key. */
export class ArtifactPage {
  readonly toast: Toast;
  readonly about: Locator;
  readonly heading: Locator;

  constructor(readonly page: Page) {
    this.toast = new Toast(page);
    this.about = page.getByRole("complementary", { name: "About this version" });
    this.heading = page.getByRole("main").getByRole("heading", { level: 1 });
  }

  async goto(id: string, query = ""): Promise<this> {
    await this.page.goto(`/artifacts/artifact/${id}${query}`);
    await interactive(this.page);
    return this.shown();
  }

  async shown(): Promise<this> {
    await expect(this.about).toBeVisible();
    return this;
  }

  async edit(): Promise<EditPage> {
    await this.page.getByRole("link", { name: "Edit", exact: true }).click();
    return new EditPage(this.page).shown();
  }

  /** Chooses an action in the menu of rarer ones. */
  async more(action: string): Promise<void> {
    await this.page.getByRole("button", { name: "More actions" }).click();
    await this.page.getByRole("menuitem", { name: action, exact: true }).click();
  }

  async raw(): Promise<Locator> {
    await this.page.getByRole("link", { name: "Raw", exact: true }).click();
    return this.page.getByRole("region", { name: "Raw data" });
  }
}

/** The edit form of a version. */
export class EditPage {
  readonly description: Locator;
  readonly data: Locator;
  /** The data of a table. */
  readonly grid: Locator;
  readonly conflict: Locator;
  /** The names of what a save would change. */
  readonly changes: Locator;

  constructor(readonly page: Page) {
    this.changes = page.getByRole("form", { name: "Edit" }).getByText(/^(No changes|\d+ changes?: .*)$/);
    this.description = page.getByRole("textbox", { name: "Description" });
    this.data = page.getByRole("textbox", { name: "Data" });
    this.grid = page.getByRole("grid", { name: "Data" });
    this.conflict = page.getByRole("alert", { name: "Conflict" });
  }

  async goto(id: string): Promise<this> {
    await this.page.goto(`/artifacts/artifact/${id}?tab=edit`);
    await interactive(this.page);
    return this.shown();
  }

  async shown(): Promise<this> {
    await expect(this.page.getByRole("form", { name: "Edit" })).toBeVisible();
    return this;
  }

  async describe(text: string): Promise<this> {
    await this.description.fill(text);
    return this;
  }

  /** Adds a metadata field, which becomes the row of that number. */
  async add(row: number, name: string, value: string): Promise<this> {
    await this.page.getByRole("button", { name: "Add field" }).click();
    await this.page.getByRole("textbox", { name: `Name ${row}` }).fill(name);
    await this.page.getByRole("textbox", { name: `Value ${row}` }).fill(value);
    return this;
  }

  /** Changes the value of the metadata field of a name. */
  async fillValue(name: string, value: string): Promise<void> {
    const row = this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("button", { name: `Remove ${name}` }) });
    await row.getByRole("textbox", { name: /^Value/ }).fill(value);
  }

  /** Chooses the side of a conflict to save. */
  async choose(field: string, side: "Mine" | "Theirs"): Promise<void> {
    await this.conflict.getByRole("group", { name: field }).getByRole("radio", { name: side }).check();
  }

  async write(data: string): Promise<this> {
    await this.data.fill(data);
    return this;
  }

  async submit(button = "Save"): Promise<void> {
    await this.page.getByRole("button", { name: button, exact: true }).click();
  }

  /** Pastes a text as a spreadsheet copies it, at the active cell. */
  async pasteInGrid(text: string): Promise<void> {
    await this.grid.evaluate((grid, copied) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", copied);
      grid.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** Clicks "Save", or "Publish new version" after a change of the data. */
  async save(button = "Save"): Promise<ArtifactPage> {
    await this.submit(button);
    return new ArtifactPage(this.page).shown();
  }
}
