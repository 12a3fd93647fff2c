import { readFile } from "node:fs/promises";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { publishText } from "#test/browser/publish-text";
import { ArtifactPage } from "./pages/artifact-page";
import { interactive } from "./pages/interactive";

const CITIES = `[{"city":"Oslo","people":709037,"share":1.0,"note":"${"long ".repeat(60)}"},{"city":"Bergen","people":12345678901234567890,"more":{"wet":[true]}},{"city":"=1+1","people":-5,"share":0.50}]`;

test("a small table sorts, filters, opens, copies and downloads, with values as they were written", async ({
  page,
  key,
  request,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await new ArtifactPage(page).goto(await publishText(request, { key, type: "table", text: CITIES }));
  const cells = page.getByRole("cell");
  await expect(page.getByRole("cell").filter({ hasText: "12345678901234567890" })).toHaveCSS("text-align", "right");
  await expect(page.getByRole("cell", { name: "1.0" })).toBeVisible();

  await page.getByRole("button", { name: "people" }).click();
  await expect(page.getByRole("columnheader", { name: "people" })).toHaveAttribute("aria-sort", "ascending");
  await expect(cells.first()).toHaveText("=1+1");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("textbox", { name: "Filter people" }).fill("> 0");
  await expect(page.getByText("2 of 3 rows, 5 columns")).toBeVisible();

  await page.getByRole("button", { name: "Copy rows" }).click();
  await page.getByRole("menuitem", { name: "JSON", exact: true }).click();
  await expect(page.getByText("Copied 2 rows")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('{"city":"Bergen","people":12345678901234567890,"more":{"wet":[true]}}');
  expect(copied).toContain('"share":1.0');
  await page.getByRole("button", { name: "Copy rows" }).click();
  await page.getByRole("menuitem", { name: "Cells for a spreadsheet" }).click();
  const cellsOf = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(cellsOf).toContain("Bergen\t12345678901234567890\t");

  await page.getByRole("textbox", { name: "Filter people" }).fill("");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  const event = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "3 shown rows, CSV" }).click();
  const file = await event;
  expect(file.suggestedFilename()).toBe(`${key}-v1.csv`);
  const csv = await readFile(await file.path(), "utf8");
  expect(csv.startsWith("\ufeffcity,people")).toBe(true);
  expect(csv).toContain("'=1+1,-5,0.50,,\r\n");

  await page.getByRole("cell", { name: '{"wet":[true]}' }).getByRole("button").click();
  const opened = page.getByRole("region", { name: "Row 2, more" });
  await expect(opened.getByRole("treeitem").filter({ hasText: "true" })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
});

test("a large table is navigated by keyboard, with its first column in view", async ({ page, key, vitrine }) => {
  const data = Array.from({ length: 400 }, (_, row) =>
    Object.fromEntries(Array.from({ length: 60 }, (_, column) => [`c${column}`, row * 100 + column])),
  );
  await page.setViewportSize({ width: 390, height: 800 });
  const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data });
  await new ArtifactPage(page).goto(id);
  const grid = page.getByRole("grid", { name: "Table" });
  const active = () =>
    grid.evaluate(
      (element) => document.getElementById(element.getAttribute("aria-activedescendant") ?? "")?.textContent,
    );
  await grid.focus();
  await page.keyboard.press("ArrowDown");
  expect(await active()).toBe("0");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await expect.poll(active).toBe("159");
  await expect(grid.getByRole("gridcell", { name: "159", exact: true })).toBeInViewport();
  await expect(grid.getByRole("gridcell", { name: "100", exact: true })).toBeInViewport();
  await page.keyboard.press("Control+End");
  await expect.poll(active).toBe("39959");
  await page.keyboard.press("Control+Home");
  await expect.poll(active).toBe("0");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Row 1, c0" })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
});

test("an artifact is downloaded in the formats of its type", async ({ page, key, request, vitrine }) => {
  await new ArtifactPage(page).goto(await publishText(request, { key, type: "table", text: CITIES }));
  const download = async (label: string) => {
    await page.getByRole("button", { name: "Download", exact: true }).click();
    const event = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: label }).click();
    const file = await event;
    return [file.suggestedFilename(), await readFile(await file.path(), "utf8")];
  };
  expect(await download("All rows, JSON (as stored)")).toEqual([`${key}-v1.json`, CITIES]);
  const [name, csv] = await download("All rows, CSV (exact)");
  expect(name).toBe(`${key}-v1.csv`);
  expect(csv).toContain("\r\n=1+1,-5,0.50,,\r\n");
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# Hi" });
  await new ArtifactPage(page).goto(id);
  expect(await download("Markdown")).toEqual([`${key}-v2.md`, "# Hi"]);
});

