import type { Vitrine } from "#client/connect";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";

const publish = async (vitrine: Vitrine, key: string, type: string) =>
  vitrine.artifact.create.mutate({ key, type, data: type === "table" ? [{ a: 1 }] : "x" });

test("saves a view, which opens by its link, is changed, renamed, deleted and restored", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await publish(vitrine, `${key}-a`, "table");
  await publish(vitrine, `${key}-b`, "markdown");
  await artifacts.goto(`?key=${key}&sort=key`);
  const menu = page.getByRole("button", { name: "Saved views" });
  await menu.click();
  await page.getByRole("textbox", { name: "View name" }).fill(key);
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  const bar = page.getByRole("region", { name: `View ${key}` });
  await expect(bar).toBeVisible();
  const [saved] = (await vitrine.view.list.query()).filter(({ name }) => name === key);
  expect(saved).toMatchObject({ query: `key=${key}`, sort: "KEY_ASC", density: "compact", layout: "list" });
  expect(await axeViolations(page)).toEqual([]);

  await page.goto(`/artifacts/view/${saved?.id}`);
  await interactive(page);
  await expect(artifacts.rows).toHaveCount(2);
  await expect(bar).not.toContainText("Modified");
  await page.goto(`${page.url()}&type=table`);
  await interactive(page);
  await expect(artifacts.rows).toHaveCount(1);
  await expect(bar).toContainText("Modified");
  await bar.getByRole("link", { name: "Reset" }).click();
  await expect(artifacts.rows).toHaveCount(2);
  await expect(bar).not.toContainText("Modified");

  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("button", { name: "Hide Size" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("columnheader", { name: "Size" })).toHaveCount(0);
  await expect(bar).toContainText("Modified");
  await bar.getByRole("button", { name: "Save", exact: true }).click();
  await artifacts.toast.shows(`Saved ${key}`);
  await expect(bar).not.toContainText("Modified");
  // The columns are those of the view, not the reader's.
  await bar.getByRole("link", { name: "Close view" }).click();
  await expect(bar).toHaveCount(0);
  await artifacts.goto(`?key=${key}`);
  await expect(page.getByRole("columnheader", { name: "Size" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill(`view ${key}`);
  await page.getByRole("option", { name: `Go to view ${key}` }).click();
  await expect(page.getByRole("columnheader", { name: "Size" })).toHaveCount(0);
  const actions = bar.getByRole("button", { name: `Actions of view ${key}` });
  await actions.click();
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(`${key} 2`);
  await page.keyboard.press("Enter");
  const renamed = page.getByRole("region", { name: `View ${key} 2` });
  await expect(renamed).toBeVisible();
  await renamed.getByRole("button", { name: "Actions of view" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(renamed).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
  await expect(artifacts.rows).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(renamed).toBeVisible();
  expect(await vitrine.view.read.query({ id: saved?.id ?? "" })).toMatchObject({ name: `${key} 2`, sort: "KEY_ASC" });
});

test("deleting a view from the panel focuses the one beside it, and at last the name of a new one", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  for (const { id } of await vitrine.view.list.query()) await vitrine.view.remove.mutate({ id });
  await publish(vitrine, key, "table");
  for (const name of ["a", "b"]) await vitrine.view.create.mutate({ name });
  await artifacts.goto(`?key=${key}`);
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("button", { name: "Delete view b" }).click();
  await expect(page.getByRole("link", { name: "b", exact: true })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "a", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Delete view a" }).click();
  await expect(page.getByRole("link", { name: "a", exact: true })).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "View name" })).toBeFocused();
});

test("opens the list with the default view, and all artifacts on request", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await publish(vitrine, `${key}-a`, "table");
  await publish(vitrine, `${key}-b`, "markdown");
  const { id } = await vitrine.view.create.mutate({
    name: key,
    query: `key=${key}&type=table`,
    columns: [
      { id: "type", width: 112 },
      { id: "of-a-later-version", width: 80 },
    ],
  });
  await page.goto(`/artifacts/view/${id}`);
  await interactive(page);
  await expect(page.getByText("A column of this view is unknown here and left out: of-a-later-version.")).toBeVisible();
  await page.getByRole("button", { name: `Actions of view ${key}` }).click();
  await page.getByRole("menuitem", { name: "Make default" }).click();
  await artifacts.toast.shows("Artifacts open with this view");
  await page.getByRole("link", { name: "Runs", exact: true }).click();
  await expect(page).toHaveURL(/\/runs/);
  await page.getByRole("link", { name: "Artifacts", exact: true }).click();
  const bar = page.getByRole("region", { name: `View ${key}` });
  await expect(bar).toContainText("Default");
  await expect(artifacts.rows).toHaveCount(1);
  await page.getByRole("button", { name: "Saved views" }).click();
  await page.getByRole("link", { name: "All artifacts" }).click();
  await expect(bar).toHaveCount(0);
  await expect(artifacts.row(`${key}-b`)).toBeVisible();
  // Nor does a link open it whose conditions are cleared.
  await artifacts.goto("?type=markdown");
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page).toHaveURL("/artifacts?view=none");
  await artifacts.goto("?q=type:markdown");
  await artifacts.search.fill("");
  await expect(page).toHaveURL("/artifacts?view=none");
  await expect(artifacts.row(`${key}-a`)).toBeVisible();
  await expect(bar).toHaveCount(0);
  await vitrine.view.remove.mutate({ id });
  await page.goto(`/artifacts?view=${id}`);
  await expect(page.getByText("This view was deleted, or is somebody else's.")).toBeVisible();
  expect((await page.goto(`/artifacts/view/${id}`))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "View not found" })).toBeVisible();
});

test("offers once to import the views that this browser kept", async ({ vitrine, artifacts, key, page }) => {
  await publish(vitrine, key, "table");
  await vitrine.view.create.mutate({ name: `${key} a` });
  await artifacts.goto();
  const stored = [
    { name: `${key} a`, href: `/artifacts?key=${key}&sort=number-desc&show=cards` },
    { name: `${key} b`, href: "/artifacts?versions=all" },
  ];
  await page.evaluate((text) => localStorage.setItem("vitrine:views", text), JSON.stringify(stored));
  await page.reload();
  await interactive(page);
  await page.getByRole("button", { name: "Saved views" }).click();
  await expect(page.getByText("2 views from before, kept in this browser only.")).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await artifacts.toast.shows("Imported 2 views");
  await expect(page.getByText("kept in this browser only")).toHaveCount(0);
  const views = (await vitrine.view.list.query()).filter(({ name }) => name.startsWith(key));
  expect(views).toMatchObject([
    { name: `${key} a` },
    { name: `${key} a (2)`, query: `key=${key}`, sort: "NUMBER_DESC", layout: "cards" },
    { name: `${key} b`, query: "versions=all" },
  ]);
  for (const { id } of views) await vitrine.view.remove.mutate({ id });
});
