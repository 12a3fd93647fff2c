import { usageError } from "../terminal/error";
import { type CsvRecord, type CsvSyntax, firstRecords } from "./csv-records";

/** What the options of a command say about a CSV file; undefined is detected. */
export interface CsvOptions {
  separator?: string | undefined;
  quote?: string | undefined;
  header?: string | undefined;
  badLines?: string | undefined;
}

/** What to do with lines that have other numbers of fields than the header; null: fill short ones, refuse long ones. */
export type BadLines = "skip" | "keep" | null;

/** How to read a CSV file. */
export interface CsvLayout extends CsvSyntax {
  /** The line that names the columns, from 1; null: no line does. */
  header: number | null;
  /** The line of the first record that is read. */
  start: number;
  badLines: BadLines;
}

const CANDIDATES = [",", ";", "\t", "|"];
const SEPARATORS = { tab: "\t", "\\t": "\t", comma: ",", semicolon: ";", pipe: "|", space: " " };

/** How much of a file the detection reads. */
const SAMPLE_BYTES = 256 * 1024;
const SAMPLE_RECORDS = 200;

/**
 * Finds out how a CSV file is written. The first line that is as wide as most lines is the header; lines before it are
 * skipped if they are empty, comments (`#`) or titles of one field.
 * @param usual the separator if none is found, by the extension of the file
 * @throws CliError (usage) for invalid options
 */
export function detectLayout(utf8: Uint8Array, options: CsvOptions, usual: "," | "\t"): CsvLayout {
  const sample = utf8.subarray(0, SAMPLE_BYTES);
  const declared = /^sep=([^\r\n])(?:\r\n|\r|\n)/i.exec(Buffer.from(utf8.subarray(0, 16)).toString())?.[1];
  const quote = parseQuote(options.quote);
  const separator = parseSeparator(options.separator) ?? declared ?? detectSeparator(sample, quote, usual);
  const badLines = parseBadLines(options.badLines);
  const syntax = { separator, quote, badLines };
  const first = declared === undefined ? 1 : 2;
  const chosen = parseHeader(options.header);
  if (chosen === "none") return { ...syntax, header: null, start: first };
  const header = chosen ?? headerLine(filledRecords(sample, syntax), first);
  return { ...syntax, header, start: header };
}

/** What was detected and is not the usual, for people. */
export function describeLayout(layout: CsvLayout, options: CsvOptions, usual: string): string[] {
  const { separator, header } = layout;
  const notes: string[] = [];
  if (options.separator === undefined && separator !== usual) {
    const name = separator === "\t" ? "a tab" : separator === "," ? "a comma" : `"${separator}"`;
    notes.push(`the separator is ${name}; to set another, use --separator`);
  }
  if (options.header === undefined && header !== null && header > 1) {
    notes.push(`the header is line ${header}; to set another, use --header`);
  }
  return notes;
}

export function isEmptyLine({ fields }: CsvRecord): boolean {
  return fields.length === 1 && fields[0]?.trim() === "";
}

function filledRecords(sample: Uint8Array, syntax: CsvSyntax): CsvRecord[] {
  return firstRecords(sample, syntax, SAMPLE_RECORDS).filter((record) => !isEmptyLine(record));
}

/** The separator by which most lines have the same number of fields, the first line among them. */
function detectSeparator(sample: Uint8Array, quote: string | null, usual: string): string {
  const others = CANDIDATES.filter((candidate) => candidate !== usual);
  const scores = [usual, ...others].map((separator) => {
    const widths = filledRecords(sample, { separator, quote }).map(({ fields }) => fields.length);
    const { width, share } = commonWidth(widths);
    return { separator, order: width < 2 ? [0] : [1, widths[0] === width ? 1 : 0, share, width] };
  });
  return scores.reduce((best, each) => (compare(each.order, best.order) > 0 ? each : best)).separator;
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The most frequent number of fields, the greater one of two that occur repeatedly, and the share of lines that have it. */
function commonWidth(widths: number[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [width, count] = [...counts].reduce(
    (best, each) => (each[1] > best[1] || (each[1] === best[1] && each[1] > 1 && each[0] > best[0]) ? each : best),
    [0, 0] as const,
  );
  return { width, share: count / widths.length };
}

function headerLine(records: CsvRecord[], first: number): number {
  const candidates = records.filter(({ line }) => line >= first);
  const { width } = commonWidth(candidates.map(({ fields }) => fields.length));
  const isTitle = ({ fields }: CsvRecord) => {
    if (fields.length === width) return width > 2 && fields.filter(Boolean).length < 2;
    return fields.filter(Boolean).length < 2 || fields[0]?.startsWith("#") === true;
  };
  return candidates.find((record) => !isTitle(record))?.line ?? candidates[0]?.line ?? first;
}

function parseSeparator(text: string | undefined): string | undefined {
  if (text === undefined || text.length === 1) return text;
  for (const [name, separator] of Object.entries(SEPARATORS)) if (text === name) return separator;
  throw usageError(`Invalid --separator "${text}": use one character, or tab, comma, semicolon, pipe or space.`);
}

function parseQuote(text: string | undefined): string | null {
  if (text === undefined) return '"';
  if (text === "none") return null;
  if (text.length === 1) return text;
  throw usageError(`Invalid --quote "${text}": use one character, or none.`);
}

function parseHeader(text: string | undefined): number | "none" | undefined {
  if (text === undefined || text === "none") return text;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`Invalid --header "${text}": use the number of a line, or none.`);
}

function parseBadLines(text: string | undefined): BadLines {
  if (text === undefined) return null;
  if (text === "skip" || text === "keep") return text;
  throw usageError(`Invalid --bad-lines "${text}": use skip or keep.`);
}
