import type { Json } from "#contract/json";
import { formatCount, pluralize } from "#formats/number";
import type { ParsedTable } from "#formats/table";
import type { Budget } from "./budget";
import type { Cell } from "./cell";
import { type Column, isShared, matchColumns, type SharedColumn } from "./columns";
import { equal } from "./equal";
import { inferKey, keyOfOtherRows } from "./key";
import { DEFAULT_OPTIONS, type DiffOptions, type KeyChoice, type Tolerance } from "./options";
import { type RenameOffer, renameOffers } from "./rename";
import { type Pair, pairByContent, pairByKey, pairByOrder } from "./rows";
import { type ColumnComparison, compareColumns } from "./statistics";
import { isSameText, type TypeChange, typeChanges } from "./type-change";

/** A row that differs, with a cell for each column. A greater `weight` means a greater change. */
export interface RowChange extends Pair {
  op: "added" | "removed" | "changed";
  cells: Cell[];
  weight: number;
}

export interface TableDifference {
  kind: "table";
  /** What a row is, if it is not said to be a row. */
  noun?: string;
  /** Of tests: how many of the listed ones fail now and did not, and the other way round. */
  failures?: { appeared: number; mended: number } | undefined;
  columns: (Column & { numeric: boolean; touched: boolean })[];
  /** Positions in `columns` of those that identify rows; empty if rows are compared in order. */
  key: number[];
  /** In the chosen order, at most 2,000; the counts are of all. */
  rows: RowChange[];
  added: number;
  removed: number;
  changed: number;
  /** Changed cells, without those of columns in which only the type changed. */
  cells: number;
  same: number;
  /** Cells whose numbers differ within the tolerance. */
  within: number;
  typeChanges: TypeChange[];
  /** Columns that were probably renamed. */
  renames: RenameOffer[];
  /** What both sides have in another order. */
  reordered: { rows: boolean; columns: boolean };
  /** The columns on both sides, if these have rows but none in common; else null. */
  statistics: ColumnComparison[] | null;
}

const MAX_LISTED = 2000;

/** Compares two tables: rows are paired by key or order, and cells by column. Stops when the budget is used up. */
export function tableDifference(
  from: ParsedTable,
  to: ParsedTable,
  options: Partial<DiffOptions>,
  budget: Budget,
): TableDifference {
  const { key: choice, tolerance, order, renamed } = { ...DEFAULT_OPTIONS, ...options };
  const columns = matchColumns(from, to, renamed);
  const key = keyOf(from, to, columns, choice, tolerance);
  const pairs =
    key.length > 0
      ? pairByKey(from, to, key)
      : ((choice === "inferred" ? pairByContent(from, to, columns) : null) ?? pairByOrder(from, to, columns, budget));
  const changesOfType = typeChanges(pairs, from, to, columns);
  const onlyType = new Set(changesOfType.filter((each) => each.onlyType).map((each) => columns[each.column]));
  let within = 0;
  const isSame: SameCell = (left, right, column) => {
    if (equal(left, right)) return true;
    if (onlyType.has(column)) return isSameText(left, right);
    const isClose = equal(left, right, tolerance);
    if (isClose) within += 1;
    return isClose;
  };
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
    const row = rowChange(pair, from, to, columns, isSame);
    if (row) rows.push(row);
    if (row?.op === "changed") cells += row.cells.filter(({ changed }) => changed).length;
  }
  weigh(rows, columns.length);
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { op } of rows) counts[op] += 1;
  if (rows.length > MAX_LISTED)
    budget.note(
      `Only the ${order === "largest" ? `${formatCount(MAX_LISTED)} largest` : `first ${formatCount(MAX_LISTED)}`} changes are listed; all are counted.`,
    );
  const touched = columns.map((_, at) => rows.some(({ op, cells }) => op === "changed" && cells[at]?.changed));
  const isOtherRows = key.length > 0 && from.rows.length > 0 && to.rows.length > 0 && !pairs.some(isOnBothSides);
  return {
    kind: "table",
    columns: columns.map((column, at) => ({
      ...column,
      numeric: column.to === null ? isNumeric(from.rows, column.from ?? 0) : isNumeric(to.rows, column.to),
      touched: touched[at] ?? false,
    })),
    key: key.map((column) => columns.indexOf(column)),
    rows: (order === "largest" ? rows.sort(byWeight) : rows).slice(0, MAX_LISTED),
    ...counts,
    cells,
    same: compared - rows.length,
    within,
    typeChanges: changesOfType,
    renames: renameOffers(pairs, from, to, columns, tolerance, budget),
    reordered: {
      rows: !isAscending(pairs.filter(isOnBothSides).map((pair) => pair.from)),
      columns: !isAscending(
        columns
          .filter(isShared)
          .sort((a, b) => a.to - b.to)
          .map((column) => column.from),
      ),
    },
    statistics: isOtherRows ? compareColumns(from, to, columns) : null,
  };
}

