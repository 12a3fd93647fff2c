import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { publishText } from "#test/browser/publish-text";
import { ArtifactPage, EditPage } from "./pages/artifact-page";

test("JSON is checked and markdown shown while they are typed", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "json", data: { a: 1 } });
  const form = await new EditPage(page).goto(id);
  await form.write('{"a": 1,\n"b" 2}');
  await expect(page.getByText("Data, line 2, column 5: expected a colon")).toBeVisible();
  // The page's policy allows the styles of the editor.
  await expect(page.locator(".cm-scroller")).toHaveCSS("display", "flex");
  await expect(page.locator(".cm-scroller")).toHaveCSS("font-family", /monospace$/);
  await expect(page.locator(".cm-lintRange-error")).toHaveText("2");
  expect(await axeViolations(page)).toEqual([]);
  await form.description.focus();
  await form.submit("Publish new version");
  await expect(form.data).toBeFocused();
  await page.keyboard.type(":");
  await form.data.press("ControlOrMeta+Enter");
  await new ArtifactPage(page).toast.shows(`Published v2 of ${key}`);
  await expect.poll(async () => (await vitrine.collection.latest.query({ key })).data).toEqual({ a: 1, b: 2 });

  const text = await vitrine.artifact.create.mutate({ type: "markdown", data: "" });
  await form.goto(text.id);
  await form.write("## Title\n\n**bold**");
  const preview = page.getByRole("region", { name: "Data preview" });
  await expect(preview.getByRole("heading", { name: "Title" })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(preview).toBeHidden();
  await page.getByRole("group", { name: "Data view" }).getByRole("button", { name: "Preview" }).click();
  await expect(preview).toBeVisible();
  await expect(form.data).toBeHidden();
});

test("what is typed before the code of the preview is there is kept", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# Title" });
  const [data, code] = [gate(), gate()];
  await page.route(`**/api/artifacts/${id}/data*`, (route) => data.opened.then(() => route.continue()));
  const form = await new EditPage(page).goto(id);
  await page.route("**/_next/static/**", (route) => code.opened.then(() => route.continue()));
  const loaded = page.waitForResponse(`**/api/artifacts/${id}/data*`);
  data.open();
  await loaded;
  await form.description.focus();
  await page.keyboard.type("Typed");
  await expect(form.description).toHaveValue("Typed");
  code.open();
  await expect(page.getByRole("region", { name: "Data preview" }).getByRole("heading")).toHaveText("Title");
  await expect(form.description).toHaveValue("Typed");
});

test("a table is edited as a grid by keyboard, and the rest keeps its text", async ({
  product,
  vitrine,
  key,
  page,
  request,
}) => {
  const text = '[{"id": 9007199254740993, "name": "a", "n": 1.0}, {"id": 2, "name": "b", "n": 2}]';
  const id = await publishText(request, { key, type: "table", text });
  const form = await new EditPage(page).goto(id);
  const { keyboard } = page;
  const press = async (...keys: string[]) => {
    for (const each of keys) await keyboard.press(each);
  };
  const rows = form.grid.getByRole("row");
  await form.grid.focus();
  await press("ArrowRight");
  await keyboard.type("12");
  await press("Tab");
  await keyboard.type("3.50");
  await press("Enter", "Delete", "ArrowLeft", "Enter");
  await keyboard.type(" not this");
  await press("Escape", "Home");
  await expect(rows.nth(1)).toHaveText('19007199254740993"12"3.50');
  await expect(rows.nth(2)).toHaveText("22bnull");
  expect(await axeViolations(page)).toEqual([]);

  await form.pasteInGrid("7\tc\t9\n8\td\t\n");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(3)).toHaveText("38dnull");
  await press("Control+z");
  await expect(rows).toHaveCount(3);
  await press("Control+y");
  await page.getByRole("button", { name: "Add column" }).click();
  await expect(rows.nth(0)).toHaveText("#idcolumn 4namen");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(form.changes).toHaveText("1 change: data");
  await form.save("Publish new version");
  const stored = async () => {
    const latest = await vitrine.collection.latest.query({ key });
    return (await fetch(`${product.url}/api/artifacts/${latest.id}/data`)).text();
  };
  await expect
    .poll(stored)
    .toBe(
      '[{"id": 9007199254740993, "name": "12", "n": 3.50}, {"id": 7, "name": "c", "n": 9}, {"id": 8, "name": "d", "n": null}]',
    );
});

test("an edit says who, when and what, and is undone from the page, the notification and the changes", async ({
  vitrine,
  key,
  page,
}) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", description: "first", data: "# One" });
  const form = await new EditPage(page).goto(id);
  await form.describe("second");
  await page.getByRole("textbox", { name: "Reason" }).fill("a better word");
  await form.submit("Save");
  const artifact = await new ArtifactPage(page).shown();
  await artifact.toast.shows("Saved");
  await artifact.toast.undo();
  await artifact.toast.shows("Change undone");
  await expect(page.getByText("first", { exact: true })).toBeVisible();
  await artifact.toast.all.getByRole("button", { name: "Redo" }).click();
  await expect(page.getByText("second", { exact: true })).toBeVisible();
  const header = page.getByRole("main").getByRole("banner").or(page.locator("main header"));
  await expect(header.getByText(/edited by local user .* ago · description/)).toBeVisible();
  await header.getByRole("button", { name: "Undo the last edit" }).click();
  await expect(page.getByText("first", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Changes", exact: true }).click();
  const changes = page.getByRole("region", { name: "Changes" }).getByRole("listitem");
  await expect(changes).toHaveCount(5);
  await expect(changes.nth(3)).toContainText("local user changed description of v1");
  await expect(changes.nth(3)).toContainText("“a better word”");
  expect(await axeViolations(page)).toEqual([]);
  await changes.nth(2).getByRole("button", { name: "Revert to before change 2", exact: true }).click();
  await artifact.toast.shows("Reverted to before change 2");
  await expect(changes).toHaveCount(6);
  expect((await vitrine.artifact.read.query({ id })).description).toBe("second");
  await vitrine.artifact.update.mutate({ id, data: "# Two" });
  await expect(changes.first()).toContainText("changed data of v1");
  await changes.first().getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("v1 before change 6 → v1");
  await expect(page.getByRole("region", { name: "Data", exact: true })).toContainText("# One");
  await page.goto(`/artifacts/compare?from=${id}&to=${id}&from-revision=99`);
  await expect(page.getByRole("heading", { name: "This change is no longer kept" })).toBeVisible();
});

function gate(): { open: () => void; opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
