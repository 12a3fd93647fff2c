import { VitrineError } from "./error";
import { MAX_JSON_DEPTH } from "./limits";

/** Which values of a document: member names from the top, `*` for each item of a list. */
export type Path = readonly string[];

/** The offsets of a value's first character and of the one after its last, in UTF-16 units. */
export interface Span {
  from: number;
  to: number;
}

/** Text that is not JSON; `position` is the offset in UTF-16 units. */
export class JsonSyntaxError extends VitrineError {
  constructor(
    readonly position: number,
    readonly expected: string,
    readonly isAtEnd: boolean,
  ) {
    super("BAD_REQUEST", `Invalid JSON at ${isAtEnd ? "the end" : `position ${position}`}: expected ${expected}.`);
  }
}

/** An object or list that is open at the current position. */
interface Frame {
  list: boolean;
  /** The paths that lead through it. */
  paths: readonly Path[];
  /** Where it starts if a path ends at it, else null. */
  from: number | null;
}

/** The most levels that a request has around data: its members, its batch. */
const MAX_ENVELOPE_DEPTH = 4;

/** How many UTF-16 units a step of a scan reads. */
const STEP = 256 * 1024;

/** A member name with more characters is not in any path, even if each of its characters is escaped. */
const MAX_NAME = 1000;

/**
 * Validates a JSON document, without recursion, and gives the spans of the values at `paths` in order of their ends; a
 * repeated member gives one each. An empty path is the document itself. Accepts what `JSON.parse` accepts.
 * @throws JsonSyntaxError for other texts, VitrineError BAD_REQUEST for a value nested deeper than MAX_JSON_DEPTH
 */
export function scanJson(text: string, paths: readonly Path[]): Span[] {
  const steps = scanJsonInSteps(text, paths);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `scanJson`, with a pause after about a millisecond's work, so that callers can do other work in between. */
export function* scanJsonInSteps(text: string, paths: readonly Path[]): Generator<void, Span[]> {
  const reader = new Reader(text);
  const spans: Span[] = [];
  const frames: Frame[] = [];
  let active = paths;
  // The depth of the outermost value at a path that is open, or -1.
  let outermost = -1;
  for (;;) {
    while (!reader.skipSpace()) yield;
    const from = active.some((path) => path.length === frames.length) ? reader.at : null;
    if (from !== null && outermost < 0) outermost = frames.length;
    const list = reader.peek("[");
    let isOpen = false;
    if (list || reader.peek("{")) {
      expectDepth(frames.length, outermost);
      frames.push({ list, paths: active, from });
      reader.at++;
      while (!reader.skipSpace()) yield;
      isOpen = !reader.peek(list ? "]" : "}");
    } else {
      reader.beginScalar();
      while (!reader.skipScalar()) yield;
      if (from !== null) {
        spans.push({ from, to: reader.at });
        if (outermost === frames.length) outermost = -1;
      }
    }
    // After a value: close what ends with it, up to a comma before the next value.
    let open = frames.at(-1);
    while (!isOpen) {
      while (!reader.skipSpace()) yield;
      if (!open) {
        reader.expectEnd();
        return spans;
      }
      if (reader.peek(",")) {
        reader.at++;
        while (!reader.skipSpace()) yield;
        break;
      }
      reader.expect(open.list ? "]" : "}", open.list ? "a comma or ]" : "a comma or }");
      frames.pop();
      if (open.from !== null) {
        spans.push({ from: open.from, to: reader.at });
        if (outermost === frames.length) outermost = -1;
      }
      open = frames.at(-1);
    }
    if (!open) continue;
    if (open.list) {
      active = pathsThrough(open.paths, frames.length - 1, "*");
      continue;
    }
    const start = reader.at;
    reader.beginName();
    while (!reader.skipScalar()) yield;
    const name = open.paths.length > 0 ? nameIn(text, start, reader.at) : null;
    while (!reader.skipSpace()) yield;
    reader.expect(":", "a colon");
    active = name === null ? [] : pathsThrough(open.paths, frames.length - 1, name);
  }
}

function nameIn(text: string, from: number, to: number): string | null {
  if (to - from > MAX_NAME) return null;
  const source = text.slice(from, to);
  return source.includes("\\") ? String(JSON.parse(source)) : source.slice(1, -1);
}

function pathsThrough(paths: readonly Path[], depth: number, name: string): readonly Path[] {
  return paths.length === 0 ? paths : paths.filter((path) => path[depth] === name);
}

function expectDepth(depth: number, outermost: number): void {
  const limit = outermost < 0 ? MAX_JSON_DEPTH + MAX_ENVELOPE_DEPTH : outermost + MAX_JSON_DEPTH;
  if (depth < limit) return;
  throw new VitrineError("BAD_REQUEST", `The JSON is nested too deep; the limit is ${MAX_JSON_DEPTH} levels.`);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

/**
 * A position in a JSON text that only moves forward. Its methods throw JsonSyntaxError for anything unexpected; those
 * that may have much to skip return false after a step: call them again.
 */
class Reader {
  at = 0;
  private inString = false;
  /** Where the current step ends. */
  private pause = STEP;

  constructor(private readonly text: string) {}

  skipSpace(): boolean {
    const { pause } = this;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
      this.at++;
      if (this.at > pause) break;
    }
    return this.at <= pause || this.endStep();
  }

  peek(character: string): boolean {
    return this.text[this.at] === character;
  }

  expect(character: string, description: string): void {
    if (!this.peek(character)) this.fail(this.at, description);
    this.at++;
  }

  expectEnd(): void {
    if (this.at < this.text.length) this.fail(this.at, "the end");
  }

  /** Enters a string, or skips a number, `true`, `false` or `null`. */
  beginScalar(): void {
    if (this.peek('"')) this.beginName();
    else this.at = this.endOf(NUMBER) || this.endOf(WORD) || this.fail(this.at, "a value");
  }

  beginName(): void {
    if (!this.peek('"')) this.fail(this.at, "the name of a member");
    this.inString = true;
    this.at++;
  }

  /** Skips the rest of a string that was entered. */
  skipScalar(): boolean {
    if (!this.inString) return true;
    const { text, pause } = this;
    let { at } = this;
    while (at <= pause) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.inString = false;
        at++;
        break;
      }
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = at + 1;
        if (!ESCAPE.test(text)) this.fail(at, "a valid escape");
        at = ESCAPE.lastIndex;
      } else if (code >= 0x20) at++;
      else this.fail(at, "the end of the string (control characters must be escaped)");
    }
    this.at = at;
    return !this.inString || this.endStep();
  }

  private endStep(): boolean {
    this.pause = this.at + STEP;
    return false;
  }

  /** The end of a match at the current position, or 0. */
  private endOf(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    return pattern.test(this.text) ? pattern.lastIndex : 0;
  }

  private fail(at: number, expected: string): never {
    throw new JsonSyntaxError(at, expected, at >= this.text.length);
  }
}
