import { readFile } from "node:fs/promises";
import type { Vitrine } from "#client/connect";
import { axeViolations } from "#test/browser/axe";
import { expect, OWN_CONTEXT, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";
import { TrashPage } from "./pages/trash-page";

async function published(vitrine: Vitrine, ...keys: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const key of keys) {
    const input = { key, type: "markdown", data: `# About ${key}`, description: `Words on ${key}` };
    ids.push((await vitrine.artifact.create.mutate(input)).id);
  }
  return ids;
}

test("remembers the card layout", async ({ vitrine, artifacts, key, page }) => {
  await published(vitrine, key);
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.rows).toHaveCount(1);
  await page.getByRole("link", { name: "Cards" }).click();
  await expect(artifacts.cards).toHaveCount(1);
  await expect(artifacts.cards).toContainText(`About ${key}Words on ${key}`);
  await expect(page).toHaveURL(/show=cards/);
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.cards).toHaveCount(1);
  await page.getByRole("link", { name: "List" }).click();
  await expect(artifacts.rows).toHaveCount(1);
});

test("the peek follows j and k, survives a reload and returns the focus", async ({ vitrine, artifacts, key, page }) => {
  await published(vitrine, `${key}-a`);
  const [, second = ""] = await published(vitrine, `${key}-a`, `${key}-b`, `${key}-c`);
  await artifacts.goto(`?key=${key}&sort=key`);
  await artifacts.row(`${key}-a`).hover();
  const place = await artifacts.row(`${key}-c`).boundingBox();
  await page.getByRole("button", { name: `Peek at ${key}-a`, exact: true }).click();
  await expect(artifacts.peek.getByRole("heading", { name: `About ${key}-a` })).toBeVisible();
  // Over the list, whose rows do not move.
  expect(await artifacts.row(`${key}-c`).boundingBox()).toEqual(place);
  // Shortcuts to its neighbours work once they are known, as their buttons do.
  const neighbour = (which: string) => artifacts.peek.getByRole("button", { name: `${which} version` });
  await expect(neighbour("Older")).toBeEnabled();
  await page.keyboard.press("[");
  await expect(artifacts.peek.getByRole("heading", { name: `${key}-a v1` })).toBeVisible();
  await expect(neighbour("Older")).toBeDisabled();
  await expect(neighbour("Newer")).toBeEnabled();
  await page.keyboard.press("]");
  await expect(artifacts.peek.getByRole("heading", { name: `${key}-a v2` })).toBeVisible();
  await expect(artifacts.peek.getByRole("link", { name: "Compare" })).toHaveAttribute("href", /compare\?to=/);
  await expect(artifacts.peek.getByRole("link", { name: "Edit" })).toHaveAttribute("href", /version=2&tab=edit$/);
  await page.keyboard.press("j");
  await expect(artifacts.peek.getByRole("heading", { name: `About ${key}-b` })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`peek=${second}`));
  await page.reload();
  await interactive(page);
  await expect(artifacts.peek.getByRole("heading", { name: `About ${key}-b` })).toBeVisible();
  await page.keyboard.press("k");
  await expect(artifacts.peek.getByRole("heading", { name: `About ${key}-a` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(artifacts.peek).toHaveCount(0);
  await expect(page).not.toHaveURL(/[?&]peek=/);
  await expect(artifacts.row(`${key}-a`).getByRole("link").first()).toBeFocused();

  await page.setViewportSize({ width: 390, height: 800 });
  await page.keyboard.press(" ");
  const sheet = page.getByRole("dialog", { name: "Peek" });
  await expect(sheet.getByRole("heading", { name: `About ${key}-a` })).toBeVisible();
  await sheet.getByRole("button", { name: "Next row" }).click();
  await expect(sheet.getByRole("heading", { name: `About ${key}-b` })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
});

test("the peek opens as a sheet on a phone while its viewer still loads", { tag: OWN_CONTEXT }, async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await vitrine.artifact.create.mutate({ key, type: "json", data: { a: [1] }, description: `About ${key}` });
  await page.setViewportSize({ width: 390, height: 800 });
  await artifacts.goto(`?key=${key}`);
  await page.getByRole("button", { name: `Peek at ${key}` }).click();
  const sheet = page.getByRole("dialog", { name: "Peek" });
  await expect(sheet.getByRole("tree")).toBeVisible();
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(sheet).toHaveCount(0);

  await page.getByRole("button", { name: `Peek at ${key}` }).click();
  await expect(sheet.getByRole("tree")).toBeVisible();
  await page.goBack();
  await expect(sheet).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/artifacts\\?key=${key}$`));
});

test("deletes selected versions and keys, and undoes each deletion", async ({ vitrine, artifacts, key, page }) => {
  const names = ["a", "b", "c", "d"].map((end) => `${key}-${end}`);
  await published(vitrine, ...names, names[0] ?? "");
  await artifacts.goto(`?key=${key}&sort=key`);
  await artifacts.row(names[0] ?? "").hover();
  await artifacts.select(names[0] ?? "").check();
  await artifacts.row(names[2] ?? "").hover();
  await artifacts.select(names[2] ?? "").click({ modifiers: ["Shift"] });
  await expect(page.getByRole("status").filter({ hasText: "3 selected" })).toBeAttached();
  await expect(artifacts.selected).toContainText("3 selected");
  // Only the first key has a version before its latest.
  await artifacts.selected.getByRole("button", { name: "Revert to previous version" }).click();
  await artifacts.toast.shows(`Deleted v2 of ${names[0]}`);
  await expect(artifacts.row(names[0] ?? "")).toContainText("v1");
  await artifacts.toast.undo();
  await artifacts.toast.shows("Restored 1 version");
  await expect(artifacts.row(names[0] ?? "")).toContainText("v2");

  await page.getByRole("checkbox", { name: "Select all" }).check();
  await artifacts.selected.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete 5 versions" }).click();
  await artifacts.toast.shows("Deleted 4 artifacts (5 versions)");
  await expect(page.getByRole("heading", { name: "No matching artifacts" })).toBeVisible();
  await page.keyboard.press("z");
  await expect(artifacts.rows).toHaveCount(4);
  await expect(artifacts.row(names[0] ?? "")).toContainText("v2");
});

test("# deletes a key once that is confirmed, and the focus goes to the next row", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  const names = ["a", "b", "c"].map((end) => `${key}-${end}`);
  await published(vitrine, ...names, names[0] ?? "");
  await artifacts.goto(`?key=${key}&sort=key`);
  const focused = (at: number) =>
    artifacts
      .row(names[at] ?? "")
      .getByRole("link")
      .first();
  await page.keyboard.press("j");
  await page.keyboard.press("#");
  const dialog = page.getByRole("alertdialog", { name: `Delete ${names[0]}?` });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(focused(0)).toBeFocused();
  await page.keyboard.press("#");
  await dialog.getByRole("button", { name: "Delete 2 versions" }).click();
  await artifacts.toast.shows("Deleted 1 artifact (2 versions)");
  await expect(artifacts.rows).toHaveCount(2);
  await expect(focused(1)).toBeFocused();
});

test("compares and downloads two selected rows", async ({ vitrine, artifacts, key, page }) => {
  await published(vitrine, `${key}-a`, `${key}-b`);
  await artifacts.goto(`?key=${key}`);
  await page.getByRole("checkbox", { name: "Select all" }).check();
  const download = page.waitForEvent("download");
  await artifacts.selected.getByRole("button", { name: "Download" }).click();
  const archive = await download;
  expect(archive.suggestedFilename()).toMatch(/^artifacts-.*\.zip$/);
  const content = await readFile(await archive.path(), "latin1");
  for (const name of [`${key}-a-v1`, `${key}-b-v1`]) expect(content).toContain(name);
  await artifacts.selected.getByRole("link", { name: "Compare" }).click();
  await expect(page).toHaveURL(/compare\?from=.*&to=/);
});

test("says what each artifact is and how it changed, and is sorted by the heads", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  for (const data of [91.81, 94.853_356]) {
    await vitrine.artifact.create.mutate({ key: `${key}-number`, type: "metric", data });
  }
  const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
  for (const data of [rows(30), rows(31)]) {
    await vitrine.artifact.create.mutate({ key: `${key}-table`, type: "table", data });
  }
  await vitrine.artifact.create.mutate({ key: `${key}-scores`, data: { accuracy: 0.92, epochs: 12 } });
  await vitrine.artifact.create.mutate({ key: `${key}-words`, type: "markdown", data: "# First **words**" });
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.row(`${key}-scores`)).toContainText("accuracy 0.92, epochs 12");
  await expect(artifacts.row(`${key}-words`)).toContainText("First words");
  await expect(artifacts.row(`${key}-number`)).toContainText(/94\.85\+3\.04.*v2/);
  await expect(artifacts.row(`${key}-table`)).toContainText(/31 rows\+1 row.*v2/);
  await vitrine.artifact.create.mutate({ key: `${key}-number`, type: "metric", data: 95 });
  await expect(artifacts.row(`${key}-number`)).toContainText(/95\+0\.147.*v3/);

  const head = page.getByRole("columnheader", { name: "Size" });
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(artifacts.rows.first()).toContainText(`${key}-table`);
  await head.getByRole("link").click();
  await expect(page).toHaveURL(/sort=size$/);
  await expect(artifacts.rows.first()).toContainText(`${key}-number`);
  await page.getByRole("link", { name: "rows", exact: true }).click();
  await expect(page.getByRole("columnheader", { name: "Value" })).toHaveAttribute("aria-sort", "descending");
  await expect(artifacts.rows.first()).toContainText(`${key}-table`);
});

test("groups all versions by day in columns of the same width", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key, type: "progress", data: 30 });
  const widthOf = async () => (await page.getByRole("columnheader", { name: "Artifact" }).boundingBox())?.width;
  await artifacts.goto(`?versions=all&key=${key}`);
  const width = await widthOf();
  await artifacts.goto(`?versions=all&key=${key}&group=day`);
  await expect(page.getByRole("rowheader", { name: "1 artifact" })).toBeVisible();
  expect(await widthOf()).toBe(width);
});

test("filters by description and creation time, each a chip that can be cleared", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await published(vitrine, `${key}-a`, `${key}-b`);
  await artifacts.goto(`?key=${key}`);
  await artifacts.filter(`Words on ${key}-a`, "Description contains");
  await expect(artifacts.rows).toHaveCount(1);
  await artifacts.filter("24", "Last 24 hours");
  await expect(page).toHaveURL(/created=24h/);
  await expect(artifacts.rows).toHaveCount(1);
  await page.getByRole("link", { name: /^Clear filter: Description/ }).click();
  await expect(artifacts.rows).toHaveCount(2);
  await page.getByRole("link", { name: "Clear filter: Created last 24 hours" }).click();
  await expect(page).not.toHaveURL(/created/);
  await artifacts.filter("created", "Created");
  await page.getByLabel("To (inclusive)").fill("2020-01-31");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/created=\.\.2020-01-31/);
  await page.getByRole("link", { name: "Clear filter: Created until 2020-01-31 2 artifacts" }).click();
  await expect(artifacts.rows).toHaveCount(2);
});

test("restores and permanently deletes selected versions in the trash", async ({ vitrine, key, page }) => {
  const ids: string[] = [];
  for (const data of [1, 2, 3]) ids.push((await vitrine.artifact.create.mutate({ key, data })).id);
  for (const id of ids) await vitrine.artifact.remove.mutate({ id });
  const trash = await new TrashPage(page).goto(key);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const selected = page.getByRole("region", { name: "Selection" });
  await expect(selected).toContainText("2 selected");
  await selected.getByRole("button", { name: "Restore", exact: true }).click();
  await trash.toast.shows("Restored 2 versions");
  await expect(trash.restoreButton(key, 1)).toBeVisible();
  await expect(trash.restoreButton(key, 3)).toHaveCount(0);
  await page.getByRole("checkbox", { name: `Select v1 of ${key}` }).check();
  await selected.getByRole("button", { name: "Delete permanently" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete permanently" }).click();
  await expect(trash.restoreButton(key, 1)).toHaveCount(0);
  await expect.poll(() => vitrine.trash.count.query({ where: { key } })).toBe(0);
});

test("the trash is searched by key and says when each version is deleted permanently", async ({
  vitrine,
  key,
  page,
}) => {
  for (const name of [`${key}-north`, `${key}-south`]) {
    const { id } = await vitrine.artifact.create.mutate({ key: name, data: 1 });
    await vitrine.artifact.remove.mutate({ id });
  }
  const trash = await new TrashPage(page).goto(`${key}-north`);
  await expect(trash.row(`${key}-north`)).toContainText("in 30 days");
  await expect(trash.row(`${key}-south`)).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Key contains" }).fill(`${key}-`.toUpperCase());
  await expect(trash.row(`${key}-south`)).toBeVisible();
  await expect(trash.row(key)).toHaveCount(2);
  await expect(page).toHaveURL(new RegExp(`/trash\\?search=${key}-$`, "i"));
  await page.getByRole("searchbox", { name: "Key contains" }).pressSequentially("nothing");
  await expect(page.getByRole("heading", { name: "No matching versions" })).toBeVisible();
  // The address follows what is typed, and would overtake the link.
  await expect(page).toHaveURL(/nothing$/);
  await page.getByRole("link", { name: "All deleted versions" }).click();
  await expect(page.getByRole("searchbox", { name: "Key contains" })).toHaveValue("");
});

test("the trash is usable on a phone", async ({ vitrine, key, page }) => {
  const long = `${key}-with-a-long-name-that-does-not-fit-into-one-line-of-a-phone`;
  for (const data of [1, 2]) await vitrine.artifact.create.mutate({ key: long, data });
  await vitrine.collection.remove.mutate({ key: long });
  await page.setViewportSize({ width: 390, height: 844 });
  const trash = await new TrashPage(page).goto(long);
  const row = page.getByRole("row").filter({ has: trash.restoreButton(long, 1) });
  await expect(row).toContainText(/v1 · (just now|\d+ s ago)/);
  await expect(row).toContainText("Deleted permanently in 30 days");
  const name = row.getByText(long, { exact: true });
  expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  for (const target of [row.getByRole("checkbox").locator(".."), ...(await row.getByRole("button").all())]) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
  }
  const more = row.getByRole("button", { name: "More actions" });
  expect((await more.boundingBox())?.x).toBeGreaterThan(320);
  await more.click();
  await expect(page.getByRole("menuitem", { name: "Delete permanently" })).toBeInViewport({ ratio: 1 });
});

test("no state of the list has an accessibility violation", async ({ vitrine, artifacts, key, page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const [first = ""] = await published(vitrine, `${key}-a`, `${key}-b`);
  const clean = async (state: string) => expect.soft(await axeViolations(page), state).toEqual([]);
  await artifacts.goto(`?key=${key}&peek=${first}`);
  await expect(artifacts.peek.getByRole("heading", { name: `About ${key}-a` })).toBeVisible();
  await artifacts.row(`${key}-b`).hover();
  await artifacts.select(`${key}-b`).check();
  await clean("peek and selection");
  await artifacts.selected.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await clean("confirmation");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await clean("help");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill(key);
  await expect(page.getByRole("option").first()).toBeVisible();
  await clean("palette");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("combobox", { name: "Filter by…" }).fill("mark");
  await expect(page.getByRole("option", { name: "Markdown 2" })).toBeVisible();
  await clean("filter");
  await artifacts.goto(`?key=${key}&show=cards&created=7d`);
  await expect(artifacts.cards).toHaveCount(2);
  await vitrine.artifact.create.mutate({ key: `${key}-c`, data: 1 });
  await expect(artifacts.newRows).toBeVisible();
  await clean("cards and new rows");
});

for (const view of ["", "&versions=all"]) {
  test(`the next page begins after the last row shown while others publish${view}`, async ({
    vitrine,
    artifacts,
    key,
    page,
  }) => {
    const keys = Array.from({ length: 60 }, (_, at) => `${key}-${String(at).padStart(2, "0")}`);
    await published(vitrine, ...keys);
    await artifacts.goto(`?key=${key}${view}`);
    await expect(artifacts.rows).toHaveCount(50);
    await published(vitrine, ...["a", "b", "c"].map((end) => `${key}-new-${end}`));
    await expect(page.getByRole("button", { name: "3 new" })).toBeVisible();
    await page.getByRole("link", { name: "Next", exact: true }).click();
    await expect(artifacts.rows).toHaveCount(10);
    await expect(artifacts.rows.first()).toContainText(keys[9] ?? "");
    await page.getByRole("link", { name: "Previous", exact: true }).click();
    await expect(artifacts.rows.last()).toContainText(keys[10] ?? "");
  });
}

test("on a phone the tools of all versions take two lines, and the order is readable", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await vitrine.markdown(key, "# Hi");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/artifacts?versions=all");
  const tools = [artifacts.search, page.getByRole("button", { name: "Filter", exact: true }), artifacts.sort];
  const more = [page.getByRole("combobox", { name: "Group" }), page.getByRole("navigation", { name: "Layout" })];
  const tops = await Promise.all([...tools, ...more].map(async (tool) => (await tool.boundingBox())?.y));
  expect(new Set(tops).size).toBe(2);
  await page.goto("/artifacts?type=markdown");
  await expect(artifacts.sort).toBeVisible();
  expect((await artifacts.sort.boundingBox())?.width).toBeGreaterThan(80);
});

test("the tools of the list are on one line at 768 px, and at 640 px the layout is not alone on the second", async ({
  artifacts,
  vitrine,
  key,
  page,
}) => {
  await vitrine.artifact.create.mutate({ key, data: 1 });
  await page.setViewportSize({ width: 768, height: 800 });
  await artifacts.goto();
  const layout = page.getByRole("navigation", { name: "Layout" });
  const topOf = async (tool: typeof layout) => (await tool.boundingBox())?.y ?? 0;
  expect(await topOf(layout)).toBe(await topOf(artifacts.search));
  await page.setViewportSize({ width: 640, height: 800 });
  expect(await topOf(layout)).toBeGreaterThan(await topOf(artifacts.search));
  expect(await topOf(layout)).toBe(await topOf(artifacts.sort));
});
