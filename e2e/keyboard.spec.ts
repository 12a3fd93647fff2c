import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage, EditPage } from "./pages/artifact-page";
import { ComparePage } from "./pages/compare-page";
import { KeyPage } from "./pages/key-page";
import { searched } from "./pages/searched";

test("finds, compares, edits, deletes and restores by keyboard alone", async ({ vitrine, artifacts, key, page }) => {
  for (const data of ["# First", "# Second"]) await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  await vitrine.artifact.create.mutate({ key: `${key}-other`, type: "progress", data: 30 });
  await vitrine.artifact.create.mutate({ key: "not-this-one", data: 0 });
  const { keyboard } = page;
  const press = async (...keys: string[]) => {
    for (const each of keys) await keyboard.press(each);
  };

  // Find, and peek from row to row.
  await artifacts.goto();
  await press("f");
  await expect(page.getByRole("combobox", { name: "Filter by…" })).toBeFocused();
  await keyboard.type(key);
  await expect(page.getByRole("option").first()).toHaveText(`Key contains “${key}”`);
  await press("Enter");
  await expect(artifacts.rows).toHaveCount(2);
  await press("j");
  await expect(artifacts.rows.first().getByRole("link").first()).toBeFocused();
  await press(" ");
  await expect(artifacts.peek.getByRole("progressbar")).toBeVisible();
  await press("j");
  await expect(artifacts.peek.getByRole("heading", { name: "Second" })).toBeVisible();

  // Open, look back, compare.
  await press("Enter");
  const history = await new KeyPage(page).shownKey(key);
  await expect(artifacts.peek).toHaveCount(0);
  await press("[");
  await expect(history.panel.getByRole("heading", { name: "First" })).toBeVisible();
  await press("k");
  await expect(history.panel.getByRole("heading", { name: "Second" })).toBeVisible();
  // A shortcut that follows before the address is that of the version is overtaken by it.
  await expect(page).not.toHaveURL(/version=1/);
  await press("d");
  await new ComparePage(page).hasSummary("1 line added, 1 removed");
  await press("n");
  await expect(page.locator(":focus")).toContainText("First");

  // Back by the palette, edit, save.
  await press("Control+k");
  await keyboard.type(key);
  await expect(page.getByRole("option", { name: key }).first()).toBeVisible();
  await press("Enter");
  await history.shownKey(key);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await press("e");
  const form = await new EditPage(page).shown();
  await expect(form.description).toBeFocused();
  await keyboard.type("By keyboard");
  await expect(form.description).toHaveValue("By keyboard");
  await press("Control+Enter");
  const version = await new ArtifactPage(page).shown();
  await expect(page.getByText("By keyboard")).toBeVisible();

  // Raw and back, delete, undo.
  await press(".");
  await expect(page.getByRole("region", { name: "Raw data" })).toContainText("# Second");
  await expect(page).toHaveURL(/tab=raw/);
  await press(".");
  await expect(page.getByRole("region", { name: "Raw data" })).toHaveCount(0);
  await press("#");
  await version.toast.shows(`Deleted v2 of ${key}`);
  await history.shownKey(key);
  await expect(history.versions).toHaveCount(1);
  await press("z");
  await version.toast.shows(`Restored v2 of ${key}`);
  await expect(history.versions).toHaveCount(2);
  await expect
    .poll(() => vitrine.collection.latest.query({ key }))
    .toMatchObject({ version: 2, description: "By keyboard" });
});

