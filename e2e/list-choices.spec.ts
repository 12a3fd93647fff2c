import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";

test("selects all artifacts of all pages, deletes them and undoes it", async ({ vitrine, artifacts, key, page }) => {
  const keys = Array.from({ length: 60 }, (_, at) => `${key}-${at}`);
  await vitrine.artifact.createMany.mutate({ items: [...keys, `${key}-0`].map((key) => ({ key, data: "text" })) });
  await artifacts.goto(`?key=${key}`);
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await expect(artifacts.selected).toContainText("50 selected");
  await artifacts.selected.getByRole("button", { name: "Select all 60" }).click();
  await expect(artifacts.selected).toContainText("All 60 selected");
  await artifacts.selected.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete all" });
  await expect(dialog.getByRole("heading", { name: "Delete 60 artifacts (61 versions)?" })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Delete 61 versions" }).click();
  await artifacts.toast.shows("Deleted 60 artifacts (61 versions)");
  await expect(page.getByRole("heading", { name: "No matching artifacts" })).toBeVisible();
  await artifacts.toast.undo();
  await artifacts.toast.shows("Restored 61 versions");
  await expect(artifacts.rows).toHaveCount(50);
});

test("shows the chosen columns in their order and width, from the first paint on", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await vitrine.artifact.create.mutate({ key, type: "markdown", data: "Hi", metadata: { owner: "the data team" } });
  await artifacts.goto(`?key=${key}`);
  const heads = page.getByRole("columnheader");
  const width = async (name: string) => (await page.getByRole("columnheader", { name }).boundingBox())?.width;
  await page.getByRole("button", { name: "Display" }).click();
  const panel = page.getByRole("dialog", { name: "Display" });
  await expect(panel.getByRole("radio", { name: "Compact" })).toBeVisible();
  // The content arrives after the dialog, whose last button closes it.
  await expect(panel.getByRole("button", { name: "Close" })).not.toBeFocused();
  await page.keyboard.press("Tab");
  await expect(panel.locator(":focus")).toBeVisible();
  await expect(panel.getByRole("button", { name: "Close" })).not.toBeFocused();
  await panel.getByRole("button", { name: "Hide Flow run" }).click();
  await panel.getByRole("textbox", { name: "Metadata field" }).fill("owner");
  await page.keyboard.press("Enter");
  const handle = panel.getByRole("button", { name: "Move Type" });
  await handle.focus();
  await page.keyboard.press("ArrowDown");
  await expect(handle).toHaveAccessibleName("Move Type: position 2 of 7");
  await expect(handle).toBeFocused();
  await panel.getByRole("radio", { name: "Comfortable" }).check();
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(artifacts.row(key)).toContainText("the data team");

  await heads.first().hover();
  const edge = page.getByRole("separator", { name: "Width of owner" });
  await edge.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(edge).toHaveAttribute("aria-valuenow", "152");
  const box = await page.getByRole("separator", { name: "Width of Size" }).boundingBox();
  await page.mouse.move((box?.x ?? 0) + 6, (box?.y ?? 0) + 6);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) - 34, (box?.y ?? 0) + 6, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width("Size")).toBe(120);

  // As the server renders it.
  const html = await (await page.request.get(`/artifacts?key=${key}`)).text();
  const table = html.slice(html.indexOf("<thead"), html.indexOf("</thead>"));
  const names = [...table.matchAll(/<th[^>]*>(?:<a[^>]*>)?([A-Za-z]+)/g)].map(([, name]) => name);
  expect(names).toEqual(["Artifact", "Value", "Type", "Change", "Size", "Version", "Age", "owner"]);
  expect(html).toContain("--row:2.75rem");
  await page.getByRole("button", { name: "Display" }).click();
  await panel.getByRole("button", { name: "Reset" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("columnheader", { name: "Flow run" })).toBeVisible();
});
