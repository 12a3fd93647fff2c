import { childrenOf, type JsonIndex, type JsonKind, kindOf, kindOfCode } from "./json-index";
import { STEP } from "./steps";

/** Between children: so much was read that the caller may do other work. */
export const PAUSE = -1;

/** JSON values by numeric handles, whose meaning is the source's own. */
export interface JsonSource {
  /** The whole document. */
  root: number;
  kindOf(value: number): JsonKind;
  /** The items of a list, or the values of an object's members, in order, with `PAUSE` in between. */
  childrenOf(value: number): Iterable<number>;
}

const STRIDE = 50_000;
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
    *childrenOf(value) {
      let count = 0;
      for (const child of childrenOf(index, value)) {
        yield child;
        count += 1;
        if (count % STRIDE === 0) yield PAUSE;
      }
    },
  };
}

/**
 * Reads the bytes of a well-formed JSON text where they are, in constant memory: a value is the position of its first
 * byte. Each iteration over children scans them again.
 */
export function byteSource(bytes: Uint8Array): JsonSource {
  const start = new Cursor(bytes, 0);
  while (!start.skipSpace());
  return {
    root: start.at,
    kindOf: (value) => kindOfCode(bytes[value]),
    *childrenOf(value) {
      const cursor = new Cursor(bytes, value + 1);
      const isObject = bytes[value] === OPEN_BRACE;
      while (!cursor.skipSpace()) yield PAUSE;
      while (cursor.at < bytes.length && !isClosing(bytes[cursor.at])) {
        if (isObject) {
          while (!cursor.skipValue()) yield PAUSE;
          while (!cursor.skipSpace()) yield PAUSE;
          cursor.at += 1;
          while (!cursor.skipSpace()) yield PAUSE;
        }
        yield cursor.at;
        while (!cursor.skipValue()) yield PAUSE;
        while (!cursor.skipSpace()) yield PAUSE;
        if (bytes[cursor.at] === COMMA) cursor.at += 1;
        while (!cursor.skipSpace()) yield PAUSE;
      }
    },
  };
}

function isClosing(code: number | undefined): boolean {
  return code === CLOSE_BRACKET || code === CLOSE_BRACE;
}

/** A position that only moves forward. Its methods return false after a step, before they are done: call them again. */
class Cursor {
  private depth = 0;
  private inString = false;
  private pause: number;

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {
    this.pause = at + STEP;
  }

  skipSpace(): boolean {
    const { bytes, pause } = this;
    let { at } = this;
    while (at <= pause && (bytes[at] ?? QUOTE) <= SPACE) at += 1;
    this.at = at;
    return at <= pause || this.endStep();
  }

  /** Skips a string, a number, a word, or an object or a list with all that it contains. */
  skipValue(): boolean {
    const { bytes, pause } = this;
    const end = bytes.length;
    let { at, depth, inString } = this;
    for (; at <= pause && at < end; at += 1) {
      const code = bytes[at];
      if (inString) {
        if (code === BACKSLASH) at += 1;
        else if (code === QUOTE) inString = false;
        if (inString || depth > 0) continue;
        at += 1;
        break;
      }
      if (code === QUOTE) inString = true;
      else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1;
      else if (isClosing(code)) {
        // That of the list or object around a number.
        if (depth === 0) break;
        depth -= 1;
        if (depth > 0) continue;
        at += 1;
        break;
      } else if (depth === 0 && (code === COMMA || (code ?? 0) <= SPACE)) break;
    }
    this.at = at;
    this.depth = depth;
    this.inString = inString;
    const isDone = at >= end || (at <= pause && !inString && depth === 0);
    return isDone || this.endStep();
  }

  private endStep(): boolean {
    this.pause = this.at + STEP;
    return false;
  }
}
