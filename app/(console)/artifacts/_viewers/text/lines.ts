/** A text in bytes, and the first byte of each of its lines. */
export interface Lines {
  bytes: Uint8Array;
  starts: Uint32Array;
}

const NEWLINE = 10;

/** Finds the lines of a text. */
export function linesOf(bytes: Uint8Array): Lines {
  let starts = new Uint32Array(1024);
  let count = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(NEWLINE, at + 1)) {
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

/** Rows of a text when each has at most `width` bytes: the rows before each line, and how many there are in all. */
export interface WrappedLines extends Lines {
  width: number;
  before: Uint32Array;
  rows: number;
}

/** Wraps lines; a byte is at least as wide as the letter it belongs to, so that no row is wider than `width` letters. */
export function wrapLines({ bytes, starts }: Lines, width: number): WrappedLines {
  const before = new Uint32Array(starts.length);
  let rows = 0;
  for (let line = 0; line < starts.length; line += 1) {
    before[line] = rows;
    const length = endOf(bytes, starts, line) - (starts[line] ?? 0);
    rows += Math.max(1, Math.ceil(length / width));
  }
  return { bytes, starts, width, before, rows };
}

const decoder = new TextDecoder();

/** One row: its text, the number of its line from 0, and whether the line starts with it. */
export function rowAt(
  { bytes, starts, before, width }: WrappedLines,
  row: number,
): { text: string; line: number; first: boolean } {
  let low = 0;
  for (let high = starts.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((before[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const order = row - (before[low] ?? 0);
  const from = (starts[low] ?? 0) + order * width;
  const end = endOf(bytes, starts, low);
  const text = decoder.decode(bytes.subarray(whole(bytes, from), whole(bytes, Math.min(from + width, end))));
  return { text, line: low, first: order === 0 };
}

/** The end of a line, its line break left out. */
function endOf(bytes: Uint8Array, starts: Uint32Array, line: number): number {
  const next = starts[line + 1];
  if (next !== undefined) return next - 1;
  return bytes.at(-1) === NEWLINE ? bytes.length - 1 : bytes.length;
}

/** Forward to the start of a letter, where a place is within one. */
function whole(bytes: Uint8Array, at: number): number {
  let place = at;
  while (((bytes[place] ?? 0) & 0xc0) === 0x80) place += 1;
  return place;
}
