import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { interactive, refreshed } from "./pages/interactive";
import { KeyPage } from "./pages/key-page";

test("a history shows what changed, and its versions open by keyboard", async ({ vitrine, key, page }) => {
  const rows = (many: number) => Array.from({ length: many }, (_, at) => ({ at }));
  for (const data of [rows(100), rows(220), "not a table"]) {
    await vitrine.artifact.create.mutate({ key, type: typeof data === "string" ? "markdown" : "table", data });
  }
  const history = await new KeyPage(page).gotoKey(key);
  await expect(history.versions.nth(0)).toContainText("was table");
  await expect(history.versions.nth(1)).toContainText("220 rows+120 rows, size +1");
  await expect(history.versions.nth(2)).toContainText("first version");
  await page.keyboard.press("[");
  await history.opened(2);
  // A shortcut that follows before the address is that of the version is overtaken by it.
  await expect(page).toHaveURL(/version=2$/);
  await page.keyboard.press("[");
  await history.opened(1);
  await expect(page).toHaveURL(/version=1$/);
  await page.keyboard.press("]");
  await history.opened(2);
  await history.versions.nth(2).hover();
  await history.versions.nth(2).getByRole("link", { name: "Compare v1 with v2" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "v1 → v2" })).toBeVisible();
});

declare global {
  interface Window {
    titles: string[];
  }
}

test("each page has its title at all times, as a screen reader announces it", async ({ vitrine, key, artifacts }) => {
  const { page } = artifacts;
  const flow = await vitrine.flow.create.mutate({ name: `${key}-flow` });
  const { id: flowRunId } = await vitrine.flowRun.create.mutate({ flowId: flow.id, state: { type: "COMPLETED" } });
  for (const data of [1, 2, 3]) await vitrine.artifact.create.mutate({ key, data, flowRunId });
  await artifacts.goto(`?key=${key}`);
  await page.evaluate(() => {
    window.titles = [document.title];
    const note = () => document.title !== window.titles.at(-1) && window.titles.push(document.title);
    new MutationObserver(note).observe(document, { childList: true, subtree: true, characterData: true });
  });
  const history = await artifacts.openKey(key);
  await history.look(2);
  await history.about.getByRole("link", { name: flow.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: flow.name })).toBeVisible();
  await page.goBack();
  await history.opened(2);
  await history.edit();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Trash" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Trash" })).toBeVisible();
  const names = ["Artifacts", key, `${key} v2`, flow.name, `${key} v2`, "Trash"];
  expect(await page.evaluate(() => window.titles)).toEqual(names.map((name) => `${name} · Vitrine`));
});

test("an older version is made the latest by a copy, which can be undone", async ({ vitrine, key, page }) => {
  for (const data of ["# One", "# Two", "# One"]) await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  const history = await new KeyPage(page).gotoKey(key, 2);
  await expect(history.versions.first()).toContainText("same as v1");
  await history.more("Make v2 the latest");
  await history.toast.shows("Published v4, restored from v2");
  await history.opened(4);
  await expect(page.getByRole("heading", { name: "Two" })).toBeVisible();
  await expect(history.selected).toContainText("v4latest");
  await expect(history.selected).toContainText("restored from v2");
  await history.toast.undo();
  await history.opened(3);
  await history.look(1);
  await history.more("Make v1 the latest");
  await expect(page.getByText("v3, the latest, has the same content already")).toBeVisible();
  await history.opened(3);
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: /the latest$/ })).toHaveCount(0);
});