test("JSON is navigated by keyboard, with values as they were written", async ({ page, key, request }) => {
  const text = '{"big":12345678901234567890,"one":1.0,"twice":1,"twice":2,"in":{"a b":[null,"x"]}}';
  await new ArtifactPage(page).goto(await publishText(request, { key, type: "json", text }));
  const tree = page.getByRole("tree", { name: "JSON" });
  await expect(tree.getByRole("treeitem")).toContainText([
    "{ 5 keys }",
    "12345678901234567890",
    "1.0",
    "twice: 1",
    "twice: 2",
  ]);
  await tree.focus();
  await page.keyboard.press("End");
  await expect(page.getByText('$.in["a b"][1]')).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(tree.getByRole("treeitem").filter({ hasText: "a b" }).last()).toHaveAttribute("aria-expanded", "false");
  expect(await axeViolations(page)).toEqual([]);
});

test("the sort, search and filters of a table survive a reload and Back", async ({ page, key, vitrine }) => {
  const data = ["$1,000", "$20", "NA", "$300"].map((price, at) => ({ item: `item ${at}`, price }));
  const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data });
  await new ArtifactPage(page).goto(id);
  const prices = page.getByRole("row").getByRole("cell", { name: /^\$|NA/ });
  await page.getByRole("button", { name: "price" }).click();
  await expect(prices).toHaveText(["$20", "$300", "$1,000", "NA"]);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("textbox", { name: "Filter price" }).fill("> 100");
  await page.getByRole("searchbox", { name: "Search table" }).fill("item");
  await expect(page).toHaveURL(
    ({ searchParams: url }) => url.has("table-filter") && url.get("table-search") === "item",
  );
  const shown = async () => {
    await expect(prices).toHaveText(["$300", "$1,000"]);
    await expect(page.getByRole("textbox", { name: "Filter price" })).toHaveValue("> 100");
    await expect(page.getByRole("columnheader", { name: "price" })).toHaveAttribute("aria-sort", "ascending");
  };
  await page.reload();
  await shown();
  await page.getByRole("link", { name: "Raw", exact: true }).click();
  await expect(page.getByRole("region", { name: "Raw data" })).toBeVisible();
  await page.goBack();
  await shown();
  expect(await axeViolations(page)).toEqual([]);
});

test("a bar or a value of a column's statistics filters its rows", async ({ page, key, vitrine }) => {
  const data = Array.from({ length: 300 }, (_, row) => ({
    id: `row ${row}`,
    price: row / 4,
    sky: row % 3 === 0 ? "rain" : "clear",
  }));
  const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data });
  await new ArtifactPage(page).goto(id);
  const price = page.getByRole("columnheader", { name: "price" });
  await expect(price).toContainText(/min0.*max74.75.*mean37.375.*median37.375.*distinctall 300.*null0 %/);
  const bars = price.getByRole("slider", { name: "Histogram of price" });
  await bars.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByText("20 of 300 rows, 3 columns")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Filter price" })).toHaveValue("5..<10");
  await page.getByRole("button", { name: "Filter sky by rain, 100 rows" }).click();
  await expect(page.getByText("7 of 300 rows, 3 columns")).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  const width = async () => (await price.boundingBox())?.width ?? 0;
  const before = await width();
  await price.getByRole("separator", { name: "Width of price" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBeCloseTo(before + 32, -1);
  await page.getByRole("button", { name: "Statistics" }).click();
  await expect(bars).toHaveCount(0);
  await page.reload();
  await expect(page.getByText("7 of 300 rows, 3 columns")).toBeVisible();
  await expect(bars).toHaveCount(0);
  await expect.poll(width).toBeCloseTo(before + 32, -1);
});

