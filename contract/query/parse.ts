import { MAX_QUERY } from "../limits";
import { similarName } from "../rules/similar-name";
import { compile } from "./compile";
import { FIELD_NAMES, fieldOf, PRESENCES } from "./fields";
import { Scanner } from "./scanner";
import { type Comparison, fail, QueryError, type QueryNode, type QueryProblem, type Test, type Value } from "./tree";

/** The most conditions and texts in a query. */
const MAX_CONDITIONS = 50;
/** The most parentheses and negations within each other. */
const MAX_DEPTH = 20;

/** A query as a tree, null for an empty one; or what is wrong with it. */
export type ParsedQuery = { tree: QueryNode | null; problem: null } | { tree: null; problem: QueryProblem };

/**
 * Parses a query of at most 2,000 characters, with at most 50 conditions and 20 levels of parentheses. All its values are
 * checked, so that a parsed query can be compiled.
 */
export function parseQuery(text: string): ParsedQuery {
  try {
    const tree = treeOf(text);
    if (tree) compile(tree, 0);
    return { tree, problem: null };
  } catch (error) {
    if (error instanceof QueryError) return { tree: null, problem: error.problem };
    throw error;
  }
}

function treeOf(text: string): QueryNode | null {
  const all = { offset: 0, length: text.length };
  if (text.length > MAX_QUERY) fail(all, `more than ${MAX_QUERY} characters`);
  if (text.includes("\0") || !text.isWellFormed()) fail(all, "NUL characters or lone surrogates");
  const scanner = new Scanner(text);
  scanner.skipSpace();
  if (scanner.isAtEnd()) return null;
  const tree = new Parser(scanner).alternatives(0);
  if (!scanner.isAtEnd()) fail({ offset: scanner.at, length: 1 }, "a closing parenthesis without an opening one");
  return tree;
}

class Parser {
  private conditions = 0;

  constructor(private readonly scanner: Scanner) {}

  /** Parts joined by `or`. */
  alternatives(depth: number): QueryNode {
    const offset = this.scanner.at;
    const parts = [this.conjunction(depth)];
    while (this.takeKeyword(/^or$/i)) parts.push(this.conjunction(depth));
    return this.joined("or", parts, offset);
  }

  /** Parts joined by `and`, or by nothing. */
  private conjunction(depth: number): QueryNode {
    const offset = this.scanner.at;
    const parts: QueryNode[] = [];
    for (;;) {
      parts.push(this.part(depth));
      this.scanner.skipSpace();
      if (this.takeKeyword(/^and$/i)) continue;
      if (this.scanner.isAtEnd() || this.scanner.isAt(")") || /^or$/i.test(this.scanner.peekWord())) break;
    }
    return this.joined("and", parts, offset);
  }

  private joined(kind: "and" | "or", parts: QueryNode[], offset: number): QueryNode {
    const [first, ...more] = parts;
    if (first && more.length === 0) return first;
    const last = parts.at(-1) ?? first;
    return { kind, parts, offset, length: last ? last.offset + last.length - offset : 0 };
  }

  private takeKeyword(keyword: RegExp): boolean {
    this.scanner.skipSpace();
    if (!keyword.test(this.scanner.peekWord())) return false;
    this.scanner.takeWord();
    this.scanner.skipSpace();
    return true;
  }

  private part(depth: number): QueryNode {
    const { scanner } = this;
    const offset = scanner.at;
    if (depth > MAX_DEPTH) fail(scanner.ahead(), `more than ${MAX_DEPTH} parentheses and negations within each other`);
    if (scanner.isAtEnd()) fail({ offset: Math.max(0, offset - 1), length: 1 }, "a condition is missing at the end");
    if (scanner.isAt("-") || scanner.peekWord() === "NOT") {
      if (scanner.isAt("-")) scanner.at += 1;
      else this.takeKeyword(/^NOT$/);
      if (scanner.isAtEnd() || /\s/.test(scanner.text.charAt(scanner.at))) {
        fail({ offset, length: 1 }, "a negation without a condition right after it");
      }
      return { kind: "not", part: this.part(depth + 1), ...scanner.from(offset) };
    }
    if (scanner.isAt("(")) return this.group(depth);
    if (scanner.isAt(")")) fail({ offset, length: 1 }, "a condition is missing before the closing parenthesis");
    if (/^(?:and|or)$/i.test(scanner.peekWord())) fail(scanner.ahead(), "a condition is missing before this word");
    this.conditions += 1;
    if (this.conditions > MAX_CONDITIONS) fail(scanner.ahead(), `more than ${MAX_CONDITIONS} conditions`);
    return this.condition() ?? this.freeText();
  }

  private group(depth: number): QueryNode {
    const { scanner } = this;
    const offset = scanner.at;
    scanner.at += 1;
    scanner.skipSpace();
    const inner = this.alternatives(depth + 1);
    if (!scanner.isAt(")")) fail({ offset, length: 1 }, "an opening parenthesis without a closing one");
    scanner.at += 1;
    return { ...inner, ...scanner.from(offset) };
  }

