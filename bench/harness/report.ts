import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { ROOT } from "./postgres";

// What the machine did before we began: on a busy one the absolute figures say little, the ratios still something.
const [BUSY = 0] = loadavg();

const PAPER = join(ROOT, "docs", "performance.md");

/** A table as Markdown, its columns aligned for whoever reads the source. */
export function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join("\n");
}

/** Milliseconds in few digits. */
export function ms(value: number): string {
  if (Number.isNaN(value)) return "–";
  return value < 1 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** How many times, in few digits. */
export function times(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(value < 10 ? 1 : 0)}×` : "–";
}

/** Prints a section and puts it in place of its earlier self in `docs/performance.md`, with where and when it was measured. */
export async function publish(section: string, text: string): Promise<void> {
  process.stdout.write(`\n${text}\n`);
  const [begin, end] = [`<!-- bench:${section} -->`, `<!-- /bench:${section} -->`];
  const paper = await readFile(PAPER, "utf8");
  const [from, to] = [paper.indexOf(begin), paper.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no ${begin} … ${end}: put both back.`);
  await writeFile(PAPER, `${paper.slice(0, from + begin.length)}\n\n${text}\n\n${where()}\n\n${paper.slice(to)}`);
}

function where(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day} at ${git("rev-parse", "--short", "HEAD")}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, PostgreSQL 18 as it is embedded; load of the machine before: ${BUSY.toFixed(1)}.`;
}
