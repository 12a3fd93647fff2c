import { kindOf, sourceOf, textOf } from "./json-index";
import type { Table } from "./table";

/** What a spreadsheet would run as a formula, unless all of it is a number. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

export interface CsvOptions {
  /** Text stays as it is, even where a spreadsheet would run it; else it gets an apostrophe before it. */
  exact?: boolean;
}

/** A row of a table as a line of CSV (RFC 4180): numbers as they were written, null and missing as nothing. */
export function csvRow(table: Table, row: number, options: CsvOptions = {}): string {
  const width = table.columns.length;
  let line = "";
  for (let column = 0; column < width; column += 1) {
    const value = table.cells[row * width + column] ?? 0;
    line += (column > 0 ? "," : "") + (value === 0 ? "" : fieldOf(table, value, options));
  }
  return `${line}\r\n`;
}

/** The names of a table's columns as a line of CSV. */
export function csvHead({ columns }: Table, options: CsvOptions = {}): string {
  return `${columns.map((name) => written(name, options)).join(",")}\r\n`;
}

function fieldOf({ values }: Table, value: number, options: CsvOptions): string {
  const kind = kindOf(values, value);
  if (kind === "null") return "";
  return kind === "text" ? written(textOf(values, value), options) : quoted(sourceOf(values, value));
}

function written(text: string, { exact = false }: CsvOptions): string {
  return quoted(!exact && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