  private freeText(): QueryNode {
    const { scanner } = this;
    const offset = scanner.at;
    if (scanner.isAt('"')) {
      const text = scanner.takeQuoted();
      if (!scanner.isAtBreak()) fail(scanner.ahead(), "a space is missing after the closing quotes");
      if (text.trim() === "") fail(scanner.from(offset), "an empty text");
      return { kind: "text", term: { text, kind: "phrase" }, ...scanner.from(offset) };
    }
    const word = scanner.takeWord();
    const place = scanner.from(offset);
    if (!scanner.isAtBreak()) fail(scanner.ahead(), "a space is missing before the quotes");
    const [, name, rest] = /^([A-Za-z][\w.-]*)([<>]=?.+|!?=.+)$/.exec(word) ?? [];
    if (name !== undefined && fieldOf(name))
      fail(place, `"${name}" without its colon`, `${name}:${rest?.replace(/^=/, "")}`);
    const text = word.replace(/\*+$/, "");
    if (text === "" || text.includes("*")) fail(place, "a * in free text that is not at the end of a word");
    return { kind: "text", term: { text, kind: text === word ? "word" : "prefix" }, ...place };
  }

  private condition(): QueryNode | null {
    const { scanner } = this;
    const offset = scanner.at;
    const named = scanner.takeName();
    if (!named) return null;
    const place = { offset, length: scanner.at - offset - 1 };
    const name = named.name.toLowerCase();
    if (name === "has") return this.presence(offset);
    if (named.first.toLowerCase() === "metadata") {
      if (named.path.length === 0) fail(place, "the name in the metadata is missing", "metadata.NAME");
      return {
        kind: "condition",
        field: "metadata",
        path: named.path,
        test: this.test("metadata"),
        ...scanner.from(offset),
      };
    }
    const field = fieldOf(name);
    if (!field) fail(place, `unknown operator "${named.name}"`, similarName(name, FIELD_NAMES) ?? null);
    return { kind: "condition", field: field.name, path: [], test: this.test(field.name), ...scanner.from(offset) };
  }

  /** What follows `has:`. */
  private presence(offset: number): QueryNode {
    const { scanner } = this;
    const start = scanner.at;
    const path = scanner.takePath("metadata");
    if (path) {
      const test: Test = { kind: "any", values: [{ pieces: ["", ""], quoted: false, ...scanner.from(start) }] };
      return { kind: "condition", field: "metadata", path, test, ...scanner.from(offset) };
    }
    const value = scanner.takeValue();
    if (!value) fail(scanner.from(offset), "a name is missing after has:", null);
    const name = value.pieces.join("*").toLowerCase();
    if (!PRESENCES.has(name)) {
      const known = [...PRESENCES.keys(), "metadata.NAME"];
      fail(value, `"${name}" is not something that can be absent`, similarName(name, known) ?? null);
    }
    const test: Test = { kind: "any", values: [{ ...value, pieces: [name], quoted: false }] };
    return { kind: "condition", field: "has", path: [], test, ...scanner.from(offset) };
  }

  private test(field: string): Test {
    const { scanner } = this;
    const signAt = scanner.at;
    const sign = scanner.takeSign();
    const first = scanner.takeValue();
    if (!first) {
      if (scanner.isAt("("))
        fail({ offset: scanner.at, length: 1 }, `several values are written with commas: ${field}:a,b`);
      fail({ offset: Math.max(0, signAt - 1), length: 1 + sign.length }, `the value of "${field}" is missing`);
    }
    if (/^(?:[<>=~]|!=)/.test(scanner.text.slice(first.offset)))
      fail(first, "a second sign; a value that begins with one is in quotes");
    if (isComparison(sign)) return { kind: "compare", comparison: sign, value: this.single(first) };
    if (sign === "~") return { kind: "like", value: this.single(first) };
    const range = sign === "" ? rangeOf(first, field) : null;
    if (range) {
      this.single(first);
      return range;
    }
    const values = [first];
    while (scanner.isAt(",")) {
      scanner.at += 1;
      const next = scanner.takeValue();
      if (!next) fail({ offset: scanner.at - 1, length: 1 }, "a value is missing after the comma");
      values.push(next);
    }
    return { kind: sign === "!=" ? "none" : sign === "=" && field === "metadata" ? "json" : "any", values };
  }

  private single(value: Value): Value {
    if (this.scanner.isAt(",")) fail({ offset: this.scanner.at, length: 1 }, "only one value is possible here");
    return value;
  }
}

function isComparison(sign: string): sign is Comparison {
  return /^[<>]=?$/.test(sign);
}

const RANGED: ReadonlySet<string> = new Set(["whole", "limit", "size", "number", "time", "age", "metadata"]);

/** `a..b`, `a..` or `..b` of operators that are compared. */
function rangeOf({ pieces, quoted, offset }: Value, name: string): Test | null {
  const [text = "", ...more] = pieces;
  if (quoted || more.length > 0 || !RANGED.has(fieldOf(name)?.kind ?? "")) return null;
  const at = text.indexOf("..");
  if (at < 0) return null;
  const toValue = (start: number, end: number): Value => ({
    pieces: [text.slice(start, end)],
    quoted: false,
    offset: offset + start,
    length: end - start,
  });
  const [from, to] = [toValue(0, at), toValue(at + 2, text.length)];
  if (from.length === 0 && to.length === 0) fail({ offset, length: 2 }, "a range without a number or date");
  if (to.length === 0) return { kind: "compare", comparison: ">=", value: from };
  if (from.length === 0) return { kind: "compare", comparison: "<=", value: to };
  return { kind: "range", from, to };
}
