import type { Page } from "@playwright/test";
import { expect, test } from "#test/browser/fixtures";
import { longestBlock, watchMainThread } from "#test/browser/main-thread";
import { publishText } from "#test/browser/publish-text";
import { ArtifactPage } from "./pages/artifact-page";

/** On a quiet machine no block reaches 50 ms (docs/decisions.md); a loaded one may stand still by itself for longer. */
const MOST = 3000;

/** Notes a figure where the report shows it, and holds it to what no machine may exceed. */
function held(what: string, milliseconds: number): void {
  test.info().annotations.push({ type: "longest block", description: `${what}: ${milliseconds} ms` });
  console.log(`  longest block, ${what}: ${milliseconds} ms`);
  expect(milliseconds, what).toBeLessThan(MOST);
}

// A trace copies the page at every step, which holds up a large one.
test.use({ trace: "off" });

/** Waits, within the page, for an element: to be asked again and again from outside holds a large page up by itself. */
function appeared(page: Page, id: string): Promise<void> {
  return page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const look = () => document.getElementById(wanted) && resolve();
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
        look();
      }),
    id,
  );
}

test.beforeEach(({ page }) => watchMainThread(page));

test("a table of 100,000 rows and 20 columns opens, sorts, is filtered and searched", async ({
  page,
  key,
  request,
}) => {
  const row = (r: number) =>
    `[${Array.from({ length: 20 }, (_, c) => [(r * 7919 + c) % 100_000, `"name ${(r * 31 + c) % 5003}"`, `${r % 100}.50`, `"2026-01-${10 + (r % 20)}"`][c % 4]).join()}]`;
  const head = JSON.stringify(Array.from({ length: 20 }, (_, c) => `column ${c}`));
  const text = `[${head},${Array.from({ length: 100_000 }, (_, r) => row(r)).join()}]`;
  const id = await publishText(request, { key, type: "table", text });
  await new ArtifactPage(page).goto(id);
  await page.getByRole("button", { name: "Load data" }).click();
  const grid = page.getByRole("grid", { name: "Table" });
  const first = grid.getByRole("row").nth(1).getByRole("gridcell").first();
  const rows = page.getByText(/rows, 20 columns/);
  await expect(first).toHaveText("0");
  await expect(grid).toHaveAttribute("aria-rowcount", "100001");
  held("opening the table", await longestBlock(page));

  await grid.getByRole("button", { name: "column 0", exact: true }).click();
  await grid.getByRole("button", { name: "column 0", exact: true }).click();
  await expect(first).toHaveText("99999");
  held("sorting it", await longestBlock(page));

  await page.getByRole("searchbox", { name: "Search table" }).fill("name 4321");
  await expect(rows).toContainText(/^\d+ of 100,000 rows/);
  held("searching it", await longestBlock(page));

  await page.getByRole("searchbox", { name: "Search table" }).fill("");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("textbox", { name: "Filter column 0", exact: true }).fill("10..14");
  await expect(rows).toContainText("5 of 100,000 rows");
  await expect(first).toHaveText("14");
  held("filtering it", await longestBlock(page));

  await page.getByRole("textbox", { name: "Filter column 0", exact: true }).fill("");
  await expect(rows).toContainText(/^100,000 rows/);
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+End");
  await expect(grid.locator('[aria-rowindex="100001"] [aria-colindex="20"]')).toBeInViewport();
  held("going to its end", await longestBlock(page));
});

test("JSON of 10 MB opens, and what is in it is found", async ({ page, key, request, context }) => {
  const item = (at: number) =>
    `{"id":${at},"share":${at}.0,"name":"item ${at}","tags":["a","b"],"at":{"x":${at},"y":1}}`;
  const text = `{"items":[${Array.from({ length: 130_000 }, (_, at) => item(at)).join()}]}`;
  expect(text.length).toBeGreaterThan(10_000_000);
  await new ArtifactPage(page).goto(await publishText(request, { key, type: "json", text }));
  const rows = page.getByRole("treeitem");
  await expect(rows.nth(1)).toContainText("[ 130,000 items ]");
  held("opening the JSON", await longestBlock(page));

  await rows.nth(1).click();
  await expect(page.getByRole("treeitem").filter({ hasText: "item 3" }).first()).toBeVisible();
  held("unfolding 130,000 items", await longestBlock(page));

  await page.getByRole("searchbox", { name: "Search JSON" }).fill("item 99999");
  await expect(page.getByText("$.items[99999].name")).toBeVisible();
  await expect(page.getByText("99999.0", { exact: true })).toBeVisible();
  held("finding in it", await longestBlock(page));

  await page.goto(`${page.url()}?tab=raw`);
  const raw = page.getByRole("region", { name: "Raw data" });
  await expect(raw).toContainText('{"items":[{"id":0,"share":0.0');
  held("opening its raw text", await longestBlock(page));
  // Lines are only wrapped: what is copied has no break that was not written.
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
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  await new ArtifactPage(page).goto(id);
  await appeared(page, "user-content-section-359");
  held("rendering the markdown", await longestBlock(page));
});
