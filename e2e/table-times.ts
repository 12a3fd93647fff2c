import { type Browser, expect, type Page } from "@playwright/test";
import type { Vitrine } from "#client/connect";

const ROWS = 100_000;
const COLUMNS = 20;
const WORD = "name 4321";

export interface TableTimes {
  /** Milliseconds from the last keystroke to the first result. */
  search: number;
  /** Milliseconds from the click to the first row of the new order. */
  sort: number;
  /** Milliseconds from the last keystroke to the first result. */
  filter: number;
}

function cell(row: number, column: number): string | number {
  const kinds = [(row * 7919 + column) % ROWS, `name ${(row * 31 + column) % 5003}`, (row % 100) + 0.5];
  return kinds[column % 4] ?? `2026-01-${10 + (row % 20)}`;
}

/** Publishes a table of 100,000 rows and 20 columns, and returns its address. */
export async function publishLargeTable(vitrine: Vitrine): Promise<string> {
  const head = Array.from({ length: COLUMNS }, (_, column) => `column ${column}`);
  const rows = Array.from({ length: ROWS }, (_, row) => head.map((_, column) => cell(row, column)));
  const { id } = await vitrine.artifact.create.mutate({ type: "table", data: [head, ...rows] });
  return `/artifacts/artifact/${id}`;
}

/** Times operations on a large table, each once, in a page of its own. */
export async function timeTable(browser: Browser, url: string): Promise<TableTimes> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Load data" }).click();
  const grid = page.getByRole("grid", { name: "Table" });
  await expect(grid).toHaveAttribute("aria-rowcount", String(ROWS + 1), { timeout: 60_000 });
  const first = '[role=grid] [aria-rowindex="2"] [aria-colindex="1"]';
  const status = "p[aria-live=polite]";
  const all = page.locator(status).filter({ hasText: /^100,000 rows/ });
  const of = (count: number) => `${count} of 100,000 rows`;

  const field = page.getByRole("searchbox", { name: "Search table" });
  await field.click();
  const search = await timeUntil(page, { event: "keydown", selector: status, text: of(matching(WORD)) }, () =>
    field.pressSequentially(WORD, { delay: 60 }),
  );
  await field.fill("");
  await expect(all).toBeVisible();

  const head = grid.getByRole("button", { name: "column 0", exact: true });
  await head.click();
  const sort = await timeUntil(page, { event: "click", selector: first, text: "99999" }, () => head.click());

  await page.getByRole("button", { name: "Filter", exact: true }).click();
  const filterField = page.getByRole("textbox", { name: "Filter column 0", exact: true });
  await filterField.click();
  const filter = await timeUntil(page, { event: "keydown", selector: status, text: of(5) }, () =>
    filterField.pressSequentially("10..14", { delay: 60 }),
  );
  await page.close();
  return { search, sort, filter };
}

function matching(word: string): number {
  const columns = Array.from({ length: COLUMNS }, (_, column) => column);
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  return rows.filter((row) => columns.some((column) => String(cell(row, column)).includes(word))).length;
}

/** Milliseconds from the last event of a kind during an action until an element has a text. */
async function timeUntil(
  page: Page,
  goal: { event: string; selector: string; text: string },
  act: () => Promise<void>,
): Promise<number> {
  const time = page.evaluate(
    ({ event, selector, text }) =>
      new Promise<number>((resolve) => {
        let last = Number.NaN;
        document.addEventListener(event, () => (last = performance.now()), { capture: true });
        const observer = new MutationObserver(() => {
          if (!document.querySelector(selector)?.textContent?.replaceAll(",", "").includes(text)) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - last));
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    { ...goal, text: goal.text.replaceAll(",", "") },
  );
  await act();
  return time;
}
