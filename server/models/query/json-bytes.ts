import { writeTimestamp } from "#db/schema/column";

/** Shorter values are copied byte by byte: a call of the engine takes longer. */
const MIN_COPY = 48;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** What JSON writes for each byte that a string cannot have as it is. */
const ESCAPES: Record<number, Buffer> = Object.fromEntries(
  [...Array(SPACE).keys(), QUOTE, BACKSLASH].map((byte) => {
    return [byte, Buffer.from(JSON.stringify(String.fromCharCode(byte)).slice(1, -1))];
  }),
);

/** The longest of them. */
const MAX_ESCAPE = 6;

/** JSON in UTF-8 that is written from UTF-8, without a string in between. */
export class JsonBytes {
  #bytes: Buffer<ArrayBuffer>;
  #length = 0;

  /** @param capacity how many bytes are expected */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  /** What was written. */
  result(): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** @param from the index of the first byte that is written */
  raw(value: Uint8Array, from = 0): void {
    const size = value.length - from;
    const to = this.#reserve(size);
    if (size < MIN_COPY) copy(value, from, this.#bytes, to);
    else this.#bytes.set(from === 0 ? value : value.subarray(from), to);
    this.#length = to + size;
  }

  /** Punctuation and literals. */
  ascii(text: string): void {
    const to = this.#reserve(text.length);
    for (let at = 0; at < text.length; at++) this.#bytes[to + at] = text.charCodeAt(at);
    this.#length = to + text.length;
  }

  /** A string without characters that JSON escapes. */
  plain(value: Uint8Array, from = 0): void {
    const to = this.#reserve(value.length - from + 2);
    const bytes = this.#bytes;
    bytes[to] = QUOTE;
    const end = copy(value, from, bytes, to + 1);
    bytes[end] = QUOTE;
    this.#length = end + 1;
  }

  /** Any string. */
  text(value: Uint8Array): void {
    let to = this.#reserve(value.length + 2);
    let bytes = this.#bytes;
    bytes[to++] = QUOTE;
    for (let at = 0; at < value.length; at++) {
      const byte = value[at] ?? 0;
      if (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) {
        bytes[to++] = byte;
        continue;
      }
      this.#length = to;
      to = this.#reserve(MAX_ESCAPE + value.length - at + 1);
      bytes = this.#bytes;
      for (const each of ESCAPES[byte] ?? []) bytes[to++] = each;
    }
    bytes[to++] = QUOTE;
    this.#length = to;
  }

  /** A timestamp, as PostgreSQL writes it in a UTC session. */
  timestamp(value: Uint8Array): void {
    const to = this.#reserve(value.length + 10);
    this.#bytes[to] = QUOTE;
    const end = writeTimestamp(value, this.#bytes, to + 1);
    this.#bytes[end] = QUOTE;
    this.#length = end + 1;
  }

  /** Any JSON value. */
  value(value: unknown): void {
    const json = JSON.stringify(value);
    const to = this.#reserve(json.length * 3);
    this.#length = to + this.#bytes.write(json, to);
  }

  /** @returns where the next of `size` bytes is written */
  #reserve(size: number): number {
    const { length } = this.#bytes;
    if (this.#length + size > length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * length, this.#length + size));
      larger.set(this.result());
      this.#bytes = larger;
    }
    return this.#length;
  }
}

/** @returns the index after the last byte that was written */
function copy(value: Uint8Array, from: number, target: Uint8Array, to: number): number {
  let end = to;
  for (let at = from; at < value.length; at++) target[end++] = value[at] ?? 0;
  return end;
}
