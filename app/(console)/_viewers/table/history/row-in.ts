import { decimalOf, decimalText } from "#formats/decimal";
import { indexJson, kindOf, sourceOf, TooManyValues } from "#formats/json-index";
import { runToEnd } from "#formats/steps";
import { cellText, readTable, type Table, valueAt } from "#formats/table";
import { labelsOf } from "../query/query-url";
import { findRow } from "../row/row-key";
import { BY_NUMBER, type RowLink } from "../row/row-link";

/** A cell of a row in one version. */
export interface HistoryCell {
  /** At most some 200 bytes. */
  text: string;
  /** The double of a JSON number; null for other values. */
  number: number | null;
  /** The same for numbers of one amount, and for other cells of the same JSON text. */
  signature: string;
}

/** What a version has of a row: its cells by the labels of their columns, or why it has none. */
export type RowInVersion = { cells: Record<string, HistoryCell> } | { absent: "no row" | "no column" | "no table" };

/** In bytes. */
const MAX_TEXT = 200;
const MAX_SIGNATURE = 1000;

/** Finds a row in the bytes of a version's JSON text. */
export function rowIn(bytes: Uint8Array, { names, by }: Pick<RowLink, "names" | "by">): RowInVersion {
  const table = tableIn(bytes);
  if (!table) return { absent: "no table" };
  const labels = labelsOf(table.columns);
  const row = by[0] === BY_NUMBER ? Number(names[0]) - 1 : rowByKey(table, labels, by, names);
  if (row === null) return { absent: "no column" };
  if (!(row >= 0 && row < table.rows)) return { absent: "no row" };
  const cells: Record<string, HistoryCell> = {};
  for (const [at, label] of labels.entries()) {
    const value = valueAt(table, row, at);
    if (value !== 0) cells[label] = cellOf(table, value);
  }
  return { cells };
}

function tableIn(bytes: Uint8Array): Table | null {
  try {
    return runToEnd(readTable(runToEnd(indexJson(bytes))));
  } catch (error) {
    if (error instanceof TooManyValues) return null;
    throw error;
  }
}

function rowByKey(table: Table, labels: string[], by: string[], names: string[]): number | null {
  const key = by.map((label) => labels.indexOf(label));
  return key.includes(-1) ? null : findRow(table, key, names);
}

function cellOf(table: Table, value: number): HistoryCell {
  const { values } = table;
  const kind = kindOf(values, value);
  const [start = 0, end = 0] = [values.from[value], values.to[value]];
  const source = sourceOf(values, value, MAX_SIGNATURE);
  const decimal = kind === "number" ? decimalOf(source) : null;
  return {
    text: kind === "null" ? "null" : cellText(table, value, MAX_TEXT),
    number: kind === "number" ? Number(source) : null,
    signature: decimal
      ? decimalText(decimal)
      : end - start <= MAX_SIGNATURE
        ? source
        : `${source} ${end - start} ${hashOf(values.bytes, start, end)}`,
  };
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
}
