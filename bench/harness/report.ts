import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { ROOT } from "./postgres";

// Load of the machine before the benchmark: on a busy machine only the ratios are meaningful.
const [LOAD_BEFORE = 0] = loadavg();

const DOCUMENT = join(ROOT, "docs", "performance.md");

/** A Markdown table with aligned columns. */
export function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join("\n");
}

export function formatMs(value: number): string {
  if (Number.isNaN(value)) return "–";
  return value < 1 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : value.toFixed(0);
}

export function formatRatio(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)}×` : "–";
}

/** Prints a section and replaces it in docs/performance.md, with the date, commit and machine. */
export async function writeSection(section: string, text: string): Promise<void> {
  process.stdout.write(`\n${text}\n`);
  const [begin, end] = [`<!-- bench:${section} -->`, `<!-- /bench:${section} -->`];
  const document = await readFile(DOCUMENT, "utf8");
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no ${begin} … ${end}; restore both comments.`);
  await writeFile(
    DOCUMENT,
    `${document.slice(0, from + begin.length)}\n\n${text}\n\n${provenance()}\n\n${document.slice(to)}`,
  );
}

function provenance(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day} at ${git("rev-parse", "--short", "HEAD")}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, PostgreSQL 18 as it is embedded; load of the machine before: ${LOAD_BEFORE.toFixed(1)}.`;
}
