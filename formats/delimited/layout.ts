import { type DelimitedRecord, type DelimitedSyntax, firstRecords, isEmptyLine } from "./records";
import { isPlainNumber } from "./survey";

/** How to read a delimited text. */
export interface DelimitedLayout extends DelimitedSyntax {
  /** The line that names the columns, from 1; null: no line does. */
  header: number | null;
  /** The line of the first record that is read. */
  start: number;
}

/** What is known of a layout; undefined is detected. */
export interface LayoutChoice {
  separator?: string | undefined;
  quote?: string | null | undefined;
  header?: number | null | undefined;
}

const SEPARATORS = [",", ";", "\t", "|"];

/** In characters: how much of a text the detection reads. */
export const LAYOUT_SAMPLE = 256 * 1024;
const SAMPLE_RECORDS = 200;

/**
 * Finds out how a delimited text is written. The first line that is as wide as most lines is the header unless it has
 * only numbers; lines before it are skipped if they are empty, comments (`#`) or titles of one field.
 * @param usual the separator if none is found, by the extension of the file
 */
export function detectLayout(text: string, choice: LayoutChoice, usual: string): DelimitedLayout {
  const sample = text.slice(0, LAYOUT_SAMPLE);
  const declared = /^sep=([^\r\n])(?:\r\n|\r|\n)/i.exec(sample.slice(0, 16))?.[1];
  const { quote = '"' } = choice;
  const separator = choice.separator ?? declared ?? detectSeparator(sample, quote, usual);
  const first = declared === undefined ? 1 : 2;
  if (choice.header === null) return { separator, quote, header: null, start: first };
  if (choice.header !== undefined) return { separator, quote, header: choice.header, start: choice.header };
  const found = headerRecord(filledRecords(sample, { separator, quote }), first);
  const start = found?.line ?? first;
  return { separator, quote, header: found && hasOnlyNumbers(found) ? null : start, start };
}

function filledRecords(sample: string, syntax: DelimitedSyntax): DelimitedRecord[] {
  return firstRecords(sample, syntax, SAMPLE_RECORDS).filter((record) => !isEmptyLine(record));
}

/** The separator by which most lines have the same number of fields, the first line among them. */
function detectSeparator(sample: string, quote: string | null, usual: string): string {
  const others = SEPARATORS.filter((candidate) => candidate !== usual);
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

function headerRecord(records: DelimitedRecord[], first: number): DelimitedRecord | undefined {
  const candidates = records.filter(({ line }) => line >= first);
  const { width } = commonWidth(candidates.map(({ fields }) => fields.length));
  const isTitle = ({ fields }: DelimitedRecord) => {
    if (fields.length === width) return width > 2 && fields.filter(Boolean).length < 2;
    return fields.filter(Boolean).length < 2 || fields[0]?.startsWith("#") === true;
  };
  return candidates.find((record) => !isTitle(record)) ?? candidates[0];
}

function hasOnlyNumbers({ fields }: DelimitedRecord): boolean {
  return fields.some(Boolean) && fields.every((field) => field === "" || isPlainNumber(field));
}
