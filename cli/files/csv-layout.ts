import { type DelimitedLayout, detectLayout, LAYOUT_SAMPLE } from "#formats/delimited/layout";
import { usageError } from "../terminal/error";

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
export interface CsvLayout extends DelimitedLayout {
  badLines: BadLines;
}

const NAMES = { tab: "\t", "\\t": "\t", comma: ",", semicolon: ";", pipe: "|", space: " " };

/**
 * Finds out how a CSV file is written, as `detectLayout` does, where the options do not say it.
 * @throws CliError (usage) for invalid options
 */
export function csvLayout(utf8: Uint8Array, options: CsvOptions, usual: "," | "\t"): CsvLayout {
  const sample = new TextDecoder().decode(utf8.subarray(0, LAYOUT_SAMPLE));
  const separator = parseSeparator(options.separator);
  const choice = { separator, quote: parseQuote(options.quote), header: parseHeader(options.header) };
  const badLines = parseBadLines(options.badLines);
  return { ...detectLayout(sample, choice, usual), badLines };
}

/** What was detected and is not the usual, for people. */
export function describeLayout(layout: CsvLayout, options: CsvOptions, usual: string): string[] {
  const { separator, header } = layout;
  const notes: string[] = [];
  if (options.separator === undefined && separator !== usual) {
    const name = separator === "\t" ? "a tab" : separator === "," ? "a comma" : `"${separator}"`;
    notes.push(`the separator is ${name}; to set another, use --separator`);
  }
  if (options.header !== undefined) return notes;
  if (header === null) notes.push("there is no header, as the first line has only numbers; to set one, use --header");
  else if (header > 1) notes.push(`the header is line ${header}; to set another, use --header`);
  return notes;
}

function parseSeparator(text: string | undefined): string | undefined {
  if (text === undefined || text.length === 1) return text;
  for (const [name, separator] of Object.entries(NAMES)) if (text === name) return separator;
  throw usageError(`Invalid --separator "${text}": use one character, or tab, comma, semicolon, pipe or space.`);
}

function parseQuote(text: string | undefined): string | null | undefined {
  if (text === undefined) return text;
  if (text === "none") return null;
  if (text.length === 1) return text;
  throw usageError(`Invalid --quote "${text}": use one character, or none.`);
}

function parseHeader(text: string | undefined): number | null | undefined {
  if (text === undefined) return text;
  if (text === "none") return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`Invalid --header "${text}": use the number of a line, or none.`);
}

function parseBadLines(text: string | undefined): BadLines {
  if (text === undefined) return null;
  if (text === "skip" || text === "keep") return text;
  throw usageError(`Invalid --bad-lines "${text}": use skip or keep.`);
}