test("a key is renamed, its old address leads to the new one, and it can be undone", async ({ vitrine, key, page }) => {
  for (const data of ["# One", "# Two"]) await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  const history = await new KeyPage(page).gotoKey(key);
  await history.more("Rename key…");
  const dialog = page.getByRole("dialog", { name: `Rename ${key}` });
  const field = dialog.getByRole("textbox", { name: "Key" });
  await field.fill(`${key}/`);
  await expect(dialog.getByText("A key must not end with a slash.")).toBeVisible();
  await field.fill(`${key}/renamed.v2`);
  expect(await axeViolations(page)).toEqual([]);
  await field.press("Enter");
  await expect(page).toHaveURL(`/artifacts/key/${key}/renamed.v2`);
  await expect(page.getByRole("heading", { name: "Two" })).toBeVisible();
  await page.goto(`/artifacts/key/${key}?version=1`);
  await expect(page).toHaveURL(`/artifacts/key/${key}/renamed.v2?version=1`);
  await expect(page.getByRole("heading", { name: "One" })).toBeVisible();
  await interactive(page);
  await history.more("Rename key…");
  await page.getByRole("dialog").getByRole("textbox", { name: "Key" }).fill(key);
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(page).toHaveURL(`/artifacts/key/${key}`);
  await history.toast.undo();
  await expect(page).toHaveURL(`/artifacts/key/${key}/renamed.v2`);
});

