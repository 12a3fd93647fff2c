import { expect, test } from "#test/browser/fixtures";
import { publishText } from "#test/browser/publish-text";
import { ArtifactPage, EditPage } from "./pages/artifact-page";

test("a save merges what others changed, and asks only about what both changed", async ({ vitrine, key, page }) => {
  const metadata = { owner: "ann", stage: "test" };
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1, description: "Start", metadata });
  const form = await new EditPage(page).goto(id);
  await form.describe("Mine");
  await vitrine.artifact.update.mutate({ id, metadata: { ...metadata, owner: "bob" } });
  await form.save();
  await expect
    .poll(() => vitrine.artifact.read.query({ id }))
    .toMatchObject({
      description: "Mine",
      metadata: { owner: "bob", stage: "test" },
    });

  await form.goto(id);
  await form.describe("Mine again");
  await form.fillValue("stage", "mine");
  await vitrine.artifact.update.mutate({ id, description: "Theirs", metadata: { owner: "cat", stage: "theirs" } });
  await form.submit();
  await expect(form.conflict).toContainText("2 fields were changed by someone else too");
  await expect(form.conflict.getByRole("group")).toHaveCount(2);
  expect((await vitrine.artifact.read.query({ id })).description).toBe("Theirs");
  await form.choose("description", "Mine");
  await form.submit();
  await expect(page.getByText("Choose what to save of each conflict.")).toBeVisible();
  await form.choose("metadata.stage", "Theirs");
  await form.save();
  await expect
    .poll(() => vitrine.artifact.read.query({ id }))
    .toMatchObject({
      description: "Mine again",
      metadata: { owner: "cat", stage: "theirs" },
    });
});

test("a draft is asked about, announced and discarded, and Ctrl+Enter saves it", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1 });
  const form = await new EditPage(page).goto(id);
  await form.describe("Not yet saved");
  await form.add(1, "owner", "ann");
  await expect(form.changes).toHaveText("2 changes: description, metadata.owner");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill("trash");
  await page.getByRole("option", { name: "Trash" }).first().click();
  await page.getByRole("button", { name: "Stay" }).click();
  await page.getByRole("link", { name: "Trash" }).click();
  await page.getByRole("button", { name: "Keep draft and leave" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  const artifact = await new ArtifactPage(page).goto(id);
  await expect(page.getByText("You have an unsaved draft of this version")).toBeVisible();
  await artifact.edit();
  await expect(page.getByText(/^Unsaved draft from \d\d:\d\d restored/)).toBeVisible();
  await expect(form.description).toHaveValue("Not yet saved");
  await page.getByRole("button", { name: "Discard draft" }).click();
  await expect(form.description).toHaveValue("");
  await expect(form.changes).toHaveText("No changes");
  await page.getByRole("button", { name: "Undo" }).click();
  await form.description.press("ControlOrMeta+Enter");
  await new ArtifactPage(page).shown();
  await expect(page.getByText("unsaved draft")).toHaveCount(0);
  await expect
    .poll(() => vitrine.artifact.read.query({ id }))
    .toMatchObject({
      description: "Not yet saved",
      metadata: { owner: "ann" },
    });
});

test("a conflict over data shows both sides, and its text is saved as it was typed", async ({
  product,
  vitrine,
  key,
  page,
  request,
}) => {
  const text = '{"id": 9007199254740993, "share": 1.0, "n": 1, "n": 1}';
  const id = await publishText(request, { key, type: "json", text });
  const form = await new EditPage(page).goto(id);
  await expect(form.data).toContainText("9007199254740993");
  const typed = '{"id": 9007199254740993,  "share": 1.0,\n "n": 2, "n": 3}';
  await form.write(typed);
  await page.getByRole("radio", { name: "Overwrite this version" }).check();
  await page.reload();
  await expect(form.data).toContainText('"n": 2, "n": 3');
  await vitrine.artifact.update.mutate({ id, data: { n: 3 } });
  await form.submit();
  await expect(form.conflict.getByRole("group", { name: "data" })).toContainText('"n": 3\n}');
  await form.choose("data", "Mine");
  await form.save();
  const stored = async () => (await fetch(`${product.url}/api/artifacts/${id}/data`)).text();
  await expect.poll(stored).toBe(typed);
});
