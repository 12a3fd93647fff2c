import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";

test("a CSV file is a table with what was detected in it, which can be corrected", async ({ vitrine, key, page }) => {
  const latin = Buffer.from("name;size;city\nscrew;5;Köln\nnut;7;Ulm\nbolt;6\n", "latin1");
  await vitrine.files(key, {
    "parts.csv": new Blob([latin]),
    // Two members, as programs that write in parallel make them.
    "events.jsonl.gz": new Blob([
      gzipSync('{"at":1,"tags":["a"]}\n'),
      gzipSync('{"at":12345678901234567890,"tags":[]}\n'),
    ]),
  });
  await page.goto(`/artifacts/key/${key}`);
  const files = page.getByRole("region", { name: "Files", exact: true });
  await files.getByRole("treeitem", { name: "parts.csv" }).click();
  const table = files.getByRole("table");
  await expect(table.getByRole("cell", { name: "Köln" })).toBeVisible();
  await expect(files.getByLabel("Separator").locator("option:checked")).toHaveText("Separator ;");
  await expect(files.getByLabel("Encoding").locator("option:checked")).toHaveText("Windows-1252");
  await expect(files).toContainText("Fewer fields than the header in line 4");
  await expect(files).toContainText("3 rows, 3 columns");
  expect(await axeViolations(page)).toEqual([]);
  await files.getByLabel("Header").selectOption("No header");
  await expect(files).toContainText("4 rows, 3 columns");
  await expect(page).toHaveURL(/csv-header=none/);
  await files.getByLabel("Separator").selectOption("Separator tab");
  await expect(files).toContainText("4 rows, 1 column");
  await files.getByRole("treeitem", { name: "events.jsonl.gz" }).click();
  await expect(table.getByRole("cell", { name: "12,345,678,901,234,567,890" })).toBeVisible();
  await expect(files).toContainText("2 rows, 2 columns");
});

test("a CSV file that has not loaded is said to be missing on paper", async ({ vitrine, key, page }) => {
  await vitrine.file(key, new Blob(["name;size\nscrew;5\n"]), { name: "parts.csv" });
  const requests: string[] = [];
  // Their responses never arrive.
  await page.route("**/api/artifacts/**", (route) => void requests.push(route.request().url()));
  await page.goto(`/artifacts/key/${key}`);
  await expect.poll(() => requests.length).toBeGreaterThan(0);
  const loading = page.getByText(/^Loading \d+ B…$/);
  await expect(loading).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("The content had not loaded when this page was printed.")).toBeVisible();
  await expect(loading).toBeHidden();
});

test("Parquet and Arrow files are tables with what they say about themselves", async ({ vitrine, key, page }) => {
  const folder = new URL("../test/table-files/", import.meta.url);
  const names = ["groups.parquet", "types-zstd.parquet", "types-lz4.feather"];
  const files = await Promise.all(
    names.map(async (name): Promise<[string, Blob]> => [name, new Blob([await readFile(new URL(name, folder))])]),
  );
  await vitrine.files(key, { ...Object.fromEntries(files), "broken.parquet": new Blob(["PAR1 and nothing else"]) });
  await page.goto(`/artifacts/key/${key}`);
  const region = page.getByRole("region", { name: "Files", exact: true });
  await region.getByRole("treeitem", { name: "groups.parquet" }).click();
  await expect(region.getByRole("grid", { name: "Table" })).toHaveAttribute("aria-rowcount", "5001");
  await expect(region).toContainText("Parquet · 5,000 rows · 2 columns · 5 row groups · zstd");
  await region.getByRole("searchbox", { name: "Search table" }).fill("row 3");
  await expect(region).toContainText("714 of 5,000 rows, 2 columns");
  await region.getByRole("searchbox", { name: "Search table" }).fill("");
  for (const name of ["types-zstd.parquet", "types-lz4.feather"]) {
    await region.getByRole("treeitem", { name }).click();
    await expect(region.getByRole("region", { name })).toContainText("4 rows");
    await expect(region.getByRole("cell", { name: "12,345,678,901,234,567,890.10" })).toBeVisible();
  }
  expect(await axeViolations(page)).toEqual([]);
  await region.getByRole("treeitem", { name: "broken.parquet" }).click();
  await expect(region.getByRole("alert")).toContainText("This isn't a whole Parquet file: its end is missing.");
});
