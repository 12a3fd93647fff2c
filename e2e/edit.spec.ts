import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage, EditPage } from "./pages/artifact-page";

test("JSON is checked and markdown shown while they are typed", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "json", data: { a: 1 } });
  const form = await new EditPage(page).goto(id);
  await form.write('{"a": 1,\n"b" 2}');
  await expect(page.getByText("Data, line 2, column 5: expected a colon")).toBeVisible();
  // The page's policy allows the styles of the editor.
  await expect(page.locator(".cm-scroller")).toHaveCSS("display", "flex");
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

test("a table is edited as a grid by keyboard, and the rest keeps its text", async ({
  product,
  vitrine,
  key,
  page,
}) => {
  const sent = await fetch(`${product.url}/api/trpc/artifact.create`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"key": "${key}", "type": "table", "data": [{"id": 9007199254740993, "name": "a", "n": 1.0}, {"id": 2, "name": "b", "n": 2}]}`,
  });
  expect(sent.ok).toBe(true);
  const { id } = await vitrine.collection.latest.query({ key });
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
