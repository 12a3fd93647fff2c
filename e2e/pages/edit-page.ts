import { expect, type Locator, type Page } from "@playwright/test";
import { ArtifactPage } from "./artifact-page";

/** The form that changes a version. */
export class EditPage {
  readonly description: Locator;
  readonly data: Locator;
  readonly conflict: Locator;

  constructor(readonly page: Page) {
    this.description = page.getByRole("textbox", { name: "Description" });
    this.data = page.getByRole("textbox", { name: "Data" });
    this.conflict = page.getByRole("alert", { name: "Conflict" });
  }

  async goto(id: string): Promise<this> {
    await this.page.goto(`/artifacts/artifact/${id}?tab=edit`);
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

  /** Adds a metadata value as the row of that number. */
  async add(row: number, name: string, value: string): Promise<this> {
    await this.page.getByRole("button", { name: "Add a value" }).click();
    await this.page.getByRole("textbox", { name: `Name ${row}` }).fill(name);
    await this.page.getByRole("textbox", { name: `Value ${row}` }).fill(value);
    return this;
  }

  async write(data: string): Promise<this> {
    await this.data.fill(data);
    return this;
  }

  /** Presses the button that saves: "Save", or "Publish new version" once data was changed. */
  async save(button = "Save"): Promise<ArtifactPage> {
    await this.page.getByRole("button", { name: button, exact: true }).click();
    return new ArtifactPage(this.page).shown();
  }
}
