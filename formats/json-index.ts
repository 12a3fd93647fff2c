import { afterText, beforeEscape } from "./json-text";
import { runToEnd, STEP } from "./steps";

/** Values in the bytes of a JSON text: the first byte of each, and the byte after its last. */
export interface JsonValues {
  bytes: Uint8Array;
  from: Uint32Array;
  to: Uint32Array;
}

/**
 * The position of every value in the bytes of a JSON text, so that the source of numbers and repeated names survive.
 * Values are numbered from 0, the whole document, each before its children.
 */
export interface JsonIndex extends JsonValues {
  count: number;
  /** The number of the value after each one and all its descendants. */
  next: Uint32Array;
  /** How many children a value has. */
  size: Uint32Array;
  /** The first byte of a member's name, its quotation mark; 0 for other values. */
  name: Uint32Array;
}

export type JsonKind = "object" | "list" | "text" | "number" | "boolean" | "null";

const QUOTE = 34;
const BACKSLASH = 92;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;
/** In characters, without the sign: at most 16 digits, or 15 with a point. */
const MAX_EXACT_LENGTH = 16;
const POWERS_OF_TEN = Array.from({ length: MAX_EXACT_LENGTH }, (_, power) => Number(`1e${power}`));
const STRIDE = 50_000;
const INITIAL_CAPACITY = 1024;
const MAX_VALUES = 8_000_000;

const utf8 = new TextEncoder();
// A byte order mark within a text is a part of it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A text has more values than an index may have; callers fall back to the text itself. */
export class TooManyValues extends Error {}

/**
 * Indexes a well-formed JSON text. Yields every 50,000 values and 256 KiB, so that callers can do other work in between.
 * @throws TooManyValues beyond `maxValues`
 */
export function* indexJson(bytes: Uint8Array, maxValues = MAX_VALUES): Generator<void, JsonIndex> {
  let capacity = INITIAL_CAPACITY;
  let from = new Uint32Array(capacity);
  let to = new Uint32Array(capacity);
  let next = new Uint32Array(capacity);
  let size = new Uint32Array(capacity);
  let name = new Uint32Array(capacity);
  const open: number[] = [];
  let count = 0;
  let named = 0;
  let at = 0;
  let pause = STEP;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (at > pause) {
      yield;
      pause = at + STEP;
    }
    // Order alone gives the structure: whitespace, commas and colons are skipped.
    if (byte <= 32 || byte === 44 || byte === 58) continue;
    const inside = open.at(-1) ?? -1;
    if (byte === 125 || byte === 93) {
      open.pop();
      to[inside] = at + 1;
      next[inside] = count;
      continue;
    }
    let end = at + 1;
    if (byte === QUOTE) {
      for (; bytes[end] !== QUOTE && end < bytes.length; end += bytes[end] === BACKSLASH ? 2 : 1) {
        if (end <= pause) continue;
        yield;
        pause = end + STEP;
      }
      end += 1;
    }
    if (byte === QUOTE && named === 0 && inside >= 0 && bytes[from[inside] ?? 0] === 123) {
      named = at;
      at = end - 1;
      continue;
    }
    if (count === maxValues) throw new TooManyValues(`The text has more than ${maxValues} values.`);
    if (count === capacity) {
      const isLarge = capacity > STRIDE;
      capacity *= 2;
      from = grown(from, capacity);
      to = grown(to, capacity);
      if (isLarge) yield;
      next = grown(next, capacity);
      size = grown(size, capacity);
      name = grown(name, capacity);
      if (isLarge) yield;
    }
    from[count] = at;
    name[count] = named;
    named = 0;
    if (inside >= 0) size[inside] = (size[inside] ?? 0) + 1;
    if (byte === 123 || byte === 91) {
      open.push(count);
    } else {
      if (byte !== QUOTE) {
        for (end = afterWord(bytes, at, pause); end > pause; end = afterWord(bytes, end - 1, pause)) {
          yield;
          pause = end + STEP;
        }
      }
      to[count] = end;
      next[count] = count + 1;
      at = end - 1;
    }
    count += 1;
    if (count % STRIDE === 0) yield;
  }
  return { bytes, count, from, to, next, size, name };
}

