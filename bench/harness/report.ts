import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { replaceSection } from "./markdown";
import { ROOT } from "./postgres";
import { summaryTable } from "./summary";

// Load of the machine before the benchmark: on a busy machine only the ratios are meaningful.
const [LOAD_BEFORE = 0] = loadavg();

const DOCUMENT = join(ROOT, "docs", "performance.md");

/**
 * Prints a section and replaces it in docs/performance.md, with the date, commit and machine; updates the summary.
 * @param isDefaultSize other sizes are printed only, since the document describes the default one
 */
export async function writeSection(section: string, text: string, isDefaultSize = true): Promise<void> {
  process.stdout.write(`\n${text}\n`);
  if (!isDefaultSize) return;
  const document = replaceSection(await readFile(DOCUMENT, "utf8"), section, `${text}\n\n${provenance()}`);
  await writeFile(DOCUMENT, replaceSection(document, "summary", summaryTable(document)));
}

function provenance(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day} at ${git("rev-parse", "--short", "HEAD")}: ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.versions.node}, PostgreSQL 18 as it is embedded; load of the machine before: ${LOAD_BEFORE.toFixed(1)}.`;
}
