import { expect, type Locator, type Page } from "@playwright/test";
import { EditPage } from "./edit-page";
import { Toast } from "./toast";

/** One version: its data, what is known about it, and what can be done with it. */
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

  async delete(): Promise<void> {
    await this.page.getByRole("button", { name: "Delete", exact: true }).click();
  }

  async raw(): Promise<Locator> {
    await this.page.getByRole("link", { name: "Raw", exact: true }).click();
    return this.page.getByRole("region", { name: "Raw data" });
  }
}
