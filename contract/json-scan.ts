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
    message: string,
  ) {
    super("BAD_REQUEST", message);
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

/**
 * Validates a JSON document, without recursion, and gives the spans of the values at `paths` in order of their ends; a
 * repeated member gives one each. An empty path is the document itself. Accepts what `JSON.parse` accepts.
 * @throws JsonSyntaxError for other texts, VitrineError BAD_REQUEST for a value nested deeper than MAX_JSON_DEPTH
 */
export function scanJson(text: string, paths: readonly Path[]): Span[] {
  const reader = new Reader(text);
  const spans: Span[] = [];
  const frames: Frame[] = [];
  let active = paths;
  // The depth of the outermost value at a path that is open, or -1.
  let outermost = -1;
  for (;;) {
    reader.skipSpace();
    const from = active.some((path) => path.length === frames.length) ? reader.at : null;
    if (from !== null && outermost < 0) outermost = frames.length;
    const list = reader.peek("[");
    if (list || reader.peek("{")) {
      expectDepth(frames.length, outermost);
      frames.push({ list, paths: active, from });
      reader.at++;
      reader.skipSpace();
      if (!reader.peek(list ? "]" : "}")) {
        active = enterChild(reader, frames);
        continue;
      }
    } else {
      reader.skipScalar();
      if (from !== null) {
        spans.push({ from, to: reader.at });
        if (outermost === frames.length) outermost = -1;
      }
    }
    // After a value: close what ends with it, up to a comma before the next value.
    for (;;) {
      const open = frames.at(-1);
      reader.skipSpace();
      if (!open) {
        reader.expectEnd();
        return spans;
      }
      if (reader.peek(",")) {
        reader.at++;
        reader.skipSpace();
        active = enterChild(reader, frames);
        break;
      }
      reader.expect(open.list ? "]" : "}", open.list ? "a comma or ]" : "a comma or }");
      frames.pop();
      if (open.from === null) continue;
      spans.push({ from: open.from, to: reader.at });
      if (outermost === frames.length) outermost = -1;
    }
  }
}

/** Reads the name of the next member, if it has one, and gives the paths that lead into its value. */
function enterChild(reader: Reader, frames: readonly Frame[]): readonly Path[] {
  const open = frames.at(-1);
  if (!open) return [];
  if (open.list) return pathsThrough(open.paths, frames.length - 1, "*");
  const name = reader.readName(open.paths.length > 0);
  reader.skipSpace();
  reader.expect(":", "a colon");
  return name === null ? [] : pathsThrough(open.paths, frames.length - 1, name);
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

/** A position in a JSON text that only moves forward. Its methods throw JsonSyntaxError for anything unexpected. */
class Reader {
  at = 0;

  constructor(private readonly text: string) {}

  skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
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

  /** Skips a string, a number, `true`, `false` or `null`. */
  skipScalar(): void {
    if (this.peek('"')) this.skipString();
    else this.at = this.endOf(NUMBER) || this.endOf(WORD) || this.fail(this.at, "a value");
  }

  /** Skips the name of a member; returns it if it is needed, else null. */
  readName(isNeeded: boolean): string | null {
    if (!this.peek('"')) this.fail(this.at, "the name of a member");
    const from = this.at;
    this.skipString();
    if (!isNeeded) return null;
    const source = this.text.slice(from, this.at);
    return source.includes("\\") ? String(JSON.parse(source)) : source.slice(1, -1);
  }

  /** The end of a match at the current position, or 0. */
  private endOf(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    return pattern.test(this.text) ? pattern.lastIndex : 0;
  }

  private skipString(): void {
    const { text } = this;
    let at = this.at + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = at + 1;
        if (!ESCAPE.test(text)) this.fail(at, "a valid escape");
        at = ESCAPE.lastIndex;
      } else if (code >= 0x20) at++;
      else this.fail(at, "the end of the string (control characters must be escaped)");
    }
    this.at = at + 1;
  }

  private fail(at: number, expected: string): never {
    const place = at >= this.text.length ? "the end" : `position ${at}`;
    throw new JsonSyntaxError(at, `Invalid JSON at ${place}: expected ${expected}.`);
  }
}
