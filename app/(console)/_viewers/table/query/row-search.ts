import { type Table, valueAt } from "#formats/table";
import type { Predicate } from "./filter";

/** In bytes: a block is decoded at once. A longer row is searched cell by cell. */
const MAX_BLOCK = 100_000;
const MAX_ROWS = 2000;
/** In lower case: a backslash may escape letters, and two letters beyond ASCII, as bytes here, have lower ones within it. */
const OBSCURE = ["\\", "\u00e2\u201e\u00aa", "\u00e2\u0084\u00aa", "\u00e4\u00b0"];

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
/** Of each byte it makes one character: enough to find ASCII. */
const bytewise = new TextDecoder("windows-1252");

/** From the first byte of a row's cells to the byte after their last. */
type ByteRange = [from: number, to: number];

/** A part of a table's JSON text in lower case; `text` is null where it is not one character for each byte. */
interface Part {
  text: string | null;
  start: number;
}

interface Search {
  lower: string;
  /** A part of the table's JSON text in lower case. */
  decode: (from: number, to: number) => string;
  /** Judges the value of a single cell. */
  contains: Predicate;
}

/**
 * Gives the rows with a cell that contains a text, in any case, with a pause after each block of them. Most rows are
 * excluded by the JSON text of their block, and most cells by their part of it.
 * @param contains judges the value of a single cell
 */
export function* searchRows(
  table: Table,
  search: string,
  contains: Predicate,
  onFound: (row: number) => void,
): Generator<void, void> {
  const lower = search.toLowerCase();
  const decoder = /^[\0-\x7f]*$/.test(lower) ? bytewise : utf8;
  const decode = (from: number, to: number) => decoder.decode(table.values.bytes.subarray(from, to)).toLowerCase();
  for (let row = 0; row < table.rows; ) {
    yield;
    const ranges = blockAt(table, row);
    searchBlock(table, row, ranges, { lower, decode, contains }, onFound);
    row += ranges.length;
  }
}

/** The ranges of the rows from one on that follow each other in the bytes of the table, as many as a block has. */
function blockAt(table: Table, first: number): ByteRange[] {
  const range = rangeOf(table, first);
  const ranges = [range];
  let [start, end] = range;
  for (let row = first + 1; row < table.rows && ranges.length < MAX_ROWS; row += 1) {
    const [from, to] = rangeOf(table, row);
    if (from < end || to - start > MAX_BLOCK) break;
    ranges.push([from, to]);
    end = to;
  }
  return ranges;
}

function searchBlock(
  table: Table,
  first: number,
  ranges: ByteRange[],
  search: Search,
  onFound: (row: number) => void,
): void {
  const [start, end] = [ranges[0]?.[0] ?? 0, ranges.at(-1)?.[1] ?? 0];
  const { lower } = search;
  const text = end - start > MAX_BLOCK ? null : search.decode(start, end);
  const isPlain = text !== null && !isObscure(text);
  if (isPlain && !text.includes(lower)) return;
  const part: Part = { text: text?.length === end - start ? text : null, start };
  // Where the text of the block is next, if its rows are judged by that.
  let next = isPlain && part.text !== null ? 0 : null;
  for (const [at, [from, to]] of ranges.entries()) {
    if (next !== null && text !== null) {
      if (next < from - start) next = text.indexOf(lower, from - start);
      if (next < 0) return;
      if (next >= to - start) continue;
    }
    const row = part.text === null && to - from <= MAX_BLOCK ? rowPart(search, from, to) : part;
    if (row && hasMatch(table, first + at, row, search)) onFound(first + at);
  }
}

/** Null for a row without the text. */
function rowPart({ lower, decode }: Search, from: number, to: number): Part | null {
  const text = decode(from, to);
  if (!text.includes(lower) && !isObscure(text)) return null;
  return { text: text.length === to - from ? text : null, start: from };
}

function isObscure(text: string): boolean {
  return OBSCURE.some((each) => text.includes(each));
}

function hasMatch(table: Table, row: number, { text, start }: Part, { lower, contains }: Search): boolean {
  const { from, to } = table.values;
  return table.columns.some((_, column) => {
    const value = valueAt(table, row, column);
    if (value === 0) return false;
    const source = text?.slice((from[value] ?? 0) - start, (to[value] ?? 0) - start);
    return (source === undefined || source.includes(lower) || isObscure(source)) && contains(value);
  });
}

/** An empty range at the end of the table's bytes for a row without cells. */
function rangeOf({ values: { from, to, bytes }, cells, columns }: Table, row: number): ByteRange {
  let [start, end] = [bytes.length, 0];
  for (let at = row * columns.length; at < (row + 1) * columns.length; at += 1) {
    const value = cells[at] ?? 0;
    if (value === 0) continue;
    start = Math.min(start, from[value] ?? 0);
    end = Math.max(end, to[value] ?? 0);
  }
  return [start, Math.max(start, end)];
}
