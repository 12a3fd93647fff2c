import type { Page } from "@playwright/test";
import { connect } from "#client/connect";
import { interactive } from "#e2e/pages/interactive";
import { axeViolations } from "#test/browser/axe";
import { expect, SECRETS, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";

async function signIn(page: Page, url: string, apiKey: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("API key").fill(apiKey);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Artifacts" })).toBeVisible();
}

async function signOut(page: Page, account: string): Promise<void> {
  await page.getByRole("button", { name: account }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

test.describe("with API keys configured", () => {
  // In one worker, which starts the guarded server once.
  test.describe.configure({ mode: "default" });

  for (const javaScriptEnabled of [true, false]) {
    test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
      test.use({ javaScriptEnabled });

      test("signs in with an API key and out again", async ({ page, guarded }) => {
        await page.goto(`${guarded.url}/artifacts`);
        await expect(page).toHaveURL(/\/sign-in/);
        await page.getByLabel("API key").fill("a-wrong-key");
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("alert").filter({ hasText: "Invalid API key" })).toBeVisible();
        await page.getByLabel("API key").fill(SECRETS.wes);
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("heading", { level: 1, name: "Artifacts" })).toBeVisible();
        await signOut(page, "Account: wes, write access");
      });
    });
  }

  test("shares a view, which a reader opens and cannot change", async ({ page, guarded, key }) => {
    await connect({ url: guarded.url, apiKey: SECRETS.wes }).artifact.create.mutate({ key, type: "table", data: [] });
    await signIn(page, guarded.url, SECRETS.wes);
    await page.goto(`${guarded.url}/artifacts?type=table`);
    await interactive(page);
    const menu = page.getByRole("button", { name: "Saved views" });
    await menu.click();
    await page.getByRole("textbox", { name: "View name" }).fill(key);
    await page.getByRole("checkbox", { name: "Share with everyone" }).check();
    await page.keyboard.press("Enter");
    const bar = page.getByRole("region", { name: `View ${key}` });
    await expect(bar).toContainText("Shared");
    await signOut(page, "Account: wes, write access");
    await signIn(page, guarded.url, SECRETS.bob);
    await interactive(page);
    await menu.click();
    await page.getByRole("list", { name: "Shared views" }).getByRole("link", { name: key }).click();
    await expect(page).toHaveURL(/type=table/);
    await bar.getByRole("button", { name: `Actions of view ${key}` }).click();
    await expect(page.getByRole("menuitem", { name: "Make default" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: "Delete" })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await menu.click();
    await expect(page.getByRole("textbox", { name: "View name" })).toBeVisible();
    await expect(page.getByRole("checkbox", { name: "Share with everyone" })).toHaveCount(0);
  });

  test("shows a reader with a key pattern what matches it alone", async ({ page, guarded, key }) => {
    const { artifact } = connect({ url: guarded.url, apiKey: SECRETS.wes });
    const [inside, other] = [`${key}-inside`, `${key}-other`];
    for (const each of [inside, other]) await artifact.create.mutate({ key: each, type: "number", data: 1 });
    await signIn(page, guarded.url, SECRETS.ivy);
    await expect(page.getByRole("link", { name: inside }).first()).toBeVisible();
    await expect(page.getByText(other)).toHaveCount(0);
    await page.getByRole("button", { name: "Account: ivy, read access" }).click();
    await expect(page.getByText("Only keys that match *-inside")).toBeVisible();
    const statusOf = async (path: string) => (await page.goto(`${guarded.url}${path}`))?.status();
    expect(await statusOf(`/artifacts/key/${inside}`)).toBe(200);
    expect(await statusOf(`/artifacts/key/${other}`)).toBe(404);
    expect(await statusOf(`/artifacts/key/no-such-key`)).toBe(404);
    await expect(page.getByText("You have access only to keys that match *-inside.")).toBeVisible();
    for (const path of ["/runs", "/trash", "/artifacts?view=versions"]) expect(await statusOf(path), path).toBe(200);
    await expect(page.getByText(other)).toHaveCount(0);
  });

  test("offers nothing that the role of the reader does not allow", async ({ page, guarded, key }) => {
    const { artifact, collection } = connect({ url: guarded.url, apiKey: SECRETS.wes });
    const [stored, deleted] = [`${key}-stored`, `${key}-deleted`];
    for (const data of [1, 2]) {
      await artifact.create.mutate({ key: stored, type: "number", data });
      await artifact.create.mutate({ key: deleted, type: "number", data });
    }
    await collection.remove.mutate({ key: deleted });
    const main = page.getByRole("main");
    const mutations = /edit|delete|restore|revert|empty trash/i;
    const open = async (path: string) => {
      await page.goto(`${guarded.url}${path}`);
      await interactive(page);
    };
    const expectNoMutations = async () => {
      for (const role of ["button", "link"] as const) {
        await expect(main.getByRole(role, { name: mutations }).filter({ hasNotText: key })).toHaveCount(0);
      }
      await expect(page.getByRole("menuitem", { name: mutations })).toHaveCount(0);
      // Shortcuts are listed in the palette, where each can run, and in the help.
      await page.keyboard.press("Control+k");
      const palette = page.getByRole("dialog", { name: "Search" });
      await expect(palette.getByRole("option", { name: "Trash" })).toBeVisible();
      await expect(palette.getByRole("option", { name: mutations }).filter({ hasNotText: key })).toHaveCount(0);
      await page.keyboard.press("Escape");
      await expect(palette).toHaveCount(0);
      await page.keyboard.press("?");
      const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await expect(help).toContainText("Search");
      await expect(help).not.toContainText(mutations);
      await page.keyboard.press("Escape");
      await expect(help).toHaveCount(0);
    };

    await signIn(page, guarded.url, SECRETS.bob);
    await open(`/artifacts?key=${stored}`);
    await expect(page.getByRole("button", { name: "Publish file" })).toHaveCount(0);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await expect(
      main.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Download" }),
    ).toBeVisible();
    await expectNoMutations();
    await page.keyboard.press("#");
    await page.keyboard.press("e");

    await open(`/artifacts/key/${stored}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
    await expectNoMutations();

    await open(`/artifacts/key/${stored}?tab=edit`);
    await expect(main).toContainText("Editing requires the role write; you have read access.");
    await expect(page.getByRole("textbox", { name: "Description" })).toHaveCount(0);

    await open(`/artifacts/key/${deleted}`);
    await expect(main).toContainText("Restoring requires the role write; you have read access.");
    await expectNoMutations();

    await open(`/trash?key=${deleted}`);
    await expect(main.getByRole("table", { name: "Deleted versions" })).toContainText("v2");
    await expect(main).toContainText("Restoring requires the role write; you have read access.");
    await expect(main.getByRole("checkbox")).toHaveCount(0);
    await expectNoMutations();

    await signOut(page, "Account: bob, read access");
    await signIn(page, guarded.url, SECRETS.wes);
    await open(`/trash?key=${deleted}`);
    await expect(main).toContainText("Deleting permanently requires the role admin; you have write access.");
    await expect(main.getByRole("button", { name: `Restore v2 of ${deleted}` })).toBeVisible();
    await expect(main.getByRole("button", { name: /permanently|empty trash/i })).toHaveCount(0);
    await main.getByRole("button", { name: `More actions for v2 of ${deleted}` }).click();
    await expect(page.getByRole("menuitem")).toHaveText(["Restore with a reason…"]);
  });

  test("rejects calls without an API key, and writes of the role read", async ({ guarded }) => {
    const create = { key: "guarded", data: 1 };
    await expect(connect({ url: guarded.url }).artifact.create.mutate(create)).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
    const reader = connect({ url: guarded.url, apiKey: SECRETS.bob });
    await expect(reader.artifact.create.mutate(create)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await connect({ url: guarded.url, apiKey: SECRETS.wes }).artifact.create.mutate(create);
    expect(await reader.collection.latest.query({ key: "guarded" })).toMatchObject({ version: 1, data: 1 });
  });
});

test("an empty instance shows how to publish, until the first artifact arrives", async ({ page }) => {
  await using empty = await startProduct();
  await page.goto(`${empty.url}/artifacts`);
  await expect(page.getByRole("heading", { name: "No artifacts yet" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(empty.url);
  await expect(page.getByRole("button", { name: /^Account/ })).toHaveCount(0);
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await expect(page.getByRole("combobox")).toHaveCount(0);
  await interactive(page);
  await page.getByRole("button", { name: "TypeScript", exact: true }).click();
  await expect(page.getByRole("main")).toContainText("vitrine-client/node");
  expect(await axeViolations(page)).toEqual([]);
  await connect({ url: empty.url }).artifact.create.mutate({ key: "the-first", data: 1 });
  // The page refetches every 15 seconds at the latest.
  await expect(page.getByRole("link", { name: "the-first" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("combobox", { name: "Search artifacts", exact: true })).toBeVisible();

  // Sample data instead.
  await connect({ url: empty.url }).collection.remove.mutate({ key: "the-first" });
  await page.getByRole("button", { name: "Load sample data" }).click();
  for (const name of ["orders", "revenue", "report", "settings", "import", "dashboard"]) {
    await expect(page.getByRole("link", { name: `sample-${name}`, exact: true })).toBeVisible();
  }
  await page.close();
});
