/** A text in UTF-8 with the offset of each line. */
export interface Lines {
  bytes: Uint8Array;
  starts: Uint32Array;
}

const NEWLINE = 10;

/** The first lines of a text, all unless `most` is said. A line break at its end starts no further line. */
export function linesOf(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): Lines {
  let starts = new Uint32Array(1024);
  let count = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(NEWLINE, at + 1)) {
    if (count === most) return { bytes: bytes.subarray(0, at), starts: starts.slice(0, count) };
    if (count === starts.length) {
      const larger = new Uint32Array(2 * count);
      larger.set(starts);
      starts = larger;
    }
    starts[count] = at + 1;
    count += 1;
  }
  return { bytes, starts: starts.slice(0, count) };
}

/** Lines broken into rows. */
export interface WrappedLines extends Lines {
  /** In bytes. */
  width: number;
  /** The first row of each line. */
  firstRows: Uint32Array;
  rows: number;
}

/** Breaks lines into rows of at most `width` bytes, and so of at most `width` characters. */
export function wrapLines(lines: Lines, width: number): WrappedLines {
  const { bytes, starts } = lines;
  const firstRows = new Uint32Array(starts.length);
  let rows = 0;
  for (let line = 0; line < starts.length; line += 1) {
    firstRows[line] = rows;
    rows += Math.max(1, Math.ceil(lengthOf(lines, line) / width));
  }
  return { bytes, starts, width, firstRows, rows };
}

const decoder = new TextDecoder();

/** The text of a row, the number of its line and its offset in it from 0 in bytes. */
export function rowAt(
  { bytes, starts, firstRows, width }: WrappedLines,
  row: number,
): { text: string; line: number; offset: number } {
  let low = 0;
  for (let high = starts.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const lineStart = starts[low] ?? 0;
  const from = lineStart + (row - (firstRows[low] ?? 0)) * width;
  const end = endOf(bytes, starts, low);
  const start = characterStart(bytes, from);
  const text = decoder.decode(bytes.subarray(start, characterStart(bytes, Math.min(from + width, end))));
  return { text, line: low, offset: start - lineStart };
}

/** The number of characters of a line up to an offset in bytes, in UTF-16 units. Takes time in proportion to it. */
export function columnAt({ bytes, starts }: Lines, line: number, offset: number): number {
  const start = starts[line] ?? 0;
  return decoder.decode(bytes.subarray(start, start + offset)).length;
}

/** The length of a line in bytes, without its line break. */
export function lengthOf({ bytes, starts }: Lines, line: number): number {
  return endOf(bytes, starts, line) - (starts[line] ?? 0);
}

/** The offset of the end of a line, without its line break. */
function endOf(bytes: Uint8Array, starts: Uint32Array, line: number): number {
  const next = starts[line + 1];
  if (next !== undefined) return next - 1;
  return bytes.at(-1) === NEWLINE ? bytes.length - 1 : bytes.length;
}

/** The first offset from `at` on that is not inside a multi-byte character. */
function characterStart(bytes: Uint8Array, at: number): number {
  let offset = at;
  while (((bytes[offset] ?? 0) & 0xc0) === 0x80) offset += 1;
  return offset;
}
