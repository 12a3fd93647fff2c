import type { Json } from "#contract/json";
import type { ParsedTable } from "#formats/table";
import { align } from "./align";
import type { Budget } from "./budget";
import type { Column } from "./columns";
import { canonical } from "./equal";
import { rowName } from "./key";

/** The positions of the same row on both sides; null where it does not exist. */
export interface Pair {
  from: number | null;
  to: number | null;
}

/** Pairs rows by the columns that identify them, repeated names in their order. Rows without a name are paired by content. */
export function pairByKey(from: ParsedTable, to: ParsedTable, key: Column[]): Pair[] {
  const before = positions(
    from,
    key.map((column) => column.from),
  );
  const after = positions(
    to,
    key.map((column) => column.to),
  );
  const pairs: Pair[] = [];
  for (const [name, at] of after) pairs.push({ from: before.get(name) ?? null, to: at });
  for (const [name, at] of before) if (!after.has(name)) pairs.push({ from: at, to: null });
  return pairs;
}

function positions(table: ParsedTable, columns: (number | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  const found = new Map<string, number>();
  table.rows.forEach((row, at) => {
    const name = rowName(row, columns) ?? `unnamed ${canonical(row.map((cell) => cell ?? null))}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    found.set(`${count} ${name}`, at);
  });
  return found;
}

/** Pairs rows in their order: equal rows are aligned, and rows between these are paired from the top. */
export function pairByOrder(from: ParsedTable, to: ParsedTable, columns: Column[], budget: Budget): Pair[] {
  const shared = columns.filter((column) => column.from !== null && column.to !== null);
  const before = from.rows.map((row) => shared.map(({ from: at }) => cellAt(row, at)).join("\u0000"));
  const after = to.rows.map((row) => shared.map(({ to: at }) => cellAt(row, at)).join("\u0000"));
  return align(before, after, budget).flatMap((run) => {
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
