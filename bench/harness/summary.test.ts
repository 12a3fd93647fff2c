import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { replaceSection } from "./markdown";
import { summaryTable } from "./summary";

const DOCUMENT = join(fileURLToPath(new URL("../..", import.meta.url)), "docs", "performance.md");

it("quotes the figures of docs/performance.md", async () => {
  const document = await readFile(DOCUMENT, "utf8");
  expect(replaceSection(document, "summary", summaryTable(document))).toBe(document);
  expect(summaryTable(document).split("\n")).toHaveLength(12);
});

it("follows a changed figure", async () => {
  const document = await readFile(DOCUMENT, "utf8");
  const changed = document.replace(/\| read by id +\| +[\d,]+ \|/, "| read by id | 99,999 |");
  expect(summaryTable(changed)).toContain("99,999 per second");
});

it("rejects a document without a quoted row", () => {
  expect(() => summaryTable("")).toThrow('The section "peer" of docs/performance.md has no row "read by id".');
});

it("rejects a document without the section", () => {
  expect(() => replaceSection("text", "peer", "table")).toThrow("has no <!-- bench:peer --> … <!-- /bench:peer -->");
});