test("a link to a row finds it in other versions, and its history shows how it changed", async ({
  page,
  key,
  vitrine,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const cities = ["Oslo", "Bergen", "Rome"];
  const version = (temps: number[]) =>
    temps
      .map((temp, at) => ({ city: cities[at] ?? "", temp, sky: "clear" }))
      .toSorted((one, other) => one.temp - other.temp);
  const first = await vitrine.artifact.create.mutate({ key, type: "table", data: version([5, 7, 20]) });
  for (const temps of [
    [5, 7],
    [9, 7, 21],
    [9, 7, 2],
  ]) {
    await vitrine.artifact.create.mutate({ key, type: "table", data: version(temps) });
  }
  await new ArtifactPage(page).goto(first.id);
  await page.getByRole("button", { name: "Row 3" }).click();
  await page.getByRole("menuitem", { name: "Copy link to row" }).click();
  await expect(page.getByText("Copied link")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).search).toContain("row=Rome&row-by=city");
  const marked = page.getByRole("region", { name: "Table", exact: true }).locator("tr[aria-current]");
  for (const [number, text] of [
    ["4", "Rome2clear"],
    ["3", "Rome21clear"],
  ]) {
    await page.goto(link.replace("version=1", `version=${number}`));
    await expect(marked).toContainText(text ?? "");
  }
  await page.goto(link.replace("version=1", "version=2"));
  await interactive(page);
  await expect(page.getByText("This version has no row Rome (city).")).toBeVisible();
  await page.keyboard.press("G");
  await page.getByRole("textbox", { name: "Number or key of the row" }).fill("Bergen");
  await page.keyboard.press("Enter");
  await expect(marked).toContainText("Bergen7clear");

  await page.goto(link.replace("version=1", "version=4"));
  await interactive(page);
  await page.getByRole("button", { name: "Row 1" }).click();
  await page.getByRole("menuitem", { name: "Row history" }).click();
  const history = page.getByRole("region", { name: "History of row Rome (city)" });
  await expect(history.getByRole("status")).toHaveText("4 versions read");
  await expect(history.getByRole("row")).toContainText([
    "VersionAgetemp",
    /^v4.*2 \(changed\)$/,
    /^v3.*21$/,
    "v2",
    /^v1.*20$/,
  ]);
  await expect(history.getByRole("slider", { name: "temp by version" })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await history.getByRole("link", { name: "v3" }).click();
  await expect(marked).toContainText("Rome21clear");
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`an opened cell is in view and has the focus at ${viewport.width} pixels`, async ({ page, key, vitrine }) => {
    await page.setViewportSize(viewport);
    const data = Array.from({ length: 60 }, (_, row) => ({
      row,
      note: row === 3 ? "multi\nline" : "long ".repeat(60),
    }));
    const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data });
    await new ArtifactPage(page).goto(id);
    await page.getByRole("cell", { name: "multi line" }).getByRole("button").click();
    const opened = page.getByRole("region", { name: "Row 4, note" });
    await expect(opened).toBeFocused();
    await expect(opened).toBeInViewport({ ratio: 1 });
    await expect(opened.getByText("multi\nline")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(opened).toHaveCount(0);
  });
}

test("a printed table has all rows up to a limit, its source and no controls", async ({ page, key, vitrine }) => {
  const data = Array.from({ length: 5200 }, (_, row) => ({ row, name: `name ${row}` }));
  const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data });
  await new ArtifactPage(page).goto(id);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() =>
    // biome-ignore lint/performance/useDomNodeTextContent: of the text, what is visible on paper
    addEventListener("beforeprint", () => document.body.setAttribute("data-printed", document.body.innerText)),
  );
  const pdf = await page.pdf();
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBeGreaterThan(50);
  const text = (await page.locator("body").getAttribute("data-printed")) ?? "";
  expect(text.match(/^\d+\tname \d+$/gm)).toHaveLength(5000);
  const printed = text.replace(/^\d+\tname \d+$/gm, "");
  expect(printed).toContain("First 5,000 of 5,200 rows");
  expect(printed).toContain(page.url());
  expect(printed).toContain(`${key}, version 1, published`);
  expect(printed).not.toMatch(/Delete|Download$|Edit|Filter/m);
  await expect(page.getByRole("grid", { name: "Table" })).toBeAttached();
});

test("a table whose worker fails says so", async ({ page, key, vitrine }) => {
  const data = Array.from({ length: 3000 }, (_, row) => ({ row, text: "a text of a hundred bytes".repeat(4) }));
  const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByRole("grid", { name: "Table" })).toBeVisible();
  const search = page.getByRole("searchbox", { name: "Search table" });
  await search.fill("no such text");
  await expect(page.getByText("0 of 3,000 rows, 2 columns")).toBeVisible();
  for (const worker of page.workers()) {
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("This test ends the worker.");
      });
    });
  }
  await search.fill("2999");
  await expect(page.getByText("couldn't be searched, filtered or sorted")).toBeVisible();
  await expect(page.getByText("Searching…")).toBeHidden();
});
