import { childrenOf, type JsonIndex, type JsonKind, kindOf, kindOfCode } from "./json-index";

/** JSON values by numeric handles, whose meaning is the source's own. */
export interface JsonSource {
  /** The whole document. */
  root: number;
  kindOf(value: number): JsonKind;
  /** The items of a list, or the values of an object's members, in order. */
  childrenOf(value: number): Iterable<number>;
  /** How many children a list or an object has. */
  sizeOf(value: number): number;
}

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** The values of an index, by their numbers. */
export function indexSource(index: JsonIndex): JsonSource {
  return {
    root: 0,
    kindOf: (value) => kindOf(index, value),
    childrenOf: (value) => childrenOf(index, value),
    sizeOf: (value) => index.size[value] ?? 0,
  };
}

/**
 * Reads a well-formed JSON text where it is, in constant memory: a value is the position of its first character.
 * Each iteration over children scans them again.
 */
export function textSource(text: string): JsonSource {
  function* childrenOf(value: number): Generator<number, void> {
    const isObject = text.charCodeAt(value) === OPEN_BRACE;
    let at = afterSpace(text, value + 1);
    while (at < text.length && !isClosing(text.charCodeAt(at))) {
      const child = isObject ? afterSpace(text, afterSpace(text, afterString(text, at)) + 1) : at;
      yield child;
      at = afterSpace(text, afterValue(text, child));
      if (text.charCodeAt(at) === COMMA) at = afterSpace(text, at + 1);
    }
  }
  return {
    root: afterSpace(text, 0),
    kindOf: (value) => kindOfCode(text.charCodeAt(value)),
    childrenOf,
    sizeOf(value) {
      let size = 0;
      for (const _ of childrenOf(value)) size += 1;
      return size;
    },
  };
}

function isClosing(code: number): boolean {
  return code === CLOSE_BRACKET || code === CLOSE_BRACE;
}

function afterSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) <= SPACE) at += 1;
  return at;
}

function afterValue(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === QUOTE) return afterString(text, start);
  return code === OPEN_BRACKET || code === OPEN_BRACE ? afterContainer(text, start) : afterWord(text, start);
}

function afterContainer(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = afterString(text, at);
      continue;
    }
    at += 1;
    if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1;
    else if (isClosing(code)) {
      depth -= 1;
      if (depth === 0) break;
    }
  }
  return at;
}

/** A quotation mark ends a string unless an odd number of backslashes precedes it. */
function afterString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    if ((end - first) % 2 === 0) return end + 1;
  }
  return text.length;
}

/** The end of a number, `true`, `false` or `null`. */
function afterWord(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= SPACE || code === COMMA || isClosing(code)) break;
  }
  return at;
}