test("shortcuts are off in text fields, and ? lists those of the page", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key, data: 1 });
  await artifacts.goto();
  await artifacts.search.pressSequentially("x#?");
  await expect(artifacts.search).toHaveValue("x#?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await artifacts.search.fill(key);
  await expect(artifacts.rows).toHaveCount(1);
  await artifacts.search.blur();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help.getByRole("region", { name: "List" })).toContainText("jNext row");
  await expect(help.getByRole("region", { name: "Everywhere" })).toContainText("CtrlKSearch");
  // The search of the help has the focus.
  await page.keyboard.type("go to");
  const sections = help.getByRole("region", { name: "Shortcuts" }).getByRole("region");
  await expect(sections).toHaveCount(1);
  await expect(sections).toContainText("gaGo to artifacts");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(artifacts.rows).toHaveCount(1);

  const history = await artifacts.openKey(key);
  await page.keyboard.press("?");
  await expect(help.getByRole("region", { name: "Version" })).toContainText("#Delete this version");
  await expect(help.getByRole("region", { name: "List" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await history.shownKey(key);

  for (const [second, title] of [
    ["r", "Runs"],
    ["t", "Trash"],
    ["a", "Artifacts"],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(second);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole("main")).toBeFocused();
  }
});

test("a focused row keeps the focus while a search narrows the list", async ({ vitrine, artifacts, key, page }) => {
  for (const end of ["a", "b"])
    await vitrine.artifact.create.mutate({ key: `${key}-${end}`, type: "progress", data: 30 });
  // Else the list is empty at first.
  await searched(vitrine);
  let release = () => {};
  const focused = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(
    (url) => url.searchParams.has("_rsc") && url.searchParams.get("q") === `${key}-a`,
    async (route) => {
      await focused;
      await route.continue();
    },
  );
  await artifacts.goto(`?key=${key}`);
  await artifacts.search.fill(`${key}-a`);
  await page.keyboard.press("Escape");
  const link = artifacts.row(`${key}-a`).getByRole("link").first();
  await link.focus();
  release();
  await expect(artifacts.rows).toHaveCount(1);
  await expect(link).toBeFocused();
  await page.keyboard.press(" ");
  await expect(artifacts.peek.getByRole("progressbar")).toBeVisible();
});

test("the link of every row and card has a visible focus ring", async ({ vitrine, artifacts, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-run` });
  await vitrine.taskRun.create.mutate({ flowRunId: run.id, taskKey: "load", dynamicKey: "0", name: `${key}-task` });
  await vitrine.artifact.create.mutate({ key, data: 1, flowRunId: run.id });
  await artifacts.goto();
  for (const [path, name] of [
    [`/artifacts?key=${key}`, key],
    [`/artifacts?key=${key}&show=cards`, key],
    ["/runs", `${key}-run`],
    [`/runs/flow-run/${run.id}`, `${key}-task`],
  ] as const) {
    await page.goto(path);
    const link = page.getByRole("main").getByRole("link", { name }).first();
    await expect(link).toBeVisible();
    // A key was pressed, so that the browser shows where the focus is.
    await page.keyboard.press("Tab");
    await link.focus();
    const ring = await link.evaluate((element) => getComputedStyle(element, "::after").outlineWidth);
    expect(ring, path).toBe("2px");
  }
});

test("the palette finds artifacts, runs, pages and shortcuts", async ({ vitrine, artifacts, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-run` });
  for (const name of [`a-${key}`, key, `${key}-more`]) await vitrine.artifact.create.mutate({ key: name, data: 1 });
  const palette = page.getByRole("dialog", { name: "Search" });
  const options = palette.getByRole("option");
  const open = async (text: string) => {
    await page.keyboard.press("ControlOrMeta+k");
    await palette.getByRole("combobox").fill(text);
  };
  await artifacts.goto();
  await open(key);
  // The exact match is first.
  const found = options.filter({ hasNotText: "“" });
  await expect(found).toHaveText([`${key}v1`, `${key}-morev1`, `a-${key}v1`, key, `${key}-run`]);
  for (let row = 0; row < 4; row++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(run.id));
  await open("trash");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  await open("");
  await expect(options.first()).toHaveText(`${key}-run`);
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);

  const history = await new KeyPage(page).gotoKey(key);
  await open("delete this");
  await page.keyboard.press("Enter");
  await history.toast.shows(`Deleted v1 of ${key}`);
});
