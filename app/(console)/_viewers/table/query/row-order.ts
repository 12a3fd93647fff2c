import { type Column, isEmptyCell, measureOf } from "#formats/column";
import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cellText, valueAt } from "#formats/table";

export interface Sort {
  column: number;
  descending: boolean;
}

/** By what the rows of a table are sorted, for one of its columns. */
interface Ranking {
  column: number;
  /** Of each row, the kind of its cell as `RANKS` orders them. */
  ranks: Uint8Array;
  /** Of each row, its number, or the position of its text among all texts of the column. */
  weights: Float64Array;
  /** The digits of integers that more than one double stands for, by row. */
  digits: Map<number, string>;
}

const collator = new Intl.Collator("en", { numeric: true });

/** Order of the kinds in a mixed column. Empty cells are last in both directions. */
const RANKS = { number: 0, text: 1, boolean: 2, list: 3, object: 3, null: 4 };
const EMPTY = RANKS.null;

const INTEGER = /^-?\d+$/;

/** How many cells are read, and texts sorted or merged, without a pause. */
const STRIDE = 2000;

/** The ranking of the column by which a table was sorted last: the next search keeps the order. */
const rankings = new WeakMap<Table, Ranking>();

/** Rows in the order of a column, in steps of a few milliseconds. Equal rows keep their order. */
export function* sortRows(
  table: Table,
  column: Column,
  { column: at, descending }: Sort,
  order: Uint32Array,
): Generator<void, Uint32Array> {
  const { ranks, weights, digits } = yield* rankingOf(table, column, at);
  const direction = descending ? -1 : 1;
  return order.toSorted((one, other) => {
    const rank = (ranks[one] ?? EMPTY) - (ranks[other] ?? EMPTY);
    if (rank !== 0) return ranks[one] === EMPTY || ranks[other] === EMPTY ? rank : direction * rank;
    const weight = (weights[one] ?? 0) - (weights[other] ?? 0);
    if (weight !== 0 && !Number.isNaN(weight)) return direction * weight;
    return direction * compareDigits(digits.get(one), digits.get(other)) || one - other;
  });
}

function* rankingOf(table: Table, column: Column, at: number): Generator<void, Ranking> {
  const known = rankings.get(table);
  if (known?.column === at) return known;
  const ranks = new Uint8Array(table.rows);
  const weights = new Float64Array(table.rows);
  const digits: Ranking["digits"] = new Map();
  const texts: string[] = [];
  const isOrdered = column.type === "number" || column.type === "date";
  for (let row = 0; row < table.rows; row += 1) {
    if (row % STRIDE === 0) yield;
    const value = valueAt(table, row, at);
    const isEmpty = isEmptyCell(table, column, value);
    const rank = isEmpty ? EMPTY : isOrdered ? RANKS.number : RANKS[kindOf(table.values, value)];
    ranks[row] = rank;
    if (rank === EMPTY) continue;
    if (rank !== RANKS.number) {
      texts[row] = cellText(table, value);
      continue;
    }
    const number = measureOf(table, column, value);
    weights[row] = number;
    if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) continue;
    const text = cellText(table, value);
    if (INTEGER.test(text)) digits.set(row, text);
  }
  if (!isOrdered) yield* weighTexts(weights, texts);
  const ranking = { column: at, ranks, weights, digits };
  rankings.set(table, ranking);
  return ranking;
}

/** Weighs texts, by row, by their order among all distinct ones, so that the collator compares each pair once. */
function* weighTexts(weights: Float64Array, texts: string[]): Generator<void, void> {
  const positions = new Map<string, number>();
  const distinct = yield* sortTexts([...new Set(texts)].filter((text) => text !== undefined));
  for (const [position, text] of distinct.entries()) positions.set(text, position);
  texts.forEach((text, row) => {
    weights[row] = positions.get(text) ?? 0;
  });
}

/** Sorts runs of texts, then merges them. */
function* sortTexts(texts: string[]): Generator<void, string[]> {
  let runs: string[][] = [];
  for (let start = 0; start < texts.length; start += STRIDE) {
    runs.push(texts.slice(start, start + STRIDE).sort(collator.compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: string[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* mergeTexts(runs[at] ?? [], runs[at + 1] ?? []));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergeTexts(one: string[], other: string[]): Generator<void, string[]> {
  const merged: string[] = [];
  let [first, second] = [0, 0];
  while (first < one.length || second < other.length) {
    if (merged.length % STRIDE === 0) yield;
    const [left, right] = [one[first], other[second]];
    const takesLeft = right === undefined || (left !== undefined && collator.compare(left, right) <= 0);
    if (takesLeft) first += 1;
    else second += 1;
    merged.push((takesLeft ? left : right) ?? "");
  }
  return merged;
}

/** Compares integers that round to the same double. */
function compareDigits(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined || one === other) return 0;
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
