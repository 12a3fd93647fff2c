import { kindOf } from "./json-index";
import { letterPieces, stringPieces } from "./json-text";
import { STEP } from "./steps";
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
  let line = "";
  for (const piece of csvRowPieces(table, row, options)) line += piece;
  return line;
}

/** The same line in pieces of at most about 256 KiB, where larger cells are always quoted. */
export function* csvRowPieces(table: Table, row: number, options: CsvOptions = {}): Generator<string, void> {
  const width = table.columns.length;
  let line = "";
  for (let column = 0; column < width; column += 1) {
    const value = valueAt(table, row, column);
    if (column > 0) line += options.separator ?? ",";
    if (isLarge(table, value)) {
      yield line;
      yield* largeField(table, value, options);
      line = "";
    } else if (value !== 0) line += fieldOf(table, value, options);
    if (line.length <= STEP) continue;
    yield line;
    line = "";
  }
  yield `${line}\r\n`;
}

function isLarge({ values: { from, to } }: Table, value: number): boolean {
  return value !== 0 && (to[value] ?? 0) - (from[value] ?? 0) > STEP;
}

function* largeField({ values }: Table, value: number, { exact }: CsvOptions): Generator<string, void> {
  const source = values.bytes.subarray(values.from[value], values.to[value]);
  const isText = kindOf(values, value) === "text";
  let start = '"';
  for (const piece of isText ? stringPieces(source) : letterPieces(source)) {
    if (start !== "" && isText && !exact && FORMULA.test(piece)) start += "'";
    yield start + piece.replaceAll('"', '""');
    start = "";
  }
  yield '"';
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
