import type { Json } from "#contract/json";
import type { ParsedTable } from "#formats/table";
import type { Column } from "./columns";

const MOST_COLUMNS = 40;
const MOST_IN_PAIRS = 8;
const LEAST_SHARED = 0.2;
const NAMED_LIKE_A_KEY = /(^|[_\s-])(id|key|name|code|uuid|symbol|slug|date|day|time|timestamp)$|Id$/i;
const NAMED_LIKE_A_PLACE = /^(#|no|nr|rank|row|index|position|place)\.?$/i;

/**
 * The columns whose values name the rows, or none where no column does: each row has a value of its own in them on both
 * sides, and enough rows are on both. One column where that is enough, else two together.
 */
export function inferKey(from: ParsedTable, to: ParsedTable, columns: Column[]): Column[] {
  const shared = columns.filter((column) => column.from !== null && column.to !== null).slice(0, MOST_COLUMNS);
  const single = best(
    from,
    to,
    shared.map((column) => [column]),
  );
  if (single.length > 0) return single;
  const few = shared.filter((column) => names(from, column.from) && names(to, column.to)).slice(0, MOST_IN_PAIRS);
  return best(
    from,
    to,
    few.flatMap((first, at) => few.slice(at + 1).map((second) => [first, second])),
  );
}

function best(from: ParsedTable, to: ParsedTable, candidates: Column[][]): Column[] {
  let found: { columns: Column[]; score: number } = { columns: [], score: 0 };
  candidates.forEach((columns, at) => {
    const before = namesOf(
      from,
      columns.map((column) => column.from),
    );
    const now =
      before &&
      namesOf(
        to,
        columns.map((column) => column.to),
      );
    if (!before || !now) return;
    let common = 0;
    for (const name of now) if (before.has(name)) common += 1;
    const overlap = common / Math.max(1, Math.min(before.size, now.size));
    if (overlap < LEAST_SHARED) return;
    const score = overlap + bonus(from, columns) - at * 1e-3;
    if (score > found.score) found = { columns, score };
  });
  return found.columns;
}

/** What speaks for a column beside its values: text over numbers, a name like a key's over any other, a mere place last. */
function bonus(from: ParsedTable, columns: Column[]): number {
  let sum = 0;
  for (const { name, from: at } of columns) {
    if (NAMED_LIKE_A_KEY.test(name)) sum += 0.3;
    if (NAMED_LIKE_A_PLACE.test(name)) sum -= 0.5;
    if (at !== null && typeof from.rows[0]?.[at] === "string") sum += 0.15;
  }
  return sum / columns.length;
}

/** The names of all rows by these columns, or null where two rows share one or a row has none. */
function namesOf(table: ParsedTable, places: (number | null)[]): Set<string> | null {
  const found = new Set<string>();
  for (const row of table.rows) {
    const name = rowName(row, places);
    if (name === null || found.has(name)) return null;
    found.add(name);
  }
  return found;
}

/** The name of a row by the cells at these places, or null where one of them holds nothing or no plain value. */
export function rowName(row: (Json | undefined)[], places: (number | null)[]): string | null {
  const cells = places.map((place) => (place === null ? undefined : row[place]));
  if (cells.some((cell) => cell === undefined || cell === null || cell === "" || typeof cell === "object")) return null;
  return JSON.stringify(cells);
}

/** Whether a column may be a part of a key: text or whole numbers, judged by its first rows. */
function names(table: ParsedTable, place: number | null): boolean {
  if (place === null) return false;
  return table.rows.slice(0, 100).every((row) => typeof row[place] === "string" || Number.isInteger(row[place]));
}
