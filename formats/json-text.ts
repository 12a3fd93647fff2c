import { STEP } from "./steps";

const QUOTE = 34;
const BACKSLASH = 92;

// A byte order mark within a text is a part of it.
const decoding = { stream: true };

/**
 * The string that a JSON string stands for, in pieces, none of which ends within a surrogate pair.
 * @param utf8 the JSON text of the string, alone or with spaces around it
 */
export function* stringPieces(utf8: Uint8Array): Generator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const to = utf8.lastIndexOf(QUOTE);
  let before = "";
  for (let at = utf8.indexOf(QUOTE) + 1; at < to; ) {
    const end = beforeEscape(utf8, at, Math.min(at + STEP, to));
    const source = decoder.decode(utf8.subarray(at, end), decoding);
    const piece = before + (source.includes("\\") ? JSON.parse(`"${source}"`) : source);
    at = end;
    // An escaped surrogate pair is two escapes.
    const isCut = at < to && /[\ud800-\udbff]$/.test(piece);
    before = isCut ? piece.slice(-1) : "";
    const whole = isCut ? piece.slice(0, -1) : piece;
    if (whole !== "") yield whole;
  }
}

/** A text in pieces of at most 256 KiB, none of which ends within a surrogate pair. */
export function* textPieces(text: string): Generator<string> {
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = at + STEP;
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end -= 1;
    yield text.slice(at, end);
  }
}

/** Encodes a text in UTF-8, a piece in each step: lone surrogates become U+FFFD. */
export function* encodedInPieces(text: string): Generator<void, Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  if (text.length <= STEP) return encoder.encode(text);
  const pieces: Uint8Array[] = [];
  for (const piece of textPieces(text)) {
    pieces.push(encoder.encode(piece));
    yield;
  }
  const utf8 = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    utf8.set(piece, at);
    at += piece.byteLength;
  }
  return utf8;
}

/** The last position up to `end` that is not within an escape. */
export function beforeEscape(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const step = bytes[at] !== BACKSLASH ? 1 : bytes[at + 1] === 117 ? 6 : 2;
    if (at + step > end) return at;
    at += step;
  }
  return at;
}

/** The offset after a JSON string that starts at `start`; the text must be well-formed. */
export function afterText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE && at < bytes.length) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

const HIGH_SURROGATE = /^\\u[dD][89abAB]/;
const ESCAPES = /(?:\\u[\da-f]{4})+|\\[^u]/gi;

/**
 * A JSON text, or the start of one, with letters instead of their escapes: `\u00eb` becomes `ë`. The escapes that JSON
 * needs stay, so that it is the same value.
 */
export function withLetters(json: string): string {
  return json.includes("\\") ? json.replace(ESCAPES, (run) => JSON.stringify(decoded(run)).slice(1, -1)) : json;
}

/** `withLetters` of a JSON text in pieces, short ones since each escape takes a microsecond. */
export function* letterPieces(utf8: Uint8Array): Generator<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for (let at = 0; at < utf8.length; ) {
    let end = beforeEscape(utf8, at, Math.min(at + STEP / 4, utf8.length));
    // An escaped surrogate pair is two escapes.
    if (end < utf8.length && HIGH_SURROGATE.test(String.fromCharCode(...utf8.subarray(end - 6, end)))) end -= 6;
    yield withLetters(decoder.decode(utf8.subarray(at, end), decoding));
    at = end;
  }
}

/** A JSON text with no escapes, as a reader of its strings would search in it. It may not be JSON any more. */
export function withoutEscapes(json: string): string {
  return json.replace(ESCAPES, decoded);
}

function decoded(escapes: string): string {
  return JSON.parse(`"${escapes}"`);
}
