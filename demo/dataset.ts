import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "#contract/json";
import { root } from "./installed";

export type Row = { [column: string]: Json };

/** Where the package of the datasets lies. */
export const datasets = join(root, "node_modules", "vega-datasets");

/** The rows of a dataset of `vega-datasets`, by file name; in CSV and TSV what reads as a number is one. */
export function rowsOf(file: string): Row[] {
  const text = readFileSync(join(datasets, "data", file), "utf8");
  if (file.endsWith(".json")) return JSON.parse(text);
  return delimited(text.trim(), file.endsWith(".tsv") ? "\t" : ",");
}

function delimited(text: string, separator: string): Row[] {
  const [head = "", ...lines] = text.split(/\r?\n/);
  const columns = cells(head, separator);
  return lines.map((line) => {
    const values = cells(line, separator);
    return Object.fromEntries(columns.map((column, i) => [column, cellValue(values[i] ?? "")]));
  });
}

function cells(line: string, separator: string): string[] {
  const pattern = new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, "g");
  return [...line.matchAll(pattern)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

function cellValue(cell: string): Json {
  if (cell === "") return null;
  return /^-?\d*\.?\d+$/.test(cell) && !/^0\d/.test(cell) ? Number(cell) : cell;
}

/** The rows in groups, in the order in which each group first appears. */
export function grouped(rows: Row[], by: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row);
    else groups.set(by(row), [row]);
  }
  return [...groups];
}

/** The numbers of a column; rows without one are left out. */
export function numbersOf(rows: Row[], column: string): number[] {
  return rows.map((row) => row[column]).filter((value) => typeof value === "number");
}

/** The sum, the mean and a number rounded to so many places. */
export function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function mean(values: number[]): number {
  return values.length ? sum(values) / values.length : 0;
}

export function round(value: number, places = 1): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}

/** A number the way people read it: 1,234,567. */
export function readable(value: number): string {
  return value.toLocaleString("en-US");
}
