import type { Json } from "#contract/json";
import { formatCount, pluralize } from "#formats/number";
import type { ParsedTable } from "#formats/table";
import type { Budget } from "./budget";
import { type Column, matchColumns } from "./columns";
import { equal } from "./equal";
import { inferKey } from "./key";
import { type Pair, pairByKey, pairByOrder } from "./rows";

/** A cell on both sides; undefined where a side has none. */
export interface Cell {
  from: Json | undefined;
  to: Json | undefined;
  changed: boolean;
}

/** A row that differs, with a cell for each column. A greater `weight` means a greater change. */
export interface RowChange extends Pair {
  op: "added" | "removed" | "changed";
  cells: Cell[];
  weight: number;
}

export interface TableDifference {
  kind: "table";
  columns: (Column & { numeric: boolean; touched: boolean })[];
  /** Positions in `columns` of those that identify rows; empty if rows are compared in order. */
  key: number[];
  /** The largest changes first, at most 2,000; the counts are of all. */
  rows: RowChange[];
  added: number;
  removed: number;
  changed: number;
  cells: number;
  same: number;
}

/** How to identify rows: by inferred columns, by their order, or by the columns of these names. */
export type KeyChoice = "inferred" | "order" | { columns: string[] };

const MAX_LISTED = 2000;

/** Compares two tables: rows are paired by key or order, and cells by column. Stops when the budget is used up. */
export function tableDifference(
  from: ParsedTable,
  to: ParsedTable,
  choice: KeyChoice,
  budget: Budget,
): TableDifference {
  const columns = matchColumns(from, to);
  const key = keyOf(from, to, columns, choice);
  const pairs = key.length > 0 ? pairByKey(from, to, key) : pairByOrder(from, to, columns, budget);
  const rows: RowChange[] = [];
  let cells = 0;
  let compared = 0;
  for (const pair of pairs) {
    if (compared % 1000 === 0 && compared > 0 && budget.left() === 0) {
      budget.note(
        `Only the first ${formatCount(compared)} of ${pluralize(pairs.length, "row")} were compared, because it took too long.`,
      );
      break;
    }
    compared += 1;
    const row = rowChange(pair, from, to, columns);
    if (row) rows.push(row);
    if (row?.op === "changed") cells += row.cells.filter(({ changed }) => changed).length;
  }
  weigh(rows, columns.length);
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { op } of rows) counts[op] += 1;
  if (rows.length > MAX_LISTED)
    budget.note(`Only the ${formatCount(MAX_LISTED)} largest changes are listed; all are counted.`);
  return {
    kind: "table",
    columns: columns.map((column, at) => ({
      ...column,
      numeric: column.to === null ? isNumeric(from.rows, column.from ?? 0) : isNumeric(to.rows, column.to),
      touched: rows.some(({ op, cells }) => op === "changed" && cells[at]?.changed),
    })),
    key: key.map((column) => columns.indexOf(column)),
    rows: rows.sort(byWeight).slice(0, MAX_LISTED),
    ...counts,
    cells,
    same: compared - rows.length,
  };
}

function keyOf(from: ParsedTable, to: ParsedTable, columns: Column[], choice: KeyChoice): Column[] {
  if (choice === "order") return [];
  if (choice === "inferred") return inferKey(from, to, columns);
  const chosen = columns.filter(({ name, from, to }) => choice.columns.includes(name) && from !== null && to !== null);
  return chosen.length > 0 ? chosen : inferKey(from, to, columns);
}

/** The change of a pair of rows, or null if they are the same. A row on one side only has all its cells. */
export function rowChange(pair: Pair, from: ParsedTable, to: ParsedTable, columns: Column[]): RowChange | null {
  const before = pair.from === null ? [] : (from.rows[pair.from] ?? []);
  const after = pair.to === null ? [] : (to.rows[pair.to] ?? []);
  const both = pair.from !== null && pair.to !== null;
  if (
    both &&
    columns.every(({ from: left, to: right }) => left === null || right === null || equal(before[left], after[right]))
  ) {
    return null;
  }
  const cells = columns.map((column): Cell => {
    const left = column.from === null ? undefined : before[column.from];
    const right = column.to === null ? undefined : after[column.to];
    // Added and removed columns are reported once, not in each row.
    const comparable = both && column.from !== null && column.to !== null;
    return { from: left, to: right, changed: comparable && !equal(left, right) };
  });
  return { ...pair, op: both ? "changed" : pair.to === null ? "removed" : "added", cells, weight: 0 };
}

/** A changed number weighs its share of the largest step in its column, any other changed cell 1. */
function weigh(rows: RowChange[], width: number) {
  const largest = new Array<number>(width).fill(0);
  for (const { cells } of rows) {
    cells.forEach((cell, at) => {
      largest[at] = Math.max(largest[at] ?? 0, step(cell) ?? 0);
    });
  }
  for (const row of rows) {
    if (row.op !== "changed") continue;
    row.cells.forEach((cell, at) => {
      if (!cell.changed) return;
      const size = step(cell);
      row.weight += size === null ? 1 : size / (largest[at] || 1);
    });
  }
}

function step({ from, to, changed }: Cell): number | null {
  return changed && typeof from === "number" && typeof to === "number" ? Math.abs(to - from) : null;
}

/** Whether the cells of a column are numbers, judged by the first thousand rows; empty cells count for nothing. */
export function isNumeric(rows: ParsedTable["rows"], column: number): boolean {
  let numbers = 0;
  for (const row of rows.slice(0, 1000)) {
    const cell = row[column];
    if (cell === undefined || cell === null) continue;
    if (typeof cell !== "number") return false;
    numbers += 1;
  }
  return numbers > 0;
}

const ORDER = { changed: 0, added: 1, removed: 2 };

function byWeight(a: RowChange, b: RowChange): number {
  return ORDER[a.op] - ORDER[b.op] || b.weight - a.weight || (a.to ?? a.from ?? 0) - (b.to ?? b.from ?? 0);
}
