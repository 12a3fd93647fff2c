import { type Decimal, decimalOf, decimalText } from "#formats/decimal";
import { type JsonValues, kindOf, sourceOf, textOf } from "#formats/json-index";

/** Counts how often each JSON value occurs, in their bytes, so that most are never decoded. */
export interface Counter {
  /**
   * Returns the number of the value among the different ones, from 1. Equal are numbers of one amount (`1` and `1.0`),
   * texts of the same characters, and lists and objects of one source.
   */
  add(value: number): number;
  /** Counts a number by its digits, or another text that stands for one. */
  addNumber(text: string): number;
  /** How many different values there are. */
  distinct(): number;
  /** The first occurrences and counts of the most frequent values, at most `most`; of equal counts the first one added. */
  commonest(most: number): { value: number; count: number }[];
}

const INITIAL_SLOTS = 1024;
const QUOTE = 34;
const BACKSLASH = 92;
const UPPER_E = 69;
const LOWER_E = 101;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** In characters. A longer number is compared with an exponent. */
const MAX_PLAIN = 100;
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;
/** Hashes then fit into the small integers of the engine. */
const HASH_MASK = 0x3fffffff;

const encoder = new TextEncoder();

export function createCounter(values: JsonValues): Counter {
  let slots = new Uint32Array(INITIAL_SLOTS);
  // Entries from 1 on; `own` is the text of one whose bytes in the data are not those that are compared.
  const [starts, ends, hashes, counts, firsts] = [[0], [0], [0], [0], [0]];
  const own: (Uint8Array | undefined)[] = [undefined];

  const isEntry = (entry: number, bytes: Uint8Array, from: number, to: number, hash: number) => {
    if (hashes[entry] !== hash) return false;
    const other = own[entry] ?? values.bytes;
    const start = starts[entry] ?? 0;
    if ((ends[entry] ?? 0) - start !== to - from) return false;
    for (let at = from; at < to; at += 1) if (other[start + at - from] !== bytes[at]) return false;
    return true;
  };

  const grow = () => {
    const larger = new Uint32Array(slots.length * 2);
    for (let entry = 1; entry < hashes.length; entry += 1) {
      let slot = (hashes[entry] ?? 0) & (larger.length - 1);
      while (larger[slot] !== 0) slot = (slot + 1) & (larger.length - 1);
      larger[slot] = entry;
    }
    slots = larger;
  };

  const addBytes = (bytes: Uint8Array, from: number, to: number, value: number) => {
    const hash = hashOf(bytes, from, to);
    let slot = hash & (slots.length - 1);
    for (let entry = slots[slot] ?? 0; entry !== 0; entry = slots[slot] ?? 0) {
      if (isEntry(entry, bytes, from, to, hash)) {
        counts[entry] = (counts[entry] ?? 0) + 1;
        return entry;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = hashes.length;
    if (bytes !== values.bytes) own[hashes.length] = bytes;
    starts.push(from);
    ends.push(to);
    hashes.push(hash);
    counts.push(1);
    firsts.push(value);
    if (hashes.length * 2 > slots.length) grow();
    return hashes.length - 1;
  };

  const addOwn = (text: string, value: number) => {
    const bytes = encoder.encode(text);
    return addBytes(bytes, 0, bytes.length, value);
  };

  return {
    add(value) {
      const { bytes, from, to } = values;
      const [start, end] = [from[value] ?? 0, to[value] ?? 0];
      if (kindOf(values, value) === "number") {
        const shortest = shortestEnd(bytes, start, end);
        if (shortest !== null) return addBytes(bytes, start, shortest, value);
        return addOwn(numberKey(sourceOf(values, value)), value);
      }
      const isEscaped = bytes[start] === QUOTE && hasEscape(bytes, start, end);
      // Escaped in one way only.
      return isEscaped ? addOwn(JSON.stringify(textOf(values, value)), value) : addBytes(bytes, start, end, value);
    },
    addNumber: (text) => addOwn(numberKey(text), 0),
    distinct: () => hashes.length - 1,
    commonest(most) {
      const best: number[] = [];
      for (let entry = 1; entry < counts.length; entry += 1) {
        const count = counts[entry] ?? 0;
        if (best.length === most && count <= (counts[best[most - 1] ?? 0] ?? 0)) continue;
        const place = best.findIndex((other) => (counts[other] ?? 0) < count);
        best.splice(place < 0 ? best.length : place, 0, entry);
        best.length = Math.min(best.length, most);
      }
      return best.map((entry) => ({ value: firsts[entry] ?? 0, count: counts[entry] ?? 0 }));
    },
  };
}

/** The end of the part of a number that `numberKey` returns for it, without zeros after the point; null where it returns another text. */
function shortestEnd(bytes: Uint8Array, from: number, to: number): number | null {
  if (to - from > MAX_PLAIN) return null;
  let hasPoint = false;
  for (let at = from; at < to; at += 1) {
    const code = bytes[at];
    if (code === LOWER_E || code === UPPER_E) return null;
    if (code === POINT) hasPoint = true;
  }
  let end = to;
  while (hasPoint && bytes[end - 1] === ZERO) end -= 1;
  if (bytes[end - 1] === POINT) end -= 1;
  // `-0` equals `0`.
  return end - from === 2 && bytes[from] === MINUS && bytes[from + 1] === ZERO ? null : end;
}

/** A text that all texts of one amount share: without an exponent, and without zeros at the end of a fraction. */
function numberKey(text: string): string {
  const decimal = decimalOf(text);
  if (!decimal) return text;
  const plain = plainText(decimal);
  return plain !== null && plain.length <= MAX_PLAIN ? plain : decimalText(decimal);
}

function plainText({ sign, digits, exponent }: Decimal): string | null {
  if (sign === 0) return "0";
  if (Math.abs(exponent) > MAX_PLAIN || digits.length > MAX_PLAIN) return null;
  const minus = sign < 0 ? "-" : "";
  if (exponent <= 0) return `${minus}0.${"0".repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return minus + digits.padEnd(exponent, "0");
  return `${minus}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

function hasEscape(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] === BACKSLASH) return true;
  return false;
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_START;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), HASH_FACTOR);
  // The low bits select the slot, and depend on the low bits of the bytes only.
  return (hash ^ (hash >>> 15)) & HASH_MASK;
}