/** Indexes a text without a pause. @throws TooManyValues beyond `maxValues` */
export function indexJsonText(text: string, maxValues?: number): JsonIndex {
  return runToEnd(indexJson(utf8.encode(text), maxValues));
}

export function kindOf({ bytes, from }: JsonValues, value: number): JsonKind {
  return kindOfCode(bytes[from[value] ?? 0]);
}

/** The kind of the value that starts with a character, by its code. */
export function kindOfCode(code: number | undefined): JsonKind {
  switch (code) {
    case 123:
      return "object";
    case 91:
      return "list";
    case QUOTE:
      return "text";
    case 116:
    case 102:
      return "boolean";
    case 110:
      return "null";
    default:
      return "number";
  }
}

/** The JSON text of a value, cut to at most `maxBytes` bytes. */
export function sourceOf({ bytes, from, to }: JsonValues, value: number, maxBytes = Number.POSITIVE_INFINITY): string {
  const start = from[value] ?? 0;
  return decoder.decode(bytes.subarray(start, cutAt(bytes, to[value] ?? 0, start + maxBytes)));
}

/** The string that a value of kind text stands for, cut to at most `maxBytes` bytes of its source. */
export function textOf({ bytes, from, to }: JsonValues, value: number, maxBytes = Number.POSITIVE_INFINITY): string {
  return unescaped(bytes, from[value] ?? 0, to[value] ?? 0, maxBytes);
}

/** The double that a value of kind number stands for. */
export function numberOf(values: JsonValues, value: number): number {
  const { bytes, from, to } = values;
  const start = from[value] ?? 0;
  const end = to[value] ?? 0;
  const isNegative = bytes[start] === MINUS;
  const first = isNegative ? start + 1 : start;
  // So few digits and such a power of ten are exact: their quotient is the double nearest to the text.
  if (end - first > MAX_EXACT_LENGTH) return Number(sourceOf(values, value));
  let digits = 0;
  let decimals = 0;
  for (let at = first; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (code === POINT) decimals = end - at - 1;
    else if (code < ZERO || code > NINE) return Number(sourceOf(values, value));
    else digits = digits * 10 + code - ZERO;
  }
  if (digits > Number.MAX_SAFE_INTEGER) return Number(sourceOf(values, value));
  const number = digits / (POWERS_OF_TEN[decimals] ?? 1);
  return isNegative ? -number : number;
}

/** The name of a member; null for other values. */
export function nameOf({ bytes, name }: JsonIndex, value: number): string | null {
  const start = name[value] ?? 0;
  return start === 0 ? null : unescaped(bytes, start, afterText(bytes, start), Number.POSITIVE_INFINITY);
}

/** The children of a value, in order. */
export function* childrenOf({ next }: JsonIndex, value: number): Generator<number, void> {
  const end = next[value] ?? 0;
  for (let child = value + 1; child < end; child = next[child] ?? end) yield child;
}

function unescaped(bytes: Uint8Array, from: number, to: number, maxBytes: number): string {
  let end = cutAt(bytes, to - 1, from + 1 + maxBytes);
  const plain = bytes.subarray(from + 1, end);
  if (!plain.includes(BACKSLASH)) return decoder.decode(plain);
  if (end < to - 1) end = beforeEscape(bytes, from + 1, end);
  return JSON.parse(`${decoder.decode(bytes.subarray(from, end))}"`);
}

/** The lesser of two positions, moved to the start of a character if it is the second. */
function cutAt(bytes: Uint8Array, end: number, limit: number): number {
  if (end <= limit) return end;
  let at = limit;
  while (((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}

/** The end of a number, `true`, `false` or `null`; a position after `limit` for one that goes on there. */
function afterWord(bytes: Uint8Array, start: number, limit: number): number {
  let at = start + 1;
  for (; at < bytes.length && at <= limit; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte <= 32 || byte === 44 || byte === 93 || byte === 125) break;
  }
  return at;
}

function grown(old: Uint32Array<ArrayBuffer>, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity);
  larger.set(old);
  return larger;
}
