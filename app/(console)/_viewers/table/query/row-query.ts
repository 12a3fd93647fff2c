import { type Column, isEmptyCell, measureOf } from "#formats/column";
import { kindOf } from "#formats/json-index";
import { runToEnd } from "#formats/steps";
import type { Table } from "#formats/table";
import { cellText, valueAt } from "#formats/table";
import { cannotContain } from "../../shared/byte-search";
import { contains, type Predicate, parseFilter } from "./filter";

export interface Sort {
  column: number;
  descending: boolean;
}

/** Which rows of a table are shown, and in what order. */
export interface RowQuery {
  /** A text that any cell of the row contains. */
  search: string;
  /** Filters by column number, as `parseFilter` reads them. */
  filters: Record<number, string>;
  sort: Sort | null;
}

export const NO_QUERY: RowQuery = { search: "", filters: {}, sort: null };

const collator = new Intl.Collator("en", { numeric: true });

/** Order of the kinds in a mixed column. Empty cells are last in both directions. */
const RANKS = { number: 0, text: 1, boolean: 2, list: 3, object: 3, null: 4 };
const EMPTY = RANKS.null;

/** In bytes. A longer row is not searched as a whole before its cells are. */
const MAX_SCANNED_ROW = 100_000;

/** How many rows are searched without a pause. */
const ROWS_PER_STEP = 2000;

/** The row numbers that match, sorted. Equal rows keep their order. */
export function queryRows(table: Table, columns: Column[], query: RowQuery): Uint32Array {
  return runToEnd(queryInSteps(table, columns, query));
}

/** As `queryRows`, in steps of a few milliseconds. */
export function* queryInSteps(
  table: Table,
  columns: Column[],
  { search, filters, sort }: RowQuery,
): Generator<void, Uint32Array> {
  const order = yield* filterRows(table, columns, search.trim(), filters);
  const column = sort && columns[sort.column];
  return sort && column ? sortRows(table, column, sort, order) : order;
}

function* filterRows(
  table: Table,
  columns: Column[],
  search: string,
  filters: RowQuery["filters"],
): Generator<void, Uint32Array> {
  const tests = columns.flatMap((column, at): [number, Predicate][] => {
    const test = parseFilter(table, column, filters[at] ?? "");
    return test ? [[at, test]] : [];
  });
  const matches = search === "" ? null : contains(table, search);
  const lower = search.toLowerCase();
  const order = new Uint32Array(table.rows);
  if (tests.length === 0 && !matches) return order.map((_, row) => row);
  let count = 0;
  for (let row = 0; row < table.rows; row += 1) {
    if (row % ROWS_PER_STEP === 0) yield;
    if (!tests.every(([column, test]) => test(valueAt(table, row, column)))) continue;
    if (matches && isRuledOut(table, row, lower)) continue;
    if (matches && !columns.some((_, column) => matches(valueAt(table, row, column)))) continue;
    order[count] = row;
    count += 1;
  }
  return order.slice(0, count);
}

/** Whether no cell of a row can contain a lower-case text, judged by the range of the JSON text that holds the row. */
function isRuledOut(table: Table, row: number, lower: string): boolean {
  const { bytes, from, to } = table.values;
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (let column = 0; column < table.columns.length; column += 1) {
    const value = valueAt(table, row, column);
    if (value === 0) continue;
    start = Math.min(start, from[value] ?? 0);
    end = Math.max(end, to[value] ?? 0);
  }
  return end - start <= MAX_SCANNED_ROW && cannotContain(bytes, start, end, lower);
}

function sortRows(table: Table, cells: Column, { column, descending }: Sort, order: Uint32Array): Uint32Array {
  const ranks = new Uint8Array(table.rows);
  const weights = new Float64Array(table.rows);
  const texts: string[] = [];
  const isOrdered = cells.type === "number" || cells.type === "date";
  for (const row of order) {
    const value = valueAt(table, row, column);
    const isEmpty = isEmptyCell(table, cells, value);
    ranks[row] = isEmpty ? EMPTY : isOrdered ? RANKS.number : RANKS[kindOf(table.values, value)];
    if (isEmpty) continue;
    texts[row] = cellText(table, value);
    if (ranks[row] === RANKS.number) weights[row] = measureOf(table, cells, value);
  }
  if (!isOrdered) weighTexts(ranks, weights, texts, order);
  const direction = descending ? -1 : 1;
  return order.toSorted((one, other) => {
    const rank = (ranks[one] ?? EMPTY) - (ranks[other] ?? EMPTY);
    if (rank !== 0) return ranks[one] === EMPTY || ranks[other] === EMPTY ? rank : direction * rank;
    const weight = (weights[one] ?? 0) - (weights[other] ?? 0);
    if (weight !== 0 && !Number.isNaN(weight)) return direction * weight;
    return direction * compareDigits(ranks[one], texts[one], texts[other]) || one - other;
  });
}

/** Weighs texts by their order among all distinct ones, so that the collator compares each pair once. */
function weighTexts(ranks: Uint8Array, weights: Float64Array, texts: string[], order: Uint32Array): void {
  const positions = new Map<string, number>();
  for (const row of order) if (ranks[row] !== 0 && ranks[row] !== EMPTY) positions.set(texts[row] ?? "", 0);
  const distinct = [...positions.keys()].sort(collator.compare);
  for (const [position, text] of distinct.entries()) positions.set(text, position);
  for (const row of order) if (ranks[row] !== 0) weights[row] = positions.get(texts[row] ?? "") ?? 0;
}

/** Compares integers that round to the same double. */
function compareDigits(rank: number | undefined, one = "", other = ""): number {
  if (rank !== RANKS.number || one === other || !/^-?\d+$/.test(one) || !/^-?\d+$/.test(other)) return 0;
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
