import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";

test("a filter is built by field, operator and values, changed, shared by its URL and removed", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
  await vitrine.artifact.createMany.mutate({
    items: [
      { key: `${key}-a`, type: "table", data: rows(3), metadata: { owner: "ops", model: { layers: 12 } } },
      { key: `${key}-b`, type: "table", data: rows(1), metadata: { owner: "web", model: { layers: 3 } } },
      { key: `${key}-c`, type: "metric", data: 5 },
    ],
  });
  const listed = async (...ends: string[]) => {
    const names = ends.map((end) => `${key}-${end}`);
    await expect(artifacts.rows.getByRole("rowheader").getByRole("link")).toHaveText(names);
  };
  const editor = page.getByRole("dialog", { name: /filter/ });
  await artifacts.goto(`?key=${key}&sort=key`);

  // By keyboard alone.
  await page.keyboard.press("f");
  await expect(page.getByRole("combobox", { name: "Filter by…" })).toBeFocused();
  await page.keyboard.type("rows");
  await expect(page.getByRole("option").first()).toHaveText("Rows");
  await page.keyboard.press("Enter");
  await expect(editor.getByRole("textbox", { name: "At least" })).toBeFocused();
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  await listed("a");
  await expect(page).toHaveURL(/where=rows:2\.\.(&|$)/);

  await page.getByRole("button", { name: "Rows ≥ 2" }).click();
  await editor.getByRole("textbox", { name: "At most" }).fill("1");
  await expect(editor.getByRole("alert")).toBeVisible();
  await expect(editor.getByRole("button", { name: "Apply" })).toBeDisabled();
  expect(await axeViolations(page)).toEqual([]);
  await editor.getByRole("combobox", { name: "Operator" }).selectOption("does not exist");
  await editor.getByRole("button", { name: "Apply" }).click();
  await listed("c");
  await page.getByRole("link", { name: "Clear filter: Rows does not exist" }).click();
  await listed("a", "b", "c");

  await artifacts.filter("metadata", "Metadata");
  await editor.getByRole("combobox", { name: "Path" }).fill("owner");
  await editor.getByRole("combobox", { name: "Operator" }).selectOption("is not");
  await editor.getByRole("combobox", { name: /^Value/ }).fill("ops");
  await editor.getByRole("option", { name: "Add “ops”" }).click();
  await editor.getByRole("button", { name: "Apply" }).click();
  await listed("b");
  await artifacts.filter("metadata.model.layers:..5", "model.layers ≤ 5");
  await artifacts.filter("table", "Table 1");
  await listed("b");
  const url = page.url();
  await page.goBack();
  await page.goBack();
  const chips = page.getByRole("list", { name: "Filters" }).getByRole("button");
  await expect(chips).toHaveText(["owner is notops"]);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(url);
  await listed("b");
  await expect(chips).toHaveCount(3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page).toHaveURL(/artifacts\?sort=key$/);
});

test("the palette does what needs no row, and finds artifacts by their description", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  const description = `Rainfall of ${key}`;
  const { version } = await vitrine.artifact.create.mutate({ key: `${key}-a`, data: 1, description });
  expect(version).toBe(1);
  await artifacts.goto();
  await page.keyboard.press("/");
  const search = page.getByRole("dialog", { name: "Search" }).getByRole("combobox");
  await search.fill("theme dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Theme: dark. Switch to system" })).toBeVisible();

  await page.keyboard.press("/");
  await search.fill(description);
  await expect(page.getByRole("option", { name: `${key}-a ${description}` })).toBeVisible();
  await search.fill("edit an");
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Edit an artifact…" }).fill(`${key}-a`);
  await page.getByRole("option", { name: `${key}-a` }).click();
  await expect(page).toHaveURL(`/artifacts/key/${key}-a?tab=edit`);

  await page.goto("/runs");
  await interactive(page);
  await page.keyboard.press("ControlOrMeta+k");
  await search.fill("delete an");
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Delete an artifact…" }).fill(`${key}-a`);
  await page.getByRole("option", { name: `${key}-a` }).click();
  await page.getByRole("button", { name: "Delete 1 version" }).click();
  await artifacts.toast.shows(`Deleted ${key}-a (1 version)`);
  await artifacts.toast.undo();
  await artifacts.toast.shows("Restored 1 version");
});