test("labels are set, moved and undone, and open a version by name", async ({ vitrine, key, page }) => {
  for (const data of ["# One", "# Two", "# Three"]) {
    await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  }
  const history = await new KeyPage(page).gotoKey(key, 1);
  await history.setLabel("production", "Set label");
  await history.toast.shows("Set production to v1");
  await expect(history.selected).toContainText("production");
  await history.look(2);
  const dialog = await history.labelDialog();
  await dialog.getByRole("button", { name: "production v1" }).click();
  await expect(dialog.getByText("production moves from v1 to v2.")).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Checked");
  await refreshed(page, () => dialog.getByRole("button", { name: "Move label" }).click());
  await history.toast.shows("Moved production from v1 to v2");
  await refreshed(page, () => page.keyboard.press("z"));
  await history.toast.shows("Moved production from v2 to v1");
  await history.gotoKey(key, "production");
  await history.opened(1);
  await history.look(3);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("link", { name: "Compare with production v1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await history.setLabel("production", "Move label");
  await history.toast.shows("Moved production from v1 to v3");
  await vitrine.collection.label.mutate({ key, label: "production", version: 2 });
  await page.keyboard.press("z");
  await history.toast.shows("Not undone: local user moved a label, production: v3 → v2.");
  await page.getByRole("link", { name: "Changes", exact: true }).click();
  await page.getByRole("button", { name: "All versions" }).click();
  await expect(page.getByRole("region", { name: "Changes" })).toContainText("moved a label, production: v1 → v2");
  await expect(page.getByRole("region", { name: "Changes" })).toContainText("“Checked”");
  await history.gotoKey(key, "staging");
  await expect(page.getByRole("heading", { name: "Label “staging” not found" })).toBeVisible();
  await page.getByRole("link", { name: "production v2" }).click();
  await history.opened(2);
  await expect(page).toHaveURL(/version=production$/);
});

test("a labelled version is deleted only after a question, for a reason, and undo labels it again", async ({
  vitrine,
  key,
  page,
  artifacts,
}) => {
  for (const data of ["# One", "# Two"]) await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  await vitrine.collection.label.mutate({ key, label: "production", version: 1 });
  const history = await new KeyPage(page).gotoKey(key, 1);
  const question = page.getByRole("alertdialog", { name: "Delete a labelled version?" });
  await history.more("Delete v1");
  await expect(question).toContainText(`v1 of ${key} has the label production.`);
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await vitrine.collection.labels.query({ key })).toHaveLength(1);
  await history.more("Delete v1");
  await question.getByRole("textbox", { name: "Reason" }).fill("Wrong data");
  await question.getByRole("textbox", { name: "Reason" }).press("Enter");
  await history.toast.shows(`Deleted v1 of ${key}`);
  await expect(history.versions).toHaveCount(1);
  await page.keyboard.press("z");
  await expect(history.versions.last()).toContainText("production");
  await history.deleteKey("2 versions");
  await question.getByRole("button", { name: "Delete anyway" }).click();
  await history.toast.shows(`Deleted 2 versions of ${key}`);
  await expect(page.getByRole("heading", { level: 1, name: "Artifacts" })).toBeVisible();
  await expect(artifacts.row(key)).toHaveCount(0);
  await refreshed(page, () => page.keyboard.press("z"));
  await history.toast.shows("Restored 2 versions");
  await artifacts.goto(`?versions=all&key=${key}`);
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await artifacts.selected.getByRole("button", { name: "Delete with a reason…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete 2 versions?" });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Both are wrong");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(question.getByRole("textbox")).toHaveCount(0);
  await question.getByRole("button", { name: "Delete anyway" }).click();
  await history.toast.shows("Deleted 2 versions");
  await page.keyboard.press("z");
  await history.toast.shows("Restored 2 versions");
  const { items } = await vitrine.collection.history.query({ key });
  const removals = items.filter(({ verb }) => verb === "artifact.remove").map(({ reason }) => reason);
  expect(removals).toEqual(["Both are wrong", "Both are wrong", null, "Wrong data"]);
  expect(await vitrine.collection.labels.query({ key })).toMatchObject([{ label: "production", version: 1 }]);
});

test("a chart of numbers is read by arrow keys, opened by Enter, and has a table", async ({ vitrine, key, page }) => {
  for (const data of [10, 40, 25]) await vitrine.artifact.create.mutate({ key, type: "progress", data });
  const history = await new KeyPage(page).gotoKey(key);
  await history.chart.focus();
  await expect(history.chart).toHaveAttribute("aria-valuetext", "v3: 25 %");
  await page.keyboard.press("ArrowLeft");
  await expect(history.chart).toHaveAttribute("aria-valuetext", "v2: 40 %");
  await expect(page.getByText("v2 40 % (+30 %)")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(history.selected).toContainText("v2");
  await page.getByText("Show data").click();
  await expect(page.getByRole("region", { name: "Progress data" }).getByRole("row")).toHaveCount(4);
  await vitrine.artifact.create.mutate({ key, type: "progress", data: 90 });
  await expect(history.chart).toHaveAttribute("aria-valuemax", "4");
  await page.getByRole("link", { name: "No chart" }).click();
  await expect(history.chart).toHaveCount(0);
});

test("a part of a chart is shown by dragging or by keyboard, and the address keeps it", async ({
  vitrine,
  key,
  page,
}) => {
  const items = Array.from({ length: 21 }, (_, at) => ({ key, type: "number", data: at * at }));
  await vitrine.artifact.createMany.mutate({ items });
  const history = await new KeyPage(page).gotoKey(key);
  const box = await history.chart.boundingBox();
  if (!box) throw new Error("There is no chart.");
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.76, box.y + 20, { steps: 3 });
  await page.mouse.up();
  await expect(page).toHaveURL(/zoom=11-16/);
  await expect(history.chart).toHaveAttribute("aria-valuemax", "6");
  await page.keyboard.press("Escape");
  await expect(history.chart).toHaveAttribute("aria-valuemax", "21");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(history.chart).toHaveAttribute("aria-valuetext", "v3: 4, v1 to v3 selected: Enter zooms in");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/zoom=1-3/);
  await page.reload();
  await interactive(page);
  await expect(history.chart).toHaveAttribute("aria-valuemax", "3");
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "show all versions" }).click();
  await expect(history.chart).toHaveAttribute("aria-valuemax", "21");
  await history.opened(21);
});

test("a history of thousands opens any version by its number and scrolls to it", async ({ vitrine, key, page }) => {
  for (let first = 0; first < 3000; first += 1000) {
    const items = Array.from({ length: 1000 }, (_, at) => ({ key, type: "progress", data: (first + at) / 100 }));
    await vitrine.artifact.createMany.mutate({ items });
  }
  const history = await new KeyPage(page).gotoKey(key);
  await page.getByRole("spinbutton", { name: "Go to version" }).fill("1234");
  await page.getByRole("spinbutton", { name: "Go to version" }).press("Enter");
  await expect(history.selected).toContainText("v1234");
  await expect(history.selected).toBeInViewport();
  await expect(history.selected).toContainText("12.33 %+0.01");
  await expect(page).toHaveURL(/version=1234$/);
  await page.getByRole("link", { name: "Previous", exact: true }).click();
  await expect(history.versions.first()).toContainText("v1325");
  await expect(history.versions.last()).toContainText("v1276");
  expect(await history.versions.count()).toBe(50);
});

