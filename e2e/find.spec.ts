import type { Page } from "@playwright/test";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { whileUnsearched } from "#test/browser/unsearched";
import { interactive } from "./pages/interactive";
import { searched } from "./pages/searched";

const bar = (page: Page) => page.getByRole("search", { name: "Find in content" });
const field = (page: Page) => bar(page).getByRole("searchbox");

/** How many matches are marked in the page. */
const marked = (page: Page) => page.evaluate(() => CSS.highlights.get("find")?.size ?? 0);

const rows = (many: number) =>
  Array.from({ length: many }, (_, at) => ({ city: `City ${at}`, note: at % 50 === 40 ? "Heavy-rain" : "dry" }));

test("what is searched only later appears in an open list, with the count", async ({
  product,
  vitrine,
  artifacts,
  key,
}) => {
  await whileUnsearched(product, async () => {
    await vitrine.artifact.create.mutate({ key, type: "markdown", data: `About ${key}z` });
    await artifacts.goto(`?q=${key}z`);
    await expect(artifacts.page.getByRole("status").filter({ hasText: "not searched yet" })).toBeVisible();
    await expect(artifacts.page.getByRole("heading", { name: "No matching artifacts" })).toBeVisible();
  });
  await expect(artifacts.row(key)).toBeVisible();
  await expect(artifacts.page.getByText("1 artifact", { exact: true })).toBeVisible();
});

test("results say why they match, and open at the place", async ({ vitrine, artifacts, key, page }) => {
  const filler = "Some other words in a paragraph of their own.\n\n".repeat(60);
  const items = [
    {
      key: `${key}-text`,
      type: "markdown",
      data: `# Report\n\n${filler}## Kölner Dom\n\nIt rained *${key}x* heavily.`,
    },
    {
      key: `${key}-table`,
      type: "table",
      data: [
        { city: "Oslo", note: "dry" },
        { city: "Bergen", note: `${key}x` },
      ],
    },
    { key: `${key}-json`, data: { config: { region: `eu ${key}x` } } },
    { key: `${key}-other`, type: "markdown", data: "Nothing", description: `About ${key}x` },
  ];
  for (const item of items) await vitrine.artifact.create.mutate(item);
  await searched(vitrine);
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("search.why")) requests.push(request.url());
  });
  await artifacts.goto(`?q=${key}x&sort=key`);
  await expect(artifacts.rows).toHaveCount(4);
  await expect(artifacts.row(`${key}-text`)).toContainText(`Kölner Dom`);
  await expect(artifacts.row(`${key}-text`).locator("mark")).toHaveText(`${key}x`);
  await expect(artifacts.row(`${key}-table`)).toContainText("row 2 · note");
  await expect(artifacts.row(`${key}-json`)).toContainText(/config\.region: …?eu /);
  await expect(artifacts.row(`${key}-other`)).toContainText("Description");
  // One request for all rows.
  expect(requests).toHaveLength(1);
  expect(await axeViolations(page)).toEqual([]);

  // The peek opens at the place as well, from row to row, and closes with its bar.
  const { peek } = artifacts;
  await artifacts.row(`${key}-text`).hover();
  await page.getByRole("button", { name: `Peek at ${key}-text`, exact: true }).click();
  await expect(peek.getByRole("searchbox")).toHaveValue(`${key}x`);
  await expect(peek.getByRole("search")).toContainText("1 of 1");
  await expect(peek.getByRole("heading", { name: "Kölner Dom" })).toBeInViewport();
  await page.keyboard.press("k");
  await expect(peek.getByRole("row", { name: "Bergen" })).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Escape");
  await expect(peek).toHaveCount(0);
  await expect(page).not.toHaveURL(/find=/);

  await page.getByRole("link", { name: `${key}-text`, exact: true }).click();
  await expect(field(page)).toHaveValue(`${key}x`);
  await expect(bar(page)).toContainText("1 of 1");
  const heading = page.getByRole("heading", { name: "Kölner Dom" });
  await expect(heading).toBeInViewport();
  expect(await marked(page)).toBe(1);
  // The reader did not ask for the field.
  await expect(field(page)).not.toBeFocused();
  expect(await axeViolations(page)).toEqual([]);
  await page.reload();
  await expect(heading).toBeInViewport();
  await expect(field(page)).toHaveValue(`${key}x`);
  await page.goBack();
  await expect(artifacts.rows).toHaveCount(4);
  await page.goForward();
  await expect(heading).toBeInViewport();

  // Without it the page is as any other.
  await interactive(page);
  await bar(page).getByRole("button", { name: "Close find bar" }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/find=/);
  expect(await marked(page)).toBe(0);

  await artifacts.goto(`?q=${key}x&sort=key&versions=all&show=cards`);
  await expect(
    page
      .getByRole("listitem")
      .filter({ hasText: `${key}-table` })
      .locator("mark"),
  ).toHaveText(`${key}x`);
  await page.getByRole("link", { name: `${key}-table`, exact: true }).click();
  await expect(page).toHaveURL(/version=1&find=/);
  await expect(page.getByRole("row", { name: "Bergen" })).toHaveAttribute("aria-current", "true");

  await artifacts.goto(`?q=${key}&sort=key`);
  await page.getByRole("link", { name: `${key}-json`, exact: true }).click();
  await expect(bar(page)).toContainText("Not found here");
});

