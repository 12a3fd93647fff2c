import type { Json } from "#contract/json";
import type { ParsedTable } from "#formats/table";
import { align } from "./align";
import type { Budget } from "./budget";
import type { Column } from "./columns";
import { canonical } from "./equal";
import { rowName } from "./key";

/** Which row of one side is which row of the other, by position; null where it has none. */
export interface Pair {
  from: number | null;
  to: number | null;
}

/** Pairs rows by the columns that name them; the second row of a name with the second. Rows without a name go by what they hold. */
export function pairByKey(from: ParsedTable, to: ParsedTable, key: Column[]): Pair[] {
  const before = positions(
    from,
    key.map((column) => column.from),
  );
  const now = positions(
    to,
    key.map((column) => column.to),
  );
  const pairs: Pair[] = [];
  for (const [name, at] of now) pairs.push({ from: before.get(name) ?? null, to: at });
  for (const [name, at] of before) if (!now.has(name)) pairs.push({ from: at, to: null });
  return pairs;
}

function positions(table: ParsedTable, places: (number | null)[]): Map<string, number> {
  const seen = new Map<string, number>();
  const found = new Map<string, number>();
  table.rows.forEach((row, at) => {
    const name = rowName(row, places) ?? `nameless ${canonical(row.map((cell) => cell ?? null))}`;
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    found.set(`${times} ${name}`, at);
  });
  return found;
}

/** Pairs rows in their order: equal ones line up, and what differs between them is paired from the top. */
export function pairByOrder(from: ParsedTable, to: ParsedTable, columns: Column[], budget: Budget): Pair[] {
  const shared = columns.filter((column) => column.from !== null && column.to !== null);
  const before = from.rows.map((row) => shared.map(({ from: at }) => cellAt(row, at)).join("\u0000"));
  const now = to.rows.map((row) => shared.map(({ to: at }) => cellAt(row, at)).join("\u0000"));
  return align(before, now, budget).flatMap((run) => {
    const left = run.from[1] - run.from[0];
    const right = run.to[1] - run.to[0];
    return Array.from({ length: Math.max(left, right) }, (_, at) => ({
      from: at < left ? run.from[0] + at : null,
      to: at < right ? run.to[0] + at : null,
    }));
  });
}

function cellAt(row: (Json | undefined)[], at: number | null): string {
  return at === null ? "" : canonical(row[at]);
}
