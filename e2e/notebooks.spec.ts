import type { Json } from "#contract/json";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";

const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const FRAME = `<div>
<style scoped>
  .dataframe { color: red }

</style>
<table border="1" class="dataframe">
  <thead>

    <tr><th></th><th>city</th></tr>
  </thead>
  <tbody><tr><th>0</th><td>Oslo</td></tr></tbody>
</table>
<p>1 rows × 1 columns</p>
</div>`;
const HOSTILE = "<table><tr><td onclick='bad=1'>cell</td></tr></table><img src=x onerror='window.bad=1'>";
const SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>parent.bad=1</script></svg>";

type Output = { [name: string]: Json };
const display = (data: Output): Output => ({ output_type: "display_data", data, metadata: {} });
const code = (count: number, source: string, ...outputs: Output[]): Output => ({
  ...{ cell_type: "code", execution_count: count, metadata: {}, source, outputs },
});
const notebook = (...cells: Json[]): Output => ({
  ...{ nbformat: 4, nbformat_minor: 5, cells },
  metadata: { kernelspec: { display_name: "Python 3 (ipykernel)" }, language_info: { name: "python" } },
});

const CELLS: Json[] = [
  {
    cell_type: "markdown",
    source: ["# Rain\n", "\n", "![attached](attachment:a%20dot.png), see [notes](notes.md)"],
    attachments: { "a dot.png": { "image/png": DOT } },
  },
  code(7, "import pandas as pd\npd.read_csv('rain.csv')", display({ "text/html": FRAME, "text/plain": "a city" })),
  code(
    8,
    "1 / 0",
    { output_type: "stream", name: "stdout", text: "10 %\r20 %\r" },
    { output_type: "stream", name: "stdout", text: ["90 %\n"] },
    { output_type: "error", ename: "E", evalue: "", traceback: ["\u001b[0;31mZeroDivisionError\u001b[0m: no"] },
  ),
  code(
    9,
    "plot()",
    display({ "image/png": DOT }),
    display({ "image/svg+xml": SVG }),
    display({ "text/html": HOSTILE }),
  ),
  code(
    10,
    "more()",
    display({ "text/html": "<script>parent.bad = 1</script>", "text/plain": "in plain text" }),
    display({ "application/json": { sum: 42 } }),
    display({ "application/javascript": "bad = 1" }),
    { output_type: "stream", name: "stdout", text: "far ".repeat(2_500_000) },
  ),
  ...Array.from({ length: 1_200 }, (_, n) => code(n + 11, `x = ${n} # needle${n}`)),
];

test("a notebook is shown cell by cell with its outputs, of which nothing runs", async ({ vitrine, key, page }) => {
  await vitrine.files(key, {
    "index.ipynb": new Blob([JSON.stringify(notebook(...CELLS))]),
    "notes.md": new Blob(["# Notes"]),
    "broken.ipynb": new Blob(['{"cells": [}']),
    "other.ipynb": new Blob(['{"cells": 1}']),
  });
  await page.goto(`/artifacts/key/${key}?file=index.ipynb`);
  await interactive(page);
  const files = page.getByRole("region", { name: "Files", exact: true });
  await expect(files.getByText("Python 3 (ipykernel) · 1,205 cells")).toBeVisible();
  const cell = (n: number) => files.getByRole("listitem", { name: `Cell ${n}`, exact: true });
  await expect(cell(1).getByRole("heading", { name: "Rain" })).toBeVisible();
  const dot = cell(1).getByRole("img", { name: "attached" });
  await expect.poll(() => dot.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect(cell(2)).toContainText("[7]");
  await expect(cell(2).locator(".hljs-keyword").first()).toHaveText("import");
  await expect(cell(2).getByRole("cell", { name: "Oslo" })).toBeVisible();
  await expect(cell(2)).toContainText("1 rows × 1 columns");
  await expect(cell(2)).not.toContainText("dataframe");
  await expect(cell(3).getByText("90 %", { exact: true })).toBeVisible();
  await expect(cell(3).locator(".ansi-red")).toHaveText("ZeroDivisionError");
  await expect(cell(4).getByRole("img", { name: "Output" })).toHaveCount(2);
  await expect(cell(4).getByRole("cell", { name: "cell" })).toBeVisible();
  await expect(cell(5)).toContainText("in plain text");
  await expect(cell(5)).toContainText("HTML with styles or scripts of its own");
  await expect(cell(5).getByRole("tree", { name: "JSON" })).toContainText("sum");
  await expect(cell(5)).toContainText("This output isn't shown: application/javascript.");
  await expect(cell(5)).toContainText("The beginning of 10 MB is shown.");
  await expect(files.getByText("The first 1,000 of 1,205 cells are shown.")).toBeAttached();

  // The find bar finds what is not rendered yet.
  await page.goto(`/artifacts/key/${key}?file=index.ipynb&find=needle800`);
  await interactive(page);
  await expect(page.getByText("1 of 1")).toBeVisible();
  await expect(cell(806)).toContainText("needle800");
  await expect(cell(806)).toBeInViewport();
  expect(await page.evaluate(() => "bad" in window)).toBe(false);

  await files.getByRole("button", { name: "Next file" }).click();
  await expect(files.getByRole("heading", { name: "Notes" })).toBeVisible();
  await page.goto(`/artifacts/key/${key}?file=broken.ipynb`);
  await expect(
    files.getByText(/This isn't JSON: expected .* in line 1, column 12\. It's shown as text\./),
  ).toBeVisible();
  await page.goto(`/artifacts/key/${key}?file=other.ipynb`);
  await expect(files.getByText("it has no list of cells")).toBeVisible();

  // As JSON data it is known by its form.
  await vitrine.json(`${key}-data`, notebook(...CELLS.slice(0, 4)));
  await page.goto(`/artifacts/key/${key}-data`);
  await expect(page.getByRole("listitem", { name: "Cell 3" }).getByText("90 %", { exact: true })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
});
