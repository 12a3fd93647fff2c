/** Values in the bytes of a JSON text: the first byte of each, and the one after its last. */
export interface JsonValues {
  bytes: Uint8Array;
  from: Uint32Array;
  to: Uint32Array;
}

/**
 * Where every value of a JSON text stands, as positions in its bytes: nothing of the text is lost, numbers keep their
 * spelling and names written twice stay two. Values are numbered from 0, the whole document, each before what is in it.
 */
export interface JsonIndex extends JsonValues {
  /** How many values there are. */
  count: number;
  /** The number of the value that comes after each one and all that is in it. */
  next: Uint32Array;
  /** How many items or members a value has. */
  size: Uint32Array;
  /** The first byte of a member's name, its quotation mark; 0 for what is no member. */
  name: Uint32Array;
}

export type JsonKind = "object" | "list" | "text" | "number" | "boolean" | "null";

const QUOTE = 34;
const BACKSLASH = 92;
const STRIDE = 50_000;
const START = 1024;

const utf8 = new TextEncoder();
const decoder = new TextDecoder();

/** Thrown where a text has more values than are worth an index; whoever catches it shows or sends the text itself. */
export class TooManyValues extends Error {}

/**
 * Reads a well-formed JSON text, as the store keeps it, into an index; it pauses (yields) every 50,000 values.
 * @param most how many values may be
 * @throws TooManyValues
 */
export function* indexJson(bytes: Uint8Array, most = 8_000_000): Generator<void, JsonIndex> {
  let room = START;
  let from = new Uint32Array(room);
  let to = new Uint32Array(room);
  let next = new Uint32Array(room);
  let size = new Uint32Array(room);
  let name = new Uint32Array(room);
  const open: number[] = [];
  let count = 0;
  let named = 0;
  let at = 0;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    // White space, commas and colons say nothing that order does not.
    if (byte <= 32 || byte === 44 || byte === 58) continue;
    const inside = open.at(-1) ?? -1;
    if (byte === 125 || byte === 93) {
      open.pop();
      to[inside] = at + 1;
      next[inside] = count;
      continue;
    }
    if (byte === QUOTE && named === 0 && inside >= 0 && bytes[from[inside] ?? 0] === 123) {
      named = at;
      at = afterText(bytes, at) - 1;
      continue;
    }
    if (count === room) {
      if (count >= most) throw new TooManyValues(`The text has more than ${most} values.`);
      room *= 2;
      from = grown(from, room);
      to = grown(to, room);
      next = grown(next, room);
      size = grown(size, room);
      name = grown(name, room);
    }
    from[count] = at;
    name[count] = named;
    named = 0;
    if (inside >= 0) size[inside] = (size[inside] ?? 0) + 1;
    if (byte === 123 || byte === 91) {
      open.push(count);
    } else {
      const end = byte === QUOTE ? afterText(bytes, at) : afterWord(bytes, at);
      to[count] = end;
      next[count] = count + 1;
      at = end - 1;
    }
    count += 1;
    if (count % STRIDE === 0) yield;
  }
  return { bytes, count, from, to, next, size, name };
}

/** The index of a whole text at once. */
export function jsonIndexOf(text: string): JsonIndex {
  return runToEnd(indexJson(utf8.encode(text)));
}

/** Runs what pauses to its end without a pause. */
export function runToEnd<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export function kindOf({ bytes, from }: JsonValues, value: number): JsonKind {
  switch (bytes[from[value] ?? 0]) {
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

/** A value as it stands in the text. `most` cuts it after about so many bytes. */
export function sourceOf({ bytes, from, to }: JsonValues, value: number, most = Number.POSITIVE_INFINITY): string {
  const start = from[value] ?? 0;
  return decoder.decode(bytes.subarray(start, Math.min(to[value] ?? 0, start + most)));
}

/** What a text value says, without its quotation marks and escapes; `most` cuts it after about so many bytes. */
export function textOf({ bytes, from, to }: JsonValues, value: number, most = Number.POSITIVE_INFINITY): string {
  return said(bytes, from[value] ?? 0, to[value] ?? 0, most);
}

/** The name of a member, or null for what is no member. */
export function nameOf({ bytes, name }: JsonIndex, value: number): string | null {
  const start = name[value] ?? 0;
  return start === 0 ? null : said(bytes, start, afterText(bytes, start), Number.POSITIVE_INFINITY);
}

function said(bytes: Uint8Array, from: number, to: number, most: number): string {
  let end = Math.min(to - 1, from + 1 + most);
  const plain = bytes.subarray(from + 1, end);
  if (!plain.includes(BACKSLASH)) return decoder.decode(plain);
  if (end < to - 1) end = beforeEscape(bytes, from + 1, end);
  return JSON.parse(`${decoder.decode(bytes.subarray(from, end))}"`);
}

/** Steps back from within an escape, so that a text can be cut there. */
function beforeEscape(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const step = bytes[at] !== BACKSLASH ? 1 : bytes[at + 1] === 117 ? 6 : 2;
    if (at + step > end) return at;
    at += step;
  }
  return at;
}

function afterText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE && at < bytes.length) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

function afterWord(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte <= 32 || byte === 44 || byte === 93 || byte === 125) break;
  }
  return at;
}

function grown(old: Uint32Array<ArrayBuffer>, room: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(room);
  larger.set(old);
  return larger;
}
