import { kindOf, sourceOf, textOf } from "./json-index";
import { type Table, valueAt } from "./table";

/** The start of text that a spreadsheet runs as a formula, unless it is a number. */
const FORMULA = /^[=+\-@\t\r]/;
const SIGNED_NUMBER = /^[+-](?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

export interface CsvOptions {
  /** Keeps text as it is. Otherwise text that a spreadsheet would run as a formula gets an apostrophe before it. */
  exact?: boolean;
}

/** A row of a table as a line of CSV (RFC 4180): numbers as written, null and missing cells empty. */
export function csvRow(table: Table, row: number, options: CsvOptions = {}): string {
  const width = table.columns.length;
  let line = "";
  for (let column = 0; column < width; column += 1) {
    const value = valueAt(table, row, column);
    line += (column > 0 ? "," : "") + (value === 0 ? "" : fieldOf(table, value, options));
  }
  return `${line}\r\n`;
}

/** The names of a table's columns as a line of CSV. */
export function csvHead({ columns }: Table, options: CsvOptions = {}): string {
  return `${columns.map((name) => escaped(name, options)).join(",")}\r\n`;
}

function fieldOf({ values }: Table, value: number, options: CsvOptions): string {
  const kind = kindOf(values, value);
  if (kind === "null") return "";
  return kind === "text" ? escaped(textOf(values, value), options) : quoted(sourceOf(values, value));
}

function escaped(text: string, { exact = false }: CsvOptions): string {
  return quoted(!exact && FORMULA.test(text) && !SIGNED_NUMBER.test(text) ? `'${text}` : text);
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
