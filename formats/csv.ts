import { kindOf } from "./json-index";
import { cellText, type Table, valueAt } from "./table";

/** The start of text that a spreadsheet runs as a formula, unless it is a number. */
const FORMULA = /^[=+\-@\t\r]/;
const SIGNED_NUMBER = /^[+-](?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** At the start of a file, without which Excel reads CSV in the encoding of the computer. */
export const BYTE_ORDER_MARK = "\ufeff";

export interface CsvOptions {
  /** The character between fields, a comma by default. */
  separator?: "," | "\t";
  /** Keeps text as it is. Otherwise text that a spreadsheet would run as a formula gets an apostrophe before it. */
  exact?: boolean;
}

/** A row of a table as a line of CSV (RFC 4180), or separated by tabs, with the text of its cells. */
export function csvRow(table: Table, row: number, options: CsvOptions = {}): string {
  const width = table.columns.length;
  let line = "";
  for (let column = 0; column < width; column += 1) {
    const value = valueAt(table, row, column);
    line += (column > 0 ? (options.separator ?? ",") : "") + (value === 0 ? "" : fieldOf(table, value, options));
  }
  return `${line}\r\n`;
}

/** The names of a table's columns as a line of CSV. */
export function csvHead({ columns }: Table, options: CsvOptions = {}): string {
  return `${columns.map((name) => escaped(name, options)).join(options.separator ?? ",")}\r\n`;
}

function fieldOf(table: Table, value: number, options: CsvOptions): string {
  const text = cellText(table, value);
  return kindOf(table.values, value) === "text" ? escaped(text, options) : quoted(text, options);
}

function escaped(text: string, options: CsvOptions): string {
  const isFormula = !options.exact && FORMULA.test(text) && !SIGNED_NUMBER.test(text);
  return quoted(isFormula ? `'${text}` : text, options);
}

function quoted(text: string, { separator = "," }: CsvOptions): string {
  return text.includes(separator) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
