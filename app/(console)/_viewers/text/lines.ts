/** A text in UTF-8 with the offset of each line. */
export interface Lines {
  bytes: Uint8Array;
  starts: Uint32Array;
}

const NEWLINE = 10;

/** The lines of a text. A line break at its end starts no further line. */
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

/** Lines broken into rows. */
export interface WrappedLines extends Lines {
  /** In bytes. */
  width: number;
  /** The first row of each line. */
  firstRows: Uint32Array;
  rows: number;
}

/** Breaks lines into rows of at most `width` bytes, and so of at most `width` characters. */
export function wrapLines({ bytes, starts }: Lines, width: number): WrappedLines {
  const firstRows = new Uint32Array(starts.length);
  let rows = 0;
  for (let line = 0; line < starts.length; line += 1) {
    firstRows[line] = rows;
    const length = endOf(bytes, starts, line) - (starts[line] ?? 0);
    rows += Math.max(1, Math.ceil(length / width));
  }
  return { bytes, starts, width, firstRows, rows };
}

const decoder = new TextDecoder();

/** The text of a row, the number of its line from 0, and whether it is the first row of the line. */
export function rowAt(
  { bytes, starts, firstRows, width }: WrappedLines,
  row: number,
): { text: string; line: number; first: boolean } {
  let low = 0;
  for (let high = starts.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((firstRows[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  const order = row - (firstRows[low] ?? 0);
  const from = (starts[low] ?? 0) + order * width;
  const end = endOf(bytes, starts, low);
  const text = decoder.decode(
    bytes.subarray(characterStart(bytes, from), characterStart(bytes, Math.min(from + width, end))),
  );
  return { text, line: low, first: order === 0 };
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
