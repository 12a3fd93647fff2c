import { isAscii } from "node:buffer";
import { type SQL, sql } from "drizzle-orm";
import { decodedInPieces, runBySize, STEP } from "#formats/steps";

/** How long a value is that is worth a step of its own, in bytes. */
const MIN_SIZE = 1024;

const MARKER = "/* large values */";

/** Marks a statement that may return a large text: it is decoded in steps, with other work in between. */
export const LARGE_VALUES: SQL = sql.raw(MARKER);

/** Whether a statement has the marker. */
export function hasLargeValues(text: string): boolean {
  return text.includes(MARKER);
}

const UNDECODED_MARKER = "/* undecoded */";

/** Marks a statement whose result is a `RawResult`, for who writes the bytes of its values elsewhere. */
export const UNDECODED: SQL = sql.raw(UNDECODED_MARKER);

/** Whether a statement has the marker. */
export function isUndecoded(text: string): boolean {
  return text.includes(UNDECODED_MARKER);
}

/** The result of a statement with the marker `UNDECODED`. */
export function toRawResult(rows: readonly Row[]): RawResult {
  // The driver's type is that of decoded rows.
  return Object(rows);
}

type Row = Record<string, unknown>;
type Value = Buffer | string | null;

/** A result of the driver's `raw()`: rows of values that are not decoded. */
export interface RawResult extends ReadonlyArray<Value[]> {
  columns: readonly { name: string; parser?: (text: string) => unknown }[];
}

/**
 * The rows that the driver itself would return, by column name or as arrays. It decodes each value without a pause, which
 * takes 350 ms for 64 MiB that are not ASCII.
 */
export function decodeRows(result: RawResult, areArrays: boolean): Row[] | Promise<Row[]> {
  let size = 0;
  for (const row of result) for (const value of row) size += value?.length ?? 0;
  return runBySize(size, decodedInSteps(result, areArrays));
}

function* decodedInSteps(result: RawResult, areArrays: boolean): Generator<void, Row[]> {
  let done = 0;
  for (const row of result) {
    for (const [index, value] of row.entries()) {
      if (typeof value === "string" || value === null || value.length < MIN_SIZE) continue;
      row[index] = yield* decodedText(value);
      done += value.length;
      if (done < STEP) continue;
      done = 0;
      yield;
    }
  }
  return result.map((row) => (areArrays ? Object(valuesOf(result, row)) : rowOf(result, row)));
}

function rowOf(result: RawResult, values: Value[]): Row {
  const row: Row = {};
  for (const [index, { name, parser }] of result.columns.entries()) row[name] = parsed(values[index] ?? null, parser);
  return row;
}

function valuesOf({ columns }: RawResult, values: Value[]): unknown[] {
  return columns.map(({ parser }, index) => parsed(values[index] ?? null, parser));
}

function parsed(value: Value, parser: ((text: string) => unknown) | undefined): unknown {
  const text = value?.toString() ?? null;
  return text !== null && parser ? parser(text) : text;
}

/** The text of bytes in UTF-8, decoded in steps. */
export function* decodedText(bytes: Buffer): Generator<void, string> {
  // One call for ASCII is as short as a few steps for other text.
  if (bytes.length < STEP || isAscii(bytes)) return bytes.toString();
  return yield* decodedInPieces(bytes, STEP);
}
