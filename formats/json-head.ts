import { STEP } from "./steps";

/** A value in a JSON text: the offsets of its first character and after its last, and the member's name as JSON. */
export interface HeadValue {
  from: number;
  to: number;
  name: string | null;
}

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** The first offset from `at` on that is not white space, or `end`. */
export function afterSpace(text: string, at: number, end = text.length): number {
  let next = at;
  while (next < end && text.charCodeAt(next) <= 32) next += 1;
  return next;
}

/** The same of a text of any size: yields every 256 KiB. */
export function* afterAnySpace(text: string, at: number): Generator<void, number> {
  let next = at;
  for (let end = at + STEP; ; end += STEP) {
    next = afterSpace(text, next, end);
    if (next < end) return next;
    yield;
  }
}

/**
 * The first children of the list or object at an offset of a well-formed JSON text, which may be cut: then the last one may
 * be, too.
 */
export function firstChildren(text: string, start: number, atMost: number): HeadValue[] {
  const children: HeadValue[] = [];
  const isObject = text.charCodeAt(start) === OPEN_BRACE;
  let at = afterSpace(text, start + 1);
  while (children.length < atMost && at < text.length && !isClosing(text.charCodeAt(at))) {
    let name: string | null = null;
    if (isObject) {
      const end = afterString(text, at);
      name = text.slice(at, end);
      at = afterSpace(text, afterSpace(text, end) + 1);
    }
    if (at >= text.length) break;
    const to = afterValue(text, at);
    children.push({ from: at, to, name });
    at = afterSpace(text, to);
    if (text.charCodeAt(at) === COMMA) at = afterSpace(text, at + 1);
  }
  return children;
}

/** How many items or members the list or object at an offset of a well-formed JSON text has. Yields every 256 KiB. */
export function* countChildren(text: string, start: number): Generator<void, number> {
  let at = yield* afterAnySpace(text, start + 1);
  if (isClosing(text.charCodeAt(at))) return 0;
  let count = 1;
  let depth = 0;
  let pause = at + STEP;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = afterString(text, at) - 1;
    else if (code === COMMA) count += depth === 0 ? 1 : 0;
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1;
    else if (isClosing(code)) {
      depth -= 1;
      if (depth < 0) break;
    }
    if (at < pause) continue;
    yield;
    pause = at + STEP;
  }
  return count;
}

function isClosing(code: number): boolean {
  return code === CLOSE_BRACKET || code === CLOSE_BRACE;
}

/** The offset after the string at one; beyond the text where it is cut. */
export function afterString(text: string, start: number): number {
  for (let at = start; ; ) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length + 1;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
}

/** The offset after the value at one; beyond the text where it is cut. */
function afterValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = afterString(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1;
    else if (isClosing(code)) {
      // That of the list or object around a number.
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (code === COMMA || code <= 32)) return at;
  }
  return text.length + 1;
}
