import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/holds";
import { usageError } from "../terminal/error";
import type { Output } from "../terminal/output";
import { columns, localTime, oneLine } from "./format";

/** How many rows a list shows when nothing else is said. */
export const DEFAULT_LIMIT = "50";

/** A limit as it was given: 0 is all. @throws Failure (usage) for what is no number */
export function parseLimit(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text) || Number.POSITIVE_INFINITY;
  throw usageError(`--limit takes a number, and 0 for all; "${text}" is none.`);
}

/** The first rows of a walk that pass, and whether there are more. */
export async function takeFirst<T>(walk: AsyncIterable<T>, limit: number, passes: (row: T) => boolean = () => true) {
  const rows: T[] = [];
  for await (const row of walk) {
    if (!passes(row)) continue;
    if (rows.length === limit) return { rows, more: true };
    rows.push(row);
  }
  return { rows, more: false };
}

/** Tells rows: a list in JSON, a line each for people; and that there are more. */
export async function printRows(report: Output, { rows, more }: { rows: Artifact[]; more: boolean }, none: string) {
  await report.result(rows, () => (rows.length > 0 ? listed(rows, report) : none));
  if (more) report.note(`There are more: --limit 0 lists all.`);
}

function listed(rows: Artifact[], { style, width }: Output): string {
  const lines = rows.map((row) => [
    row.key ?? "(no key)",
    row.version === null ? "" : String(row.version),
    oneLine(row.type ?? ""),
    contentSize(row),
    localTime(row.created),
    row.key === null ? row.id : oneLine(row.description ?? ""),
  ]);
  const [head = "", ...rest] = columns(
    [["KEY", "VERSION", "TYPE", "HOLDS", "CREATED", "DESCRIPTION"], ...lines],
    width,
  ).split("\n");
  return [style("dim", head), ...rest].join("\n");
}
