import { keyNameRank } from "#diff/key";
import { type Column, isEmptyCell } from "#formats/column";
import { kindOf } from "#formats/json-index";
import { cellText, type Table, valueAt } from "#formats/table";
import { createCounter } from "../statistics/counter";

const MAX_COLUMNS = 40;
const MAX_PAIRED_COLUMNS = 6;
/** How many cells are read without a pause. */
const STRIDE = 2000;
/** In bytes. A longer text does not name a row. */
const MAX_NAME = 200;
/** How many bytes of JSON a byte of text has at most. */
const MAX_ESCAPE = 6;

const encoder = new TextEncoder();

/**
 * The columns that name each row of a table in every version: one, or else two together, whose values differ in all
 * rows. Empty if there are none. Numbers name rows only where their column is called so.
 */
export function* rowKey(table: Table, columns: Column[]): Generator<void, number[]> {
  const likely = columns
    .slice(0, MAX_COLUMNS)
    .map((column, at) => ({ at, rank: keyNameRank(column.name), type: column.type }))
    .filter(({ rank, type }) => (rank > 0 && type !== "json") || (rank === 0 && (type === "text" || type === "date")))
    .toSorted((one, other) => other.rank - one.rank);
  for (const { at } of likely) if (yield* isUnique(table, columns, [at])) return [at];
  const parts = likely.slice(0, MAX_PAIRED_COLUMNS);
  for (const [index, one] of parts.entries()) {
    for (const other of parts.slice(index + 1)) {
      const pair = [one.at, other.at];
      if (yield* isUnique(table, columns, pair)) return pair;
    }
  }
  return [];
}

function* isUnique(table: Table, columns: Column[], key: number[]): Generator<void, boolean> {
  const counter = createCounter(table.values);
  const [only, second] = key;
  for (let row = 0; row < table.rows; row += 1) {
    if (row % STRIDE === 0) yield;
    for (const at of key) {
      const column = columns[at];
      const value = valueAt(table, row, at);
      if (!column || isEmptyCell(table, column, value) || !canName(table, value)) return false;
    }
    if (only === undefined) return false;
    if (second === undefined) counter.add(valueAt(table, row, only));
    else counter.addNumber(JSON.stringify(namesOf(table, row, key)));
    if (counter.distinct() <= row) return false;
  }
  return table.rows > 0;
}

function canName({ values }: Table, value: number): boolean {
  const kind = kindOf(values, value);
  return kind !== "object" && kind !== "list" && (values.to[value] ?? 0) - (values.from[value] ?? 0) <= MAX_NAME;
}

/** The texts that name a row. */
export function namesOf(table: Table, row: number, key: number[]): string[] {
  return key.map((at) => cellText(table, valueAt(table, row, at)));
}

/** The number of the row whose cells have these texts, or -1. */
export function findRow(table: Table, key: number[], names: string[]): number {
  const { from, to } = table.values;
  const sizes = names.map((name) => encoder.encode(name).length);
  for (let row = 0; row < table.rows; row += 1) {
    const isRow = key.every((at, index) => {
      const value = valueAt(table, row, at);
      const size = (to[value] ?? 0) - (from[value] ?? 0);
      const least = sizes[index] ?? 0;
      // Most rows are ruled out by the length of their JSON.
      return size >= least && size <= least * MAX_ESCAPE + 2 && cellText(table, value) === names[index];
    });
    if (isRow) return row;
  }
  return -1;
}
