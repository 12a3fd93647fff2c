import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { ArtifactsPage } from "./pages/artifacts-page";
import { KeyPage } from "./pages/key-page";
import { Toast } from "./pages/toast";

test("the facts of a key are edited in a form, shown on its page and in the list, and undone", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await vitrine.artifact.create.mutate({ key, type: "json", data: 1, description: "Of the version" });
  const history = await new KeyPage(page).gotoKey(key);
  await page.getByRole("button", { name: "Add the facts about this artifact" }).click();
  const dialog = page.getByRole("dialog", { name: `About ${key}` });
  await dialog.getByRole("textbox", { name: "Title" }).fill("Daily sales");
  await dialog.getByRole("textbox", { name: "Owner" }).fill("Ann");
  await dialog.getByRole("textbox", { name: /^Description/ }).fill("What was **sold**.");
  await dialog.getByRole("combobox", { name: "Tags" }).fill(`${key}-finance, eu,`);
  await dialog.getByRole("button", { name: "Add link" }).click();
  await dialog.getByRole("textbox", { name: "Address of link 1" }).fill("https://example.com/wiki");
  await dialog.getByRole("textbox", { name: "Text of link 1" }).fill("Wiki");
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Save" }).click();
  const about = page.getByRole("region", { name: "About this artifact" });
  await expect(about.getByRole("link", { name: "Wiki" })).toHaveAttribute("href", "https://example.com/wiki");
  await expect(about.locator("strong")).toHaveText("sold");
  await expect(page.getByRole("main").getByText("Daily sales").first()).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);

  // Another person changes the owner while the form is open.
  await page.getByRole("button", { name: "Edit the facts about this artifact" }).click();
  await vitrine.collection.update.mutate({ key, owner: "Bob" });
  await dialog.getByRole("textbox", { name: "Title" }).fill("Sales by day");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Someone else changed these facts");
  await dialog.getByRole("button", { name: "Keep my changes" }).click();
  await expect(dialog.getByRole("textbox", { name: "Owner" })).toHaveValue("Bob");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Sales by day").first()).toBeVisible();
  expect(await vitrine.collection.about.query({ key })).toMatchObject({ title: "Sales by day", owner: "Bob" });
  await new Toast(page).undo();
  await expect(page.getByText("Daily sales").first()).toBeVisible();

  await history.more("Tags of v1…");
  const tags = page.getByRole("dialog", { name: "Tags of v1" });
  await tags.getByRole("combobox", { name: "Add tags" }).fill("checked");
  await tags.getByRole("combobox", { name: "Add tags" }).press("Enter");
  await tags.getByRole("button", { name: "Save tags" }).click();
  await expect(page.getByRole("complementary").getByRole("link", { name: "tag checked" })).toBeVisible();

  await page
    .getByRole("link", { name: `tag ${key}-finance` })
    .first()
    .click();
  await expect(page).toHaveURL(/where=tag/);
  await expect(artifacts.rows).toHaveCount(1);
  await expect(artifacts.row(key)).toContainText("Daily sales");
  await expect(artifacts.row(key)).toContainText("checked");
});

test("tags of a selection are changed together, and undone; labels and tags are chips in lists", async ({
  vitrine,
  key,
  page,
}) => {
  const keys = ["one", "two", "three"].map((name) => `${key}-${name}`);
  for (const each of keys) await vitrine.artifact.create.mutate({ key: each, type: "json", data: 1 });
  await vitrine.collection.update.mutate({ key: keys[0] ?? "", tags: ["draft", "eu"] });
  await vitrine.collection.label.mutate({ key: keys[1] ?? "", label: "production", version: 1 });
  const artifacts = await new ArtifactsPage(page).goto(`?key=${key}`);
  await expect(artifacts.row(keys[1] ?? "")).toContainText("label production");
  for (const each of keys.slice(0, 2)) await artifacts.select(each).click();
  await artifacts.selected.getByRole("button", { name: "Tags" }).click();
  const dialog = page.getByRole("dialog", { name: "Tags of 2 artifacts" });
  await expect(dialog.getByRole("listitem").filter({ hasText: "eu" })).toContainText("1 of 2");
  await dialog.getByRole("button", { name: "Remove draft" }).click();
  await dialog.getByRole("button", { name: "Add to all eu" }).click();
  await dialog.getByRole("combobox", { name: "Add tags" }).fill("checked");
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Save tags" }).click();
  for (const each of keys.slice(0, 2)) await expect(artifacts.row(each)).toContainText("checked");
  const tagsOf = async () => (await vitrine.collection.about.query({ key: keys[0] ?? "" }))?.tags;
  expect(await tagsOf()).toEqual(["checked", "eu"]);
  await artifacts.toast.undo();
  await expect.poll(tagsOf).toEqual(["draft", "eu"]);
  await artifacts.filter("tag eu", "eu 1");
  await expect(artifacts.rows).toHaveCount(1);
});
