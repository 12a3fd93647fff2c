import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "#contract/json";
import { ROOT } from "./packages";

export type Row = { [column: string]: Json };

export const DATASETS_FOLDER = join(ROOT, "node_modules", "vega-datasets");

/** The rows of a file of `vega-datasets`. In CSV and TSV, cells that look like numbers become numbers, except those with leading zeros. */
export function rowsOf(file: string): Row[] {
  const text = readFileSync(join(DATASETS_FOLDER, "data", file), "utf8");
  if (file.endsWith(".json")) return JSON.parse(text);
  return parseDelimited(text.trim(), file.endsWith(".tsv") ? "\t" : ",");
}

function parseDelimited(text: string, separator: string): Row[] {
  const [head = "", ...lines] = text.split(/\r?\n/);
  const columns = parseCells(head, separator);
  return lines.map((line) => {
    const values = parseCells(line, separator);
    return Object.fromEntries(columns.map((column, i) => [column, parseCell(values[i] ?? "")]));
  });
}

function parseCells(line: string, separator: string): string[] {
  const pattern = new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, "g");
  return [...line.matchAll(pattern)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

function parseCell(cell: string): Json {
  if (cell === "") return null;
  return /^-?\d*\.?\d+$/.test(cell) && !/^0\d/.test(cell) ? Number(cell) : cell;
}

/** Groups, in the order of their first rows. */
export function groupBy(rows: Row[], by: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row);
    else groups.set(by(row), [row]);
  }
  return [...groups];
}

/** The numbers of a column, without other values. */
export function numbersOf(rows: Row[], column: string): number[] {
  return rows.map((row) => row[column]).filter((value) => typeof value === "number");
}

export function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: number[]): number {
  return values.length ? sum(values) / values.length : 0;
}

export function round(value: number, places = 1): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}

/** With thousands separators: `1,234,567`. */
export function formatNumber(value: number): string {
  return value.toLocaleString("en-US");
}
