import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "#test/browser/fixtures";
import { MainThread } from "#test/browser/main-thread";
import { publishText } from "#test/browser/publish-text";
import { ArtifactPage } from "./pages/artifact-page";

// A trace copies the page at every step, which blocks a large one.
test.use({ trace: "off" });

test.beforeEach(() => test.setTimeout(180_000));

/** Waits for an element inside the page, since polling from outside blocks a large one. */
function waitForElement(page: Page, id: string): Promise<void> {
  return page.evaluate(
    (elementId) =>
      new Promise<void>((resolve) => {
        const check = () => document.getElementById(elementId) && resolve();
        new MutationObserver(check).observe(document.body, { childList: true, subtree: true });
        check();
      }),
    id,
  );
}

test("a table of 100,000 rows and 20 columns opens, sorts, filters and searches", async ({ page, key, request }) => {
  const row = (r: number) =>
    `[${Array.from({ length: 20 }, (_, c) => [(r * 7919 + c) % 100_000, `"name ${(r * 31 + c) % 5003}"`, `${r % 100}.50`, `"2026-01-${10 + (r % 20)}"`][c % 4]).join()}]`;
  const head = JSON.stringify(Array.from({ length: 20 }, (_, c) => `column ${c}`));
  const text = `[${head},${Array.from({ length: 100_000 }, (_, r) => row(r)).join()}]`;
  const found = Array.from({ length: 100_000 }, (_, r) => row(r)).filter((each) => each.includes("name 4321")).length;
  const mainThread = await MainThread.observe(page);
  const id = await publishText(request, { key, type: "table", text });
  const grid = page.getByRole("grid", { name: "Table" });
  const first = grid.getByRole("row").nth(1).getByRole("gridcell").first();
  const rows = page.getByText(/rows, 20 columns/);
  const search = page.getByRole("searchbox", { name: "Search table" });
  const filter = page.getByRole("textbox", { name: "Filter column 0", exact: true });
  for (const _ of mainThread.visits()) {
    await new ArtifactPage(page).goto(id);
    await page.getByRole("button", { name: "Load data" }).click();
    await expect(first).toHaveText("0");
    await expect(grid).toHaveAttribute("aria-rowcount", "100001");
    await mainThread.record("opening the table", 70);

    await grid.getByRole("button", { name: "column 0", exact: true }).click();
    await grid.getByRole("button", { name: "column 0", exact: true }).click();
    await expect(first).toHaveText("99999");
    await mainThread.record("sorting it", 30);

    // Each keystroke asks anew; 500 ms after the last one its result is there, on a busy machine within five times that.
    await search.pressSequentially("name 4321", { delay: 60 });
    await expect(rows).toHaveText(`${found} of 100,000 rows, 20 columns`, { timeout: 2500 });
    await mainThread.record("searching it", 50);

    await search.fill("");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await filter.fill("10..14");
    await expect(rows).toContainText("5 of 100,000 rows");
    await expect(first).toHaveText("14");
    await mainThread.record("filtering it", 40);

    await filter.fill("");
    await expect(rows).toContainText(/^100,000 rows/);
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+End");
    await expect(grid.locator('[aria-rowindex="100001"] [aria-colindex="20"]')).toBeInViewport();
    await mainThread.record("going to its end", 95);
  }
  mainThread.expectResponsive();
});

test("a compressed CSV file of 100,000 rows and 20 columns opens, sorts and searches", async ({
  page,
  key,
  vitrine,
}) => {
  const row = (r: number) => Array.from({ length: 20 }, (_, c) => [r % 20, `n${r % 20}`, "1.5", "x"][c % 4]);
  const head = Array.from({ length: 20 }, (_, c) => `column ${c}`);
  const text = [head, ...Array.from({ length: 100_000 }, (_, r) => row(r))].join("\n");
  await vitrine.file(key, new Blob([gzipSync(text, { level: 9 })]), { name: "rows.csv.gz" });
  const mainThread = await MainThread.observe(page);
  const grid = page.getByRole("grid", { name: "Table" });
  const first = grid.getByRole("row").nth(1).getByRole("gridcell").first();
  for (const _ of mainThread.visits()) {
    await page.goto(`/artifacts/key/${key}`);
    await expect(grid).toHaveAttribute("aria-rowcount", "100001", { timeout: 30_000 });
    await expect(first).toHaveText("0");
    await mainThread.record("opening the file", 70);
    await grid.getByRole("button", { name: "column 0", exact: true }).click();
    await grid.getByRole("button", { name: "column 0", exact: true }).click();
    await expect(first).toHaveText("19");
    await page.getByRole("searchbox", { name: "Search table" }).fill("n17");
    await expect(page.getByText("5,000 of 100,000 rows, 20 columns")).toBeVisible();
    await mainThread.record("sorting and searching it", 40);
  }
  mainThread.expectResponsive();
});

test("JSON of 10 MB opens and is searched", async ({ page, key, request, context }) => {
  const item = (at: number) =>
    `{"id":${at},"share":${at}.0,"name":"item ${at}","tags":["a","b"],"at":{"x":${at},"y":1}}`;
  const text = `{"items":[${Array.from({ length: 130_000 }, (_, at) => item(at)).join()}]}`;
  expect(text.length).toBeGreaterThan(10_000_000);
  const mainThread = await MainThread.observe(page);
  const id = await publishText(request, { key, type: "json", text });
  const rows = page.getByRole("treeitem");
  const raw = page.getByRole("region", { name: "Raw data" });
  for (const _ of mainThread.visits()) {
    await new ArtifactPage(page).goto(id);
    await expect(rows.nth(1)).toContainText("[ 130,000 items ]");
    await mainThread.record("opening the JSON", 70);

    await rows.nth(1).click();
    await expect(rows.filter({ hasText: "item 3" }).first()).toBeVisible();
    await mainThread.record("expanding 130,000 items", 45);

    await page.getByRole("searchbox", { name: "Search JSON" }).fill("item 99999");
    await expect(page.getByText("$.items[99999].name")).toBeVisible();
    await expect(page.getByText("99999.0", { exact: true })).toBeVisible();
    await mainThread.record("searching it", 25);

    await page.getByRole("link", { name: "Raw", exact: true }).click();
    await expect(raw).toContainText('{"items":[{"id":0,"share":0.0');
    await mainThread.record("opening its raw text", 80);
  }
  mainThread.expectResponsive();

  // Copied text has no line breaks where lines are only wrapped.
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await raw.evaluate((region) => getSelection()?.selectAllChildren(region));
  await page.keyboard.press("ControlOrMeta+c");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.length).toBeGreaterThan(2000);
  expect(text.startsWith(copied)).toBe(true);
});

test("markdown of 1 MB is rendered to its end", async ({ page, key, vitrine }) => {
  const paragraph = `${"The quick brown *fox* jumps over the **lazy** dog and `code` sits [here](https://a.b/c). ".repeat(4)}\n\n`;
  const data = Array.from({ length: 360 }, (_, at) => `## Section ${at}\n\n${paragraph.repeat(8)}`).join("");
  expect(data.length).toBeGreaterThan(1_000_000);
  const mainThread = await MainThread.observe(page);
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  for (const _ of mainThread.visits()) {
    await new ArtifactPage(page).goto(id);
    await waitForElement(page, "user-content-section-359");
    await mainThread.record("rendering the markdown", 125);
  }
  mainThread.expectResponsive();
});
