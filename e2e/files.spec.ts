import { readFile } from "node:fs/promises";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { pdfOf } from "#test/browser/pdf";
import { interactive } from "./pages/interactive";
import { KeyPage } from "./pages/key-page";

const BYTES = `PK\x03\x04${"\0".repeat(5_000)}`;
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const OTHER_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

test("a file is published by choosing it, shown with its name, size and type, and downloaded", async ({
  vitrine,
  key,
  page,
}) => {
  // The list of an instance that is not empty.
  await vitrine.json(`${key}-other`, 1);
  await page.goto("/artifacts");
  await interactive(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Publish file" }).press("Enter");
  await (await chooser).setFiles({
    name: "Größe.bin",
    mimeType: "application/octet-stream",
    buffer: Buffer.from(BYTES),
  });
  const dialog = page.getByRole("dialog", { name: "Publish a file" });
  await expect(dialog.getByText("It is published as the file that it is.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Key" }).fill(key);
  await dialog.getByRole("button", { name: "Publish" }).click();
  await new KeyPage(page).shownKey(key);
  const file = page.getByRole("region", { name: "Größe.bin", exact: true });
  await expect(file).toContainText("5.0 kB, application/octet-stream");
  await expect(file).toContainText("There is no preview of this file.");
  await expect(file).toContainText("ContentZIP archive");
  await expect(file).toContainText("50 4b 03 04 00");
  await expect(file).toContainText("First 4,096 of 5,004 bytes");
  await file.getByRole("button", { name: "Show 908 B more" }).click();
  await expect(file.getByRole("button", { name: /^Show / })).toHaveCount(0);
  const download = page.waitForEvent("download");
  await file.getByRole("link", { name: "Download" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("Größe.bin");
  expect(await readFile(await saved.path(), "utf8")).toBe(BYTES);
  expect(await axeViolations(page)).toEqual([]);
});

test("a folder is a tree whose shown file is in the URL, and two of its versions are compared by path", async ({
  vitrine,
  key,
  page,
}) => {
  const blob = (text: string) => new Blob([text]);
  const pages = Array.from({ length: 50 }, (_, n): [string, Blob] => [`pages/${n}.txt`, blob(`page ${n}`)]);
  const readme = "# What this is\n\nSee [the log](docs/../logs/) and ![a dot](docs/dot.png).";
  const first = {
    "README.md": blob(readme),
    "docs/dot.png": new Blob([Buffer.from(DOT, "base64")]),
    "logs/Makefile": blob("all: log"),
    ...Object.fromEntries(pages),
  };
  const table = blob("id,city,people\n1,Oslo,5\n2,Bergen,3\n");
  await vitrine.files(key, {
    ...first,
    ...{ "a.txt": blob("moved"), "old.txt": blob("old"), "model.bin": blob("\0old"), "table.csv": table },
  });
  await vitrine.files(key, {
    ...first,
    ...{ "b.txt": blob("moved"), "new.txt": blob("new"), "model.bin": blob("\0new"), "pages/3.txt": blob("changed") },
    "docs/dot.png": new Blob([Buffer.from(OTHER_DOT, "base64")]),
    "table.csv": blob("id,city,people\n1,Oslo,6\n2,Bergen,3\n3,Bodø,1\n"),
  });
  await page.goto(`/artifacts/key/${key}`);
  await interactive(page);
  const files = page.getByRole("region", { name: "Files", exact: true });
  await expect(files).toContainText("57 files");
  await expect(files.getByRole("heading", { name: "What this is" })).toBeVisible();
  const dot = files.getByRole("img", { name: "a dot" });
  await expect(dot).toBeVisible();
  expect(await dot.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await axeViolations(page)).toEqual([]);

  // A relative link leads to what a folder has, also without an ending, and Back to where it was.
  await files.getByRole("link", { name: "the log" }).click();
  await expect(files.getByText("all: log")).toBeVisible();
  await expect(page).toHaveURL(/[?&]file=logs%2FMakefile$|[?&]file=logs\/Makefile$/);
  await page.goBack();
  await expect(files.getByRole("heading", { name: "What this is" })).toBeVisible();

  // By keyboard: letters find names, and what is not in view is not rendered.
  const tree = files.getByRole("tree", { name: "Files" });
  await tree.focus();
  for (const press of ["Home", "p", "ArrowRight", "4", "7", "Enter"]) await page.keyboard.press(press);
  await expect(files.getByText("page 47", { exact: true })).toBeVisible();
  await expect(tree.getByRole("treeitem", { selected: true })).toHaveAttribute("aria-level", "2");
  expect(await tree.getByRole("treeitem").count()).toBeLessThan(50);
  await files.getByRole("button", { name: "Next file" }).click();
  await expect(files.getByText("page 48", { exact: true })).toBeVisible();

  // The filter shows where a file is.
  await files.getByRole("searchbox", { name: "Filter files" }).fill("S/3.T");
  await expect(files.getByText("1 file of 57")).toBeVisible();
  await expect(tree.getByRole("treeitem")).toHaveText([/^pages/, /^3\.txt/]);
  await tree.getByRole("treeitem", { name: "3.txt" }).click();
  await expect(files.getByText("changed", { exact: true })).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.goto(`/artifacts/key/${key}?file=gone.txt`);
  await expect(files.getByText('This version has no file "gone.txt".')).toBeVisible();
  const { id } = await vitrine.collection.latest.query({ key });
  const [older] = await vitrine.artifact.list.query({
    where: { artifacts: { key: { any: [key] }, version: { any: [1] } } },
  });
  await page.goto(`/artifacts/compare?from=${older?.id}&to=${id}`);
  await interactive(page);
  const main = page.getByRole("main");
  await expect(main.getByText("1 added, 1 removed, 4 changed, 1 moved, 51 the same")).toBeVisible();
  const open = (path: string) => main.getByRole("button", { name: new RegExp(`^\\S+ ?${path}`) }).click();
  await open("pages/3.txt");
  await expect(main.getByRole("row", { name: /Removed page 3$/ })).toBeVisible();
  await expect(main.getByRole("row", { name: /Added changed$/ })).toBeVisible();
  await expect(page).toHaveURL(/file=pages%2F3\.txt|file=pages\/3\.txt/);
  await open("table.csv");
  await expect(main.getByText("1 row added, 1 cell changed")).toBeVisible();
  await open("docs/dot.png");
  await expect(main.getByRole("img")).toHaveCount(2);
  await open("model.bin");
  await expect(main.getByText(/^SHA-256/)).toHaveCount(2);
  await open("b.txt");
  await expect(main.getByText("It was at a.txt")).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
});

test("changed files are compared as what their viewers read", async ({ vitrine, key, page }) => {
  const utf16 = (text: string) => new Blob([Buffer.from(`\ufeff${text}`, "utf16le")]);
  const cell = (source: string, text: string) => ({
    ...{ cell_type: "code", source, execution_count: 1, metadata: {} },
    outputs: [{ output_type: "stream", name: "stdout", text }],
  });
  const notebook = (...cells: unknown[]) => new Blob([JSON.stringify({ nbformat: 4, metadata: {}, cells })]);
  const pdf = (...texts: string[]) => new Blob([pdfOf(texts.map((text) => ({ lines: [text] })))]);
  const stored = async (name: string) =>
    new Blob([await readFile(new URL(`../test/table-files/${name}`, import.meta.url))]);
  const folderOf = async (version: 1 | 2) => ({
    "notes.txt": utf16(version === 1 ? "first\nold\n" : "first\nnew\n"),
    "sales.csv": utf16(version === 1 ? "city;sales\nKöln;5\nUlm;7\n" : "city;sales\nKöln;6\nUlm;7\n"),
    "report.ipynb": notebook(
      cell("total()", version === 1 ? "3" : "4"),
      ...(version === 1 ? [] : [cell("more()", "")]),
    ),
    "report.pdf": version === 1 ? pdf("summary", "details") : pdf("summary", "new page", "details"),
    "same.parquet": await stored(version === 1 ? "types-gzip.parquet" : "types-zstd.parquet"),
    "rows.arrow": await stored(version === 1 ? "types-file.arrow" : "types-stream.arrows"),
  });
  const { id: from } = await vitrine.files(key, await folderOf(1));
  const { id: to } = await vitrine.files(key, await folderOf(2));
  await page.goto(`/artifacts/compare?from=${from}&to=${to}`);
  await interactive(page);
  const main = page.getByRole("main");
  const open = (path: string) => main.getByRole("button", { name: new RegExp(`^\\S+ ?${path}`) }).click();
  await open("notes.txt");
  await expect(main.getByRole("row", { name: /Added new$/ })).toBeVisible();
  await open("sales.csv");
  await expect(main.getByText("1 cell changed")).toBeVisible();
  await expect(main.getByRole("rowheader", { name: "Köln" })).toBeVisible();
  await open("report.ipynb");
  await expect(main.getByText("1 cell added, outputs of 1 cell changed")).toBeVisible();
  const parts = main.getByRole("heading", { level: 3 });
  await expect(parts).toHaveText([/Code cell 1$/, /Code cell 2$/]);
  await expect(main.getByRole("listitem", { name: "Code cell 1" })).toContainText(/Code cell 1\s*Output/);
  expect(await axeViolations(page)).toEqual([]);
  await open("report.pdf");
  await expect(main.getByText("1 page added", { exact: true })).toBeVisible();
  await expect(parts).toHaveText([/Page 2$/]);
  await expect(main).toContainText("Only the text of the pages is compared");
  await open("same.parquet");
  await expect(main.getByText("No differences")).toBeVisible();
  await expect(main.getByText(/^SHA-256/)).toHaveCount(2);
  await open("rows.arrow");
  await expect(main.getByText(/^SHA-256/)).toHaveCount(2);
});

test("the file that an address names is in view in the tree of a folder", async ({ vitrine, key, page }) => {
  const names = Array.from({ length: 40 }, (_, at) => `file ${at}.txt`);
  await vitrine.files(key, Object.fromEntries(names.map((name) => [name, new Blob([name])])));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/artifacts/key/${key}?file=${encodeURIComponent("file 25.txt")}`);
  const row = page.getByRole("treeitem", { name: "file 25.txt" });
  const isInTree = () =>
    row.evaluate((item) => {
      const [inner, outer] = [item.getBoundingClientRect(), item.closest("[role=tree]")?.getBoundingClientRect()];
      return outer !== undefined && inner.top >= outer.top && inner.bottom <= outer.bottom;
    });
  await expect.poll(isInTree).toBe(true);
});