test("the find bar goes through the rows of a large table, lines and values", async ({ vitrine, key, page }) => {
  const table = await vitrine.artifact.create.mutate({ key: `${key}-table`, type: "table", data: rows(1_000) });
  const json = Object.fromEntries(
    Array.from({ length: 400 }, (_, at) => [`n${at}`, { deep: [at === 390 ? "Rain" : at] }]),
  );
  await vitrine.artifact.create.mutate({ key: `${key}-json`, data: json });
  const lines = Array.from({ length: 4_000 }, (_, at) => (at === 3_500 ? "then it rained: rain" : `line ${at}`));
  await vitrine.artifact.create.mutate({ key: `${key}-lines`, data: lines.join("\n") });

  await page.goto(`/artifacts/key/${key}-table?find=${encodeURIComponent('"heavy rain"')}`);
  const current = page.getByRole("row").filter({ has: page.locator('[aria-colindex="2"]', { hasText: "Heavy-rain" }) });
  await expect(bar(page)).toContainText("1 of 20");
  await expect(page.locator('[role="row"][aria-current="true"]')).toHaveText(/City 40/);
  await expect(current.first()).toBeInViewport();
  await interactive(page);
  await field(page).focus();
  await page.keyboard.press("Shift+Enter");
  await expect(bar(page)).toContainText("20 of 20");
  await expect(page.locator('[role="row"][aria-current="true"]')).toHaveText(/City 990/);
  await page.keyboard.press("Enter");
  await expect(page.locator('[role="row"][aria-current="true"]')).toHaveText(/City 40/);
  await expect(field(page)).toBeFocused();
  // Other words, in the URL too.
  await field(page).fill("city 7");
  await expect(page).toHaveURL(/find=city\+7$/);
  await expect(page.locator('[role="row"][aria-current="true"]')).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.locator('[role="row"][aria-current="true"]')).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`${table.key}$`));

  await page.goto(`/artifacts/key/${key}-json?find=rain`);
  const value = page.getByRole("treeitem", { name: /Rain/ });
  await expect(value).toBeInViewport();
  await expect(value).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("searchbox", { name: "Search JSON" })).toHaveCount(0);

  await page.goto(`/artifacts/key/${key}-lines?find=rain`);
  await expect(page.getByText("then it rained: rain")).toBeInViewport();
  await expect(bar(page)).toContainText("1 of 1");
});

test("the find bar fits a phone, in both themes", async ({ vitrine, artifacts, key, page }) => {
  const text = `# Report\n\n${"Dry.\n\n".repeat(80)}Here is a Zyzzyva.`;
  await vitrine.artifact.create.mutate({ key: `${key}-a`, type: "markdown", data: text });
  await searched(vitrine);
  await page.setViewportSize({ width: 390, height: 800 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await artifacts.goto(`?q=zyzzyva+key:${key}*`);
    const mark = artifacts.row(`${key}-a`).locator("mark");
    await expect(mark).toBeInViewport({ ratio: 1 });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole("link", { name: `${key}-a`, exact: true }).click();
    await expect(page.getByText("Here is a Zyzzyva.")).toBeInViewport();
    await expect(bar(page)).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axeViolations(page)).toEqual([]);
  }
});

test("the palette finds words in content, and opens them at the place", async ({ vitrine, artifacts, key, page }) => {
  const data = `${"Other words.\n\n".repeat(80)}Precipitation of ${key}x.`;
  await vitrine.artifact.create.mutate({ key: `notes-of-${key}`, type: "markdown", data });
  await searched(vitrine);
  await artifacts.goto();
  await page.keyboard.press("/");
  const palette = page.getByRole("dialog", { name: "Search" });
  await palette.getByRole("combobox").fill(`precipitation of ${key}`);
  const option = palette.getByRole("option", { name: `notes-of-${key}` });
  await expect(option.locator("mark").first()).toHaveText(/Precipitation/);
  await option.click();
  await expect(page.getByText(`Precipitation of ${key}x.`)).toBeInViewport();
});