function keyOf(
  from: ParsedTable,
  to: ParsedTable,
  columns: Column[],
  choice: KeyChoice,
  tolerance: Tolerance,
): SharedColumn[] {
  if (choice === "order") return [];
  const chosen =
    choice === "inferred" ? [] : columns.filter(isShared).filter(({ name }) => choice.columns.includes(name));
  if (chosen.length > 0) return chosen;
  const inferred = inferKey(from, to, columns);
  if (inferred.length > 0) return inferred;
  const key = keyOfOtherRows(from, to, columns);
  return isAlikeInOrder(
    from,
    to,
    columns.filter(isShared).filter((column) => !key.includes(column)),
    tolerance,
  )
    ? []
    : key;
}

/** How many rows tell whether two tables are alike in order. */
const SAMPLE = 1000;

/** Whether at least half of the rows at the same positions are equal, apart from constant columns. */
function isAlikeInOrder(from: ParsedTable, to: ParsedTable, columns: SharedColumn[], tolerance: Tolerance): boolean {
  const pairs = from.rows.slice(0, SAMPLE).flatMap((before, at) => {
    const after = to.rows[at];
    return after ? [{ before, after }] : [];
  });
  const first = pairs[0]?.before;
  const varied = columns.filter((column) =>
    pairs.some(
      ({ before, after }) =>
        !equal(before[column.from], first?.[column.from]) || !equal(after[column.to], first?.[column.from]),
    ),
  );
  const same = pairs.filter(({ before, after }) =>
    varied.every((column) => equal(before[column.from], after[column.to], tolerance)),
  );
  return varied.length > 0 && same.length >= pairs.length / 2;
}

function isOnBothSides(pair: Pair): boolean {
  return pair.from !== null && pair.to !== null;
}

function isAscending(positions: (number | null)[]): boolean {
  return positions.every((position, at) => at === 0 || (positions[at - 1] ?? 0) < (position ?? 0));
}

type SameCell = (from: Json | undefined, to: Json | undefined, column: Column) => boolean;

/** The change of a pair of rows, or null if they are the same. A row on one side only has all its cells. */
export function rowChange(
  pair: Pair,
  from: ParsedTable,
  to: ParsedTable,
  columns: Column[],
  isSame: SameCell = (left, right) => equal(left, right),
): RowChange | null {
  const before = pair.from === null ? [] : (from.rows[pair.from] ?? []);
  const after = pair.to === null ? [] : (to.rows[pair.to] ?? []);
  const both = isOnBothSides(pair);
  // Added and removed columns are reported once, not in each row.
  const changed = columns.map(
    (column) => both && isShared(column) && !isSame(before[column.from], after[column.to], column),
  );
  if (both && !changed.includes(true)) return null;
  const cells = columns.map(
    ({ from: left, to: right }, at): Cell => ({
      from: left === null ? undefined : before[left],
      to: right === null ? undefined : after[right],
      changed: changed[at] ?? false,
    }),
  );
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
