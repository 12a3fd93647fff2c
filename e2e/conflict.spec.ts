import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage, EditPage } from "./pages/artifact-page";

test("a conflicting edit shows both sides and overwrites nothing without consent", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1, description: "Start" });
  const form = await new EditPage(page).goto(id);
  await form.describe("Mine");
  await vitrine.artifact.update.mutate({ id, description: "Theirs" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.conflict).toContainText("Theirs");
  await expect(form.conflict).toContainText("Mine");
  expect((await vitrine.artifact.read.query({ id })).description).toBe("Theirs");

  await form.conflict.getByRole("button", { name: "Overwrite with mine" }).click();
  await new ArtifactPage(page).shown();
  expect((await vitrine.artifact.read.query({ id })).description).toBe("Mine");
});

test("a draft survives leaving the form, and Ctrl+Enter saves it", async ({ vitrine, key, page }) => {
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

test("a conflict over data shows both sides, and numbers keep their spelling", async ({
  product,
  vitrine,
  key,
  page,
}) => {
  const sent = await fetch(`${product.url}/api/trpc/artifact.create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"key": "${key}", "type": "json", "data": {"id": 9007199254740993, "share": 1.0, "n": 1}}`,
  });
  expect(sent.ok).toBe(true);
  const { id } = await vitrine.collection.latest.query({ key });
  const form = await new EditPage(page).goto(id);
  const data = page.getByRole("textbox", { name: "Data" });
  await expect(data).toHaveValue(/9007199254740993/);
  await data.fill((await data.inputValue()).replace('"n": 1', '"n": 2'));
  await page.getByRole("radio", { name: "Overwrite this version" }).check();
  await page.reload();
  await expect(data).toHaveValue(/"n": 2/);
  await vitrine.artifact.update.mutate({ id, data: { n: 3 } });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.conflict.getByRole("region", { name: "Current" })).toContainText('"n": 3');
  await expect(form.conflict.getByRole("region", { name: "Yours" })).toContainText('"n": 2');
  await form.conflict.getByRole("button", { name: "Overwrite with mine" }).click();
  await new ArtifactPage(page).shown();
  const stored = await (await fetch(`${product.url}/api/artifacts/${id}/data`)).text();
  expect(stored.replace(/\s/g, "")).toBe('{"id":9007199254740993,"share":1.0,"n":2}');
});
