import { fail, type Place, type Value } from "./tree";

const SPACE = /\s*/y;
/** What a word or value without quotes consists of. */
const BARE = /[^\s"(),]+/y;
const WORD = /[^\s"()]+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)("?)/suy;
/** A name before a colon: its parts after dots may be in quotes. */
const NAME = /([A-Za-z][A-Za-z0-9_-]*)((?:\.(?:"(?:[^"\\]|\\.)*"|[^\s"().,:<>=!~]+))*):/suy;
const DOTTED = /([A-Za-z]+)((?:\.(?:"(?:[^"\\]|\\.)*"|[^\s"().,:<>=!~]+))+)(?=[\s()]|$)/suy;
const PATH_PART = /\.(?:"((?:[^"\\]|\\.)*)"|([^.]+))/gsu;
const SIGN = />=|<=|!=|[><=~]/y;

/** Reads the smallest parts of a query, from left to right. */
export class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  skipSpace(): void {
    this.take(SPACE);
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether a text comes next. */
  isAt(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Whether a space, a parenthesis or the end comes next. */
  isAtBreak(): boolean {
    return this.isAtEnd() || /[\s()]/.test(this.text.charAt(this.at));
  }

  /** The place from an offset to here. */
  from(offset: number): Place {
    return { offset, length: this.at - offset };
  }

  /** The place of what comes next, up to a space. */
  ahead(): Place {
    return { offset: this.at, length: /^\S*/.exec(this.text.slice(this.at))?.[0].length ?? 0 };
  }

  /** A word without quotes, which is not taken. */
  peekWord(): string {
    WORD.lastIndex = this.at;
    return WORD.exec(this.text)?.[0] ?? "";
  }

  /** A name and its colon; null where none comes next. `name` has the dots of the text, `path` the parts after them. */
  takeName(): { first: string; name: string; path: string[] } | null {
    const match = this.take(NAME);
    if (!match) return null;
    const [, first = "", rest = ""] = match;
    return { first, name: first + rest, path: pathOf(rest) };
  }

  /** The parts after the dots of a name with some, up to a space; null where another name comes next. */
  takePath(first: string): string[] | null {
    const match = this.take(DOTTED);
    if (!match) return null;
    const [, name = "", rest = ""] = match;
    if (name.toLowerCase() === first) return pathOf(rest);
    this.at -= match[0].length;
    return null;
  }

  takeSign(): string {
    return this.take(SIGN)?.[0] ?? "";
  }

  /** The content of a text in quotes. @throws QueryError where they are not closed */
  takeQuoted(): string {
    const offset = this.at;
    const match = this.take(QUOTED);
    if (!match || match[2] === "") fail({ offset, length: this.text.length - offset }, 'a text without its closing "');
    return unescaped(match[1] ?? "");
  }

  /** A value with its wildcards; null where none comes next. */
  takeValue(): Value | null {
    const offset = this.at;
    const pieces = [""];
    let quoted = false;
    for (;;) {
      if (this.isAt('"')) {
        pieces.push((pieces.pop() ?? "") + this.takeQuoted());
        quoted = true;
        continue;
      }
      const bare = this.take(BARE)?.[0];
      if (bare === undefined) break;
      const [first = "", ...more] = bare.replace(/\*+/g, "*").split("*");
      pieces.push((pieces.pop() ?? "") + first, ...more);
    }
    const isQuoted = quoted && (pieces.length === 1 || pieces.some(Boolean));
    return this.at === offset ? null : { pieces, quoted: isQuoted, ...this.from(offset) };
  }

  takeWord(): string {
    return this.take(WORD)?.[0] ?? "";
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at += match[0].length;
    return match;
  }
}

function pathOf(dotted: string): string[] {
  return [...dotted.matchAll(PATH_PART)].map(([, quoted, bare = ""]) =>
    quoted === undefined ? bare : unescaped(quoted),
  );
}

function unescaped(quoted: string): string {
  return quoted.replace(/\\(.)/gsu, "$1");
}
