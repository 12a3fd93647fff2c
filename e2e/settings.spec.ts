import type { Browser, Page } from "@playwright/test";
import { connect } from "#client/connect";
import { interactive } from "#e2e/pages/interactive";
import { KeyPage } from "#e2e/pages/key-page";
import { Toast } from "#e2e/pages/toast";
import { axeViolations } from "#test/browser/axe";
import { expect, SECRETS, test } from "#test/browser/fixtures";

async function signIn(page: Page, url: string, secret: string, next = "/settings"): Promise<void> {
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel("API key").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  await interactive(page);
}

/** A page of another person. */
async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

// In one worker, which starts the guarded server once.
test.describe.configure({ mode: "default" });

test("an API key is made, shown once, used to sign in, changed and revoked", async ({ page, browser, guarded }) => {
  await signIn(page, guarded.url, SECRETS.ann);
  await expect(page).toHaveURL(/\/settings\/keys$/);
  const keys = page.getByRole("table", { name: "API keys" });
  await expect(keys.getByRole("row", { name: /ann.*VITRINE_API_KEYS/ }).getByRole("button")).toHaveCount(0);
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("wes");
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByRole("alert").filter({ hasText: 'An API key is named "wes" already' })).toBeVisible();
  await page.getByRole("textbox", { name: "Name" }).fill("eve");
  await page.getByRole("combobox", { name: "Role" }).selectOption("read");
  await page.getByRole("textbox", { name: "Reason" }).fill("For the dashboard");
  await page.getByRole("button", { name: "Create key" }).click();
  const shown = page.getByRole("dialog", { name: "Secret of eve" });
  await page.keyboard.press("Escape");
  const secret = await shown.getByRole("textbox", { name: "Secret" }).inputValue();
  expect(secret).toMatch(/^vitrine_\w{43}$/);
  expect(await axeViolations(page)).toEqual([]);
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  const row = keys.getByRole("row", { name: /^eve/ });
  await expect(row).toContainText("Never");
  expect(await axeViolations(page)).toEqual([]);

  const other = await newPage(browser);
  await signIn(other, guarded.url, secret, "/artifacts");
  await expect(other.getByRole("button", { name: "Account: eve, read access" })).toBeVisible();
  await expect(other.getByRole("link", { name: "Settings" })).toHaveCount(0);
  const refused = await other.goto(`${guarded.url}/settings/keys`);
  expect(refused?.status()).toBe(403);
  await expect(other.getByRole("main")).toContainText("Settings require the role admin; you have read access.");
  expect(await axeViolations(other)).toEqual([]);

  await row.getByRole("button", { name: "More actions for eve" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("combobox", { name: "Role" }).selectOption("write");
  await page.getByRole("combobox", { name: "Expires" }).selectOption("Never");
  await page.getByRole("textbox", { name: "Reason" }).fill("It publishes too");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("write");
  const { items } = await connect({ url: guarded.url, apiKey: SECRETS.ann }).event.page.query({ limit: 10 });
  const reasons = items
    .filter(({ verb }) => verb.startsWith("apiKey."))
    .map(({ verb, reason }) => `${verb}: ${reason}`);
  expect(reasons).toEqual(["apiKey.update: It publishes too", "apiKey.create: For the dashboard"]);
  await other.goto(`${guarded.url}/artifacts`);
  await expect(other.getByRole("button", { name: "Account: eve, write access" })).toBeVisible();
  // On a phone the account has the settings.
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole("button", { name: "Account: ann, admin access" }).click();
  await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(1);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await page.setViewportSize({ width: 1280, height: 800 });

  await row.getByRole("button", { name: "More actions for eve" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await page.getByRole("alertdialog", { name: "Revoke eve?" }).getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  await page.getByText("1 revoked key").click();
  await expect(page.getByRole("main")).toContainText(/Revoked .* by ann/);
  await other.goto(`${guarded.url}/artifacts`);
  await expect(other).toHaveURL(/sign-in/);
  await other.context().close();
});

test("a protected label is moved by the role admin alone", async ({ page, browser, guarded, key }) => {
  const { artifact, collection } = connect({ url: guarded.url, apiKey: SECRETS.wes });
  for (const data of [1, 2]) await artifact.create.mutate({ key, type: "number", data });
  await collection.label.mutate({ key, label: "golden", version: 1 });

  await signIn(page, guarded.url, SECRETS.ann, "/settings/labels");
  await page.getByRole("textbox", { name: "Label" }).fill("Golden");
  await expect(page.getByRole("status").filter({ hasText: "begins with a letter" })).toBeVisible();
  await page.getByRole("textbox", { name: "Label" }).fill("golden");
  await page.getByRole("button", { name: "Protect label" }).click();
  const list = page.getByRole("list", { name: "Protected labels" });
  await expect(list).toContainText("golden");
  // While it was saved, the button was disabled.
  await expect(page.getByRole("button", { name: "Protect label" })).toBeFocused();
  expect(await axeViolations(page)).toEqual([]);

  const other = await newPage(browser);
  await signIn(other, guarded.url, SECRETS.wes, `/artifacts/key/${key}?version=2`);
  const dialog = await new KeyPage(other).labelDialog();
  const golden = dialog.getByRole("button", { name: /golden v1.*protected/ });
  await expect(golden).toBeDisabled();
  await expect(golden).toHaveAttribute("title", "Protected: only the role admin may move it");
  await dialog.getByRole("textbox", { name: "Label" }).fill("golden");
  await expect(dialog.getByRole("button", { name: "Move label" })).toBeDisabled();
  // Others can be set as before.
  await dialog.getByRole("textbox", { name: "Label" }).fill("staging");
  await dialog.getByRole("button", { name: "Set label" }).click();
  await expect(dialog).toHaveCount(0);
  await other.goto(`${guarded.url}/artifacts/key/${key}?version=1`);
  await interactive(other);
  const own = await new KeyPage(other).labelDialog();
  await expect(own.getByRole("button", { name: "Remove golden" })).toBeDisabled();
  await expect(collection.label.mutate({ key, label: "golden", version: 2 })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });

  await list.getByRole("button", { name: "Remove protection of golden" }).click();
  await expect(page.getByText("No protected labels")).toBeVisible();
  await new Toast(page).undo();
  await expect(list).toContainText("golden");
  await list.getByRole("button", { name: "Remove protection of golden" }).click();
  await expect(page.getByText("No protected labels")).toBeVisible();
  await other.reload();
  await interactive(other);
  const free = await new KeyPage(other).labelDialog();
  await free.getByRole("button", { name: "Remove golden" }).click();
  await expect.poll(() => collection.labels.query({ key })).toMatchObject([{ label: "staging", version: 2 }]);
  await other.context().close();
});

test("on a server without credentials the settings say that none is required", async ({ page }) => {
  await page.goto("/artifacts");
  await interactive(page);
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/settings\/keys$/);
  await expect(page.getByRole("main")).toContainText("This server requires no key");
  await expect(page.getByRole("heading", { name: "No API keys yet" })).toBeVisible();
  await page.getByRole("link", { name: "Protected labels" }).click();
  await expect(page.getByRole("heading", { name: "No protected labels" })).toBeVisible();
});