test("the latest follows new versions, and a permanent address stays", async ({ vitrine, key, page }) => {
  for (const data of [10, 20]) await vitrine.artifact.create.mutate({ key, type: "number", data });
  const history = await new KeyPage(page).gotoKey(key);
  await expect(history.panel).toContainText("20 +10 +100 % since v1");
  await vitrine.artifact.create.mutate({ key, type: "number", data: 25 });
  await history.opened(3);
  await expect(history.selected).toContainText("v3latest");
  await expect(history.chart).toHaveAttribute("aria-valuetext", "v3: 25");
  await history.look(2);
  await vitrine.artifact.create.mutate({ key, type: "number", data: 30 });
  await expect(history.versions).toHaveCount(4);
  await expect(page.getByRole("link", { name: "Not the latest: go to v4" })).toBeVisible();
  await expect(history.panel).toContainText("20 +10");
  await page.goBack();
  await history.opened(4);
});

test("a phone has the versions in a list at the top", async ({ vitrine, key, page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  for (const data of ["# First", "# Second"]) await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  const history = await new KeyPage(page).gotoKey(key);
  await expect(history.versions).toHaveCount(0);
  await page.getByRole("button", { name: /^v2/ }).click();
  await page.getByRole("dialog", { name: "Versions" }).getByRole("link", { name: /^v1/ }).click();
  await expect(page.getByRole("heading", { name: "First" })).toBeVisible();
  await expect(page).toHaveURL(/\?version=1$/);
});

test("a chart shows numbers in the metadata and other keys beside its own", async ({ vitrine, key, page }) => {
  for (const [at, loss] of [4, 2].entries()) {
    // The chart shows of other keys what is nearest in time.
    const created = `2026-01-0${at + 1}T00:00:00Z`;
    await vitrine.artifact.create.mutate({ key, type: "metric", data: at + 1, metadata: { loss }, created });
    await vitrine.artifact.create.mutate({ key: `${key}-other`, type: "metric", data: 1000 * (at + 1), created });
  }
  const history = await new KeyPage(page).gotoKey(key);
  const add = async (name: string) => {
    await page.getByRole("button", { name: "Add line" }).click();
    await page.getByRole("searchbox", { name: "Key or metadata field" }).fill(name);
    await page.getByRole("dialog", { name: "Add a line" }).getByRole("button", { name, exact: true }).click();
  };
  await add("loss");
  await expect(page.getByText("All lines have one vertical axis.")).toBeVisible();
  await expect(history.chart).toHaveAttribute("aria-valuetext", "v2: 2, loss: 2");
  await add(`${key}-other`);
  await expect(page.getByText(/vertical axis is that of .*Artifacts are compared over time\.$/)).toBeVisible();
  await page.reload();
  await interactive(page);
  await expect(history.chart).toHaveAttribute("aria-valuetext", `v2: 2, loss: 2, ${key}-other: 2,000`);
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("button", { name: `Remove ${key}-other from the chart` }).click();
  await expect(page.getByRole("link", { name: "Time", exact: true })).toBeVisible();
});

test("axe finds nothing on a history with a chart", async ({ vitrine, key, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const items = Array.from({ length: 60 }, (_, at) => ({ key, type: "number", data: at * at }));
  await vitrine.artifact.createMany.mutate({ items });
  const history = await new KeyPage(page).gotoKey(key);
  await history.chart.focus();
  await page.keyboard.press("Home");
  await page.getByText("Show data").click();
  expect(await axeViolations(page)).toEqual([]);
});
