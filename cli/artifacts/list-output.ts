import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/number";
import { usageError } from "../terminal/error";
import type { Output } from "../terminal/output";
import { headedColumns, localTime, oneLine } from "./format";

export const DEFAULT_LIMIT = "50";

/** Parses `--limit`; 0 is Infinity. @throws CliError (usage) */
export function parseLimit(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text) || Number.POSITIVE_INFINITY;
  throw usageError(`Invalid --limit "${text}": use a number, or 0 for no limit.`);
}

export async function takeFirst<T>(
  rows: AsyncIterable<T>,
  limit: number,
  matches: (row: T) => boolean = () => true,
): Promise<{ rows: T[]; more: boolean }> {
  const taken: T[] = [];
  for await (const row of rows) {
    if (!matches(row)) continue;
    if (taken.length === limit) return { rows: taken, more: true };
    taken.push(row);
  }
  return { rows: taken, more: false };
}

export async function printRows(
  output: Output,
  { rows, more }: { rows: Artifact[]; more: boolean },
  none: string,
): Promise<void> {
  await output.result(rows, () => (rows.length > 0 ? formatRows(rows, output) : none));
  if (more) output.note("There are more. To list all, use --limit 0.");
}

function formatRows(rows: Artifact[], output: Output): string {
  const lines = rows.map((row) => [
    row.key ?? "(no key)",
    row.version === null ? "" : String(row.version),
    oneLine(row.type ?? ""),
    contentSize(row),
    localTime(row.created),
    row.key === null ? row.id : oneLine(row.description ?? ""),
  ]);
  const head = ["KEY", "VERSION", "TYPE", "CONTENT", "CREATED", "DESCRIPTION"];
  return headedColumns(head, lines, output);
}
