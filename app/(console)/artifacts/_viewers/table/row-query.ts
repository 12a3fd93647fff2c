import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cannotContain } from "../shared/byte-search";
import { cellText, valueAt } from "./cell";
import type { Column } from "./column";
import { contains, measureFor, type Predicate, parseFilter } from "./filter";

/** By which column rows are sorted, and whether the greatest comes first. */
export interface Sort {
  column: number;
  descending: boolean;
}

/** Which rows of a table are shown, and in what order. */
export interface RowQuery {
  /** Sought in all cells. */
  search: string;
  /** What is typed above columns, by their number. */
  filters: Record<number, string>;
  sort: Sort | null;
}

export const NO_QUERY: RowQuery = { search: "", filters: {}, sort: null };

const collator = new Intl.Collator("en", { numeric: true });

/** Numbers come before dates and text, these before everything else; what is empty is last, whichever way one sorts. */
const RANKS = { number: 0, text: 1, boolean: 2, list: 3, object: 3, null: 4 };
const EMPTY = 4;
const TOGETHER = 100_000;

/** The numbers of the rows that an arrangement shows, in its order. Equal rows keep the order they were written in. */
export function queryRows(table: Table, columns: Column[], { search, filters, sort }: RowQuery): Uint32Array {
  const order = filtered(table, columns, search.trim(), filters);
  const column = sort && columns[sort.column];
  return sort && column ? sorted(table, column, sort, order) : order;
}

function filtered(table: Table, columns: Column[], search: string, filters: RowQuery["filters"]): Uint32Array {
  const tests: [number, Predicate][] = columns.flatMap((column, at) => {
    const test = parseFilter(table, column, filters[at] ?? "");
    return test ? [[at, test] as [number, Predicate]] : [];
  });
  const sought = search === "" ? null : contains((value) => cellText(table, value), search);
  const lower = search.toLowerCase();
  const order = new Uint32Array(table.rows);
  if (tests.length === 0 && !sought) return order.map((_, row) => row);
  let count = 0;
  for (let row = 0; row < table.rows; row += 1) {
    if (!tests.every(([column, test]) => test(valueAt(table, row, column)))) continue;
    if (sought && isWithout(table, row, lower)) continue;
    if (sought && !columns.some((_, column) => sought(valueAt(table, row, column)))) continue;
    order[count] = row;
    count += 1;
  }
  return order.slice(0, count);
}

/** Whether a row surely has not what is sought: where its cells stand together in the text they are looked at in one go. */
function isWithout(table: Table, row: number, lower: string): boolean {
  const { bytes, from, to } = table.values;
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (let column = 0; column < table.columns.length; column += 1) {
    const value = valueAt(table, row, column);
    if (value === 0) continue;
    start = Math.min(start, from[value] ?? 0);
    end = Math.max(end, to[value] ?? 0);
  }
  return end - start <= TOGETHER && cannotContain(bytes, start, end, lower);
}

function sorted(table: Table, { type }: Column, { column, descending }: Sort, order: Uint32Array): Uint32Array {
  const ranks = new Uint8Array(table.rows);
  const weights = new Float64Array(table.rows);
  const texts: string[] = [];
  const measure = measureFor(type);
  for (const row of order) {
    const value = valueAt(table, row, column);
    const kind = value === 0 ? "null" : kindOf(table.values, value);
    ranks[row] = RANKS[kind];
    if (kind === "null") continue;
    const text = cellText(table, value);
    texts[row] = text;
    if (kind === "number") weights[row] = Number(text);
    else if (measure) weights[row] = measure(text) || 0;
  }
  weigh(ranks, weights, texts, order, measure !== undefined);
  const way = descending ? -1 : 1;
  return order.toSorted((one, other) => {
    const rank = (ranks[one] ?? EMPTY) - (ranks[other] ?? EMPTY);
    if (rank !== 0) return ranks[one] === EMPTY || ranks[other] === EMPTY ? rank : way * rank;
    const weight = (weights[one] ?? 0) - (weights[other] ?? 0);
    if (weight !== 0 && !Number.isNaN(weight)) return way * weight;
    return way * beyond(ranks[one], texts[one], texts[other]) || one - other;
  });
}

/** Gives texts that have no measure their place among all different ones as weight: each pair is then compared once. */
function weigh(ranks: Uint8Array, weights: Float64Array, texts: string[], order: Uint32Array, measured: boolean): void {
  if (measured) return;
  const places = new Map<string, number>();
  for (const row of order) if (ranks[row] !== 0 && ranks[row] !== EMPTY) places.set(texts[row] ?? "", 0);
  const different = [...places.keys()].sort(collator.compare);
  for (const [place, text] of different.entries()) places.set(text, place);
  for (const row of order) if (ranks[row] !== 0) weights[row] = places.get(texts[row] ?? "") ?? 0;
}

/** Whole numbers that are one double are told apart by their digits. */
function beyond(rank: number | undefined, one = "", other = ""): number {
  if (rank !== 0 || one === other || !/^-?\d+$/.test(one) || !/^-?\d+$/.test(other)) return 0;
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
