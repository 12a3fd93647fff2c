import type { Json } from "#contract/json";
import type { ParsedTable } from "#formats/table";
import type { Column } from "./columns";

const MAX_COLUMNS = 40;
const MAX_PAIRED_COLUMNS = 8;
const MIN_OVERLAP = 0.2;
const KEY_NAME = /(^|[_\s-])(id|key|name|code|uuid|symbol|slug|date|day|time|timestamp)$/i;
const CAMEL_CASE_ID = /[a-z\d]Id$/;
const POSITION_NAME = /^(#|no|nr|rank|row|index|position|place)\.?$/i;

/**
 * The columns that identify rows: one column, or else two together, whose values are unique on each side and of which
 * enough are on both. Empty if there are none.
 */
export function inferKey(from: ParsedTable, to: ParsedTable, columns: Column[]): Column[] {
  const shared = columns.filter((column) => column.from !== null && column.to !== null).slice(0, MAX_COLUMNS);
  const single = bestOf(
    from,
    to,
    shared.map((column) => [column]),
  );
  if (single.length > 0) return single;
  const few = shared
    .filter((column) => canBePartOfKey(from, column.from) && canBePartOfKey(to, column.to))
    .slice(0, MAX_PAIRED_COLUMNS);
  return bestOf(
    from,
    to,
    few.flatMap((first, at) => few.slice(at + 1).map((second) => [first, second])),
  );
}

function bestOf(from: ParsedTable, to: ParsedTable, candidates: Column[][]): Column[] {
  let found: { columns: Column[]; score: number } = { columns: [], score: 0 };
  candidates.forEach((columns, at) => {
    const before = namesOf(
      from,
      columns.map((column) => column.from),
    );
    const after =
      before &&
      namesOf(
        to,
        columns.map((column) => column.to),
      );
    if (!before || !after) return;
    let common = 0;
    for (const name of after) if (before.has(name)) common += 1;
    const overlap = common / Math.max(1, Math.min(before.size, after.size));
    if (overlap < MIN_OVERLAP) return;
    const score = overlap + bonus(from, columns) - at * 1e-3;
    if (score > found.score) found = { columns, score };
  });
  return found.columns;
}

/** Prefers columns by their names (`id`, `key` …) and text over numbers, and avoids row numbers. */
function bonus(from: ParsedTable, columns: Column[]): number {
  let sum = 0;
  for (const { name, from: at } of columns) {
    if (KEY_NAME.test(name) || CAMEL_CASE_ID.test(name)) sum += 0.3;
    if (POSITION_NAME.test(name)) sum -= 0.5;
    if (at !== null && typeof from.rows[0]?.[at] === "string") sum += 0.15;
  }
  return sum / columns.length;
}

/** The names of all rows; null if two rows have the same name or a row has none. */
function namesOf(table: ParsedTable, positions: (number | null)[]): Set<string> | null {
  const found = new Set<string>();
  for (const row of table.rows) {
    const name = rowName(row, positions);
    if (name === null || found.has(name)) return null;
    found.add(name);
  }
  return found;
}

/** The name of a row by its cells at these positions; null if one is empty, a list or an object. */
export function rowName(row: (Json | undefined)[], positions: (number | null)[]): string | null {
  const cells = positions.map((at) => (at === null ? undefined : row[at]));
  if (cells.some((cell) => cell === undefined || cell === null || cell === "" || typeof cell === "object")) return null;
  return JSON.stringify(cells);
}

/** Whether a column can be part of a key: strings or integers in its first 100 rows. */
function canBePartOfKey(table: ParsedTable, position: number | null): boolean {
  if (position === null) return false;
  return table.rows.slice(0, 100).every((row) => typeof row[position] === "string" || Number.isInteger(row[position]));
}
