import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { connect } from "#client/connect";
import { axeViolations } from "#test/browser/axe";
import { expect, SECRETS, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";

async function signIn(page: Page, url: string, secret: string): Promise<void> {
  await page.goto(`${url}/sign-in?next=${encodeURIComponent("/settings/audit")}`);
  await page.getByLabel("API key").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/audit$/);
}

const eventsOf = (page: Page) => page.getByRole("table", { name: "Events" });
const detailsOf = (page: Page) => eventsOf(page).getByRole("button", { name: /^Details/ });

test("the audit log has who wrote what, when and why, filtered, with the fields before and after", async ({
  page,
  guarded,
  key,
}) => {
  const wes = connect({ url: guarded.url, apiKey: SECRETS.wes, service: "etl" });
  const { id } = await wes.artifact.create.mutate({ key, data: 1, description: "First" });
  await wes.artifact.update.mutate({ id, description: "Second", reason: "A better word" });
  await wes.collection.label.mutate({ key, label: "golden", version: 1 });

  await signIn(page, guarded.url, SECRETS.ann);
  await interactive(page);
  const rows = eventsOf(page).getByRole("row", { name: /^Details/ });
  await expect(rows.first()).toContainText(/Signed in\s*ann/);
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("searchbox", { name: "Exact key" }).fill(key);
  await expect(rows).toHaveText([
    /^Set the label golden of .* to v1wes \(etl\)/,
    /^Changed description of/,
    /^Published/,
  ]);
  await expect(rows.nth(1)).toContainText("A better word");
  await expect(rows.nth(1).getByRole("link", { name: `${key}@1` })).toHaveAttribute(
    "href",
    `/artifacts/key/${key}?version=1`,
  );

  await page.getByRole("combobox", { name: "Action" }).selectOption("Edited");
  await expect(rows).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Action" }).blur();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const fields = page.getByRole("table", { name: "Fields" });
  await expect(fields.getByRole("row", { name: "description First Second" })).toBeVisible();
  await expect(eventsOf(page)).toContainText("Serviceetl · as claimed");
  await expect(eventsOf(page)).toContainText("Actorwes · API key");
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(fields).toHaveCount(0);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export JSON lines" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { verb: "artifact.update", key, reason: "A better word" },
  ]);

  await page.getByRole("combobox", { name: "Actor" }).selectOption("ann");
  await expect(page.getByRole("heading", { name: "No matching events" })).toBeVisible();
  await page.getByRole("link", { name: "Clear", exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/audit$/);
  await page.getByRole("button", { name: /^Time: / }).click();
  await page.getByLabel("To (inclusive)").fill("2020-01-01");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/time=\.\.2020-01-01/);
  await expect(page.getByRole("heading", { name: "No matching events" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Time: / })).toHaveText("Time: until 2020-01-01");
});

test("the audit log is paged, and new events wait above it", async ({ page, guarded, key }) => {
  const wes = connect({ url: guarded.url, apiKey: SECRETS.wes });
  const items = Array.from({ length: 60 }, (_, n) => ({ key: `${key}-${String(n).padStart(2, "0")}`, data: n }));
  await wes.artifact.createMany.mutate({ items });
  await signIn(page, guarded.url, SECRETS.ann);
  await interactive(page);
  await expect(detailsOf(page)).toHaveCount(50);
  await expect(detailsOf(page).first()).toHaveAccessibleName("Details: Signed in");
  const last = await detailsOf(page).last().getAttribute("aria-label");
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/cursor=/);
  await expect(detailsOf(page).first()).not.toHaveAttribute("aria-label", last ?? "");
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(detailsOf(page).last()).toHaveAttribute("aria-label", last ?? "");

  await page.goto(`${guarded.url}/settings/audit?verb=artifact.create`);
  await interactive(page);
  await wes.artifact.create.mutate({ key, data: 1 });
  await page.getByRole("button", { name: "1 new" }).click();
  await expect(detailsOf(page).first()).toHaveAccessibleName(`Details: Published ${key}@1`);
});

test("the audit log is for the role admin alone", async ({ page, guarded }) => {
  await page.goto(`${guarded.url}/sign-in`);
  await page.getByLabel("API key").fill(SECRETS.wes);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/sign-in/);
  const refused = await page.goto(`${guarded.url}/settings/audit`);
  expect(refused?.status()).toBe(403);
  await expect(page.getByRole("main")).toContainText("Settings require the role admin; you have write access.");
  await expect(page.getByRole("table")).toHaveCount(0);
});
