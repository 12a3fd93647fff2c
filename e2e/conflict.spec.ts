import { expect, test } from "./fixtures";
import { ArtifactPage, EditPage } from "./pages/artifact-page";

test("an edit on older ground shows both sides and overwrites nothing unasked", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1, description: "Start" });
  const form = await new EditPage(page).goto(id);
  await form.describe("Mine");
  await vitrine.artifact.update.mutate({ id, description: "Theirs" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.conflict).toContainText("Theirs");
  await expect(form.conflict).toContainText("Mine");
  expect((await vitrine.artifact.read.query({ id })).description).toBe("Theirs");

  await form.conflict.getByRole("button", { name: "Save mine over it" }).click();
  await new ArtifactPage(page).shown();
  expect((await vitrine.artifact.read.query({ id })).description).toBe("Mine");
});

test("typed text survives leaving the form, and Ctrl Enter saves it", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1 });
  const form = await new EditPage(page).goto(id);
  await form.describe("Not yet saved");
  await page.getByRole("link", { name: "Trash" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  await page.goBack();
  await expect(form.description).toHaveValue("Not yet saved");
  await form.description.press("ControlOrMeta+Enter");
  await new ArtifactPage(page).shown();
  expect((await vitrine.artifact.read.query({ id })).description).toBe("Not yet saved");
});
