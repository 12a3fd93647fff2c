import type { Pace } from "../steps";
import { leavesOf } from "./json-leaves";
import { inOrder, type Mark, marksByTerm } from "./marks";
import type { ParsedTerm } from "./term";
import { ENCODED } from "./text";

/** What of a data is shown where search found it, with the words marked. */
export interface DataMatch {
  /** Some of the text, where it has most of the terms. */
  text: string;
  marks: Mark[];
  /** Of a table: the rows that match, from 1, and whether there are more; and the name of the column of the text. */
  rows?: number[];
  moreRows?: boolean;
  /** At most 200 characters of it. */
  column?: string;
  /** Of JSON: the names and positions on the way to the value; absent where they have more than 2,000 characters. */
  path?: (string | number)[];
  /** Of markdown: the heading before the text. */
  heading?: string;
}

/** The rows of a table, and the marks of a text, that are listed at most. */
const MAX_ROWS = 10;
export const MAX_MARKS = 10;
/** Among how many marks of each term the passage with most of the terms is looked for. */
const MAX_COMPARED = 100;
/** How much of a text is shown before the first mark, and in all. */
const BEFORE = 40;
const LENGTH = 160;
/** How much is read of each name around a value, and of all of them about, from the nearest on; how much of a heading. */
const MAX_LABEL = 200;
/** How many characters of a heading are read. */
const MAX_HEADING = 1_000;
/** How many characters a path has in all. */
const MAX_PATH = 2_000;
/** As how many characters a line counts, however short it is. */
const LINE = 4;

/**
 * Where data has what terms find; null where it has none of them. Yields where the pace has a pause.
 * @param json its JSON text or the beginning of one
 * @param rows the number of rows where it is a table
 */
export function* whyData(
  json: string,
  { type, rows }: { type: string | null; rows: number | null },
  terms: readonly ParsedTerm[],
  pace: Pace,
): Generator<void, DataMatch | null> {
  const start = json.search(/\S/);
  const isContainer = json[start] === "[" || json[start] === "{";
  if (isContainer && rows === null) return yield* whyJson(json, terms, pace);
  if (isContainer) return yield* whyTable(json.slice(start), rows ?? 0, terms, pace);
  for (const { kind, text } of leavesOf(json)) {
    if (kind === "null" || ENCODED.test(text)) return null;
    if (rows !== null) return yield* whyTable(text.trimStart(), rows, terms, pace);
    return yield* whyText(text, type === "markdown", terms, pace);
  }
  return null;
}

function* whyText(
  text: string,
  isMarkdown: boolean,
  terms: readonly ParsedTerm[],
  pace: Pace,
): Generator<void, DataMatch | null> {
  const byTerm = yield* marksByTerm(text, terms, false, terms.length > 1 ? MAX_COMPARED : MAX_MARKS, pace);
  const marks = passageOf(byTerm);
  const [first] = marks;
  if (!first) return null;
  const heading = isMarkdown ? yield* headingBefore(text, first[1], pace) : null;
  return { ...snippetOf(text, marks), ...(heading === null ? {} : { heading }) };
}

/** The marks from where a snippet has most of the terms on, closest together, the first of equal ones. */
function passageOf(byTerm: Mark[][]): Mark[] {
  const all = byTerm
    .flatMap((marks, term) => marks.map((mark) => ({ mark, term })))
    .sort((one, other) => one.mark[0] - other.mark[0]);
  let best = { from: 0, terms: 0, length: 0 };
  for (const [at, first] of all.entries()) {
    const found = new Set<number>();
    for (let next = at; next < all.length; next += 1) {
      const { mark, term } = all[next] ?? first;
      const length = mark[1] - first.mark[0];
      if (next > at && length > LENGTH - BEFORE) break;
      if (found.has(term)) continue;
      found.add(term);
      const isBetter = found.size > best.terms || (found.size === best.terms && length < best.length);
      if (found.size > 1 ? isBetter : best.terms === 0) best = { from: first.mark[0], terms: found.size, length };
    }
  }
  return inOrder(all.flatMap(({ mark }) => (mark[0] >= best.from ? [mark] : []))).slice(0, MAX_MARKS);
}

/** The text of the last heading up to an offset, at most 200 characters; not of a line in a block of code. */
function* headingBefore(text: string, end: number, pace: Pace): Generator<void, string | null> {
  let fence = "";
  let heading: number | null = null;
  for (let at = 0; at < end; ) {
    const lineEnd = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
    const line = text.slice(at, Math.min(lineEnd, end));
    if (pace.isDue(line.length + LINE)) yield;
    const [, marker = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (marker !== "" && (fence === "" || marker.startsWith(fence))) fence = fence === "" ? marker : "";
    else if (fence === "" && /^ {0,3}#{1,6}[ \t]/.test(line)) heading = at;
    at = lineEnd + 1;
  }
  if (heading === null) return null;
  const [line = ""] = text
    .slice(heading, heading + MAX_HEADING)
    .trimStart()
    .split("\n");
  const shown = withoutMarkup(line.replace(/^#{1,6}[ \t]+/, "").trimEnd());
  return cut(shown.replace(/[ \t]+#+$/, "").trim(), MAX_LABEL);
}

/** A heading without images, tags and the addresses of links; as it is where nothing else is in it. */
function withoutMarkup(heading: string): string {
  const plain = heading
    .replace(/!\[[^[\]]*\]\([^()]*\)/g, "")
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/<[^<>]*>/g, "");
  return plain.trim() === "" ? heading : plain;
}

/** The value that has most of the terms, the first of equal ones. */
function* whyJson(json: string, terms: readonly ParsedTerm[], pace: Pace): Generator<void, DataMatch | null> {
  let best: DataMatch | null = null;
  let most = 0;
  for (const { kind, text, path } of leavesOf(json)) {
    if (pace.isDue(text.length + 1)) yield;
    if (kind === "end" || kind === "null" || kind === "name" || ENCODED.test(text)) continue;
    const names = path();
    const label = labelOf(names);
    if (pace.isDue(names.length + label.length)) yield;
    const shown = label === "" ? text : `${label}: ${text}`;
    const byTerm = yield* marksByTerm(shown, terms, false, MAX_MARKS, pace);
    const has = termsIn(byTerm);
    if (has > most) best = { ...snippetOf(shown, passageOf(byTerm)), ...pathOf(names) };
    most = Math.max(most, has);
    if (most === terms.length) break;
  }
  return best;
}

function termsIn(byTerm: Mark[][]): number {
  return byTerm.filter((marks) => marks.length > 0).length;
}

function pathOf(names: (string | number)[]): { path?: (string | number)[] } {
  const length = names.reduce((sum: number, name) => sum + String(name).length, 0);
  return length > MAX_PATH ? {} : { path: names };
}

/** The names around a value, each one cut, the nearest ones where they are long. */
function labelOf(path: readonly (string | number)[]): string {
  const names: string[] = [];
  let length = 0;
  for (let at = path.length - 1; at >= 0 && length < MAX_LABEL; at -= 1) {
    const name = path[at];
    if (typeof name !== "string") continue;
    names.unshift(cut(name, MAX_LABEL));
    length += name.length + 1;
  }
  return names.join(".");
}

function* whyTable(
  json: string,
  rows: number,
  terms: readonly ParsedTerm[],
  pace: Pace,
): Generator<void, DataMatch | null> {
  const isColumns = json[0] === "{";
  const lists = !isColumns && isListOfLists(json);
  const head = lists ? yield* headOf(json, rows, pace) : [];
  let match: DataMatch | null = null;
  const found: number[] = [];
  let most = 0;
  for (const { kind, text, depth, child, path } of leavesOf(json)) {
    if (pace.isDue(text.length + 1)) yield;
    if (kind === "end" || kind === "null" || ENCODED.test(text)) continue;
    const isColumnName = kind === "name" && depth === (isColumns ? 1 : 2);
    if (kind === "name" && !isColumnName) continue;
    const isHead = head.length > 0 && child === 0;
    const byTerm = yield* marksByTerm(text, terms, isColumnName || isHead, MAX_MARKS, pace);
    const has = termsIn(byTerm);
    if (has === 0) continue;
    const snippet = snippetOf(text, passageOf(byTerm));
    const [outer = 0, inner = 0] = path();
    if (pace.isDue(depth)) yield;
    if (isColumnName) {
      match ??= { ...snippet, column: cut(text, MAX_LABEL) };
      continue;
    }
    const at = Number(isColumns ? inner : outer) - (head.length > 0 ? 1 : 0);
    const column = isColumns ? outer : lists ? (head[Number(inner)] ?? Number(inner) + 1) : inner;
    if (at < 0) {
      match ??= { ...snippet, column: cut(text, MAX_LABEL) };
      continue;
    }
    // The cell with most of the terms is shown.
    if (has > most) match = { ...snippet, column: cut(String(column), MAX_LABEL) };
    most = Math.max(most, has);
    if (found.includes(at + 1)) continue;
    if (found.length === MAX_ROWS)
      return { ...match, text: match?.text ?? "", marks: match?.marks ?? [], ...rowsOf(found), moreRows: true };
    found.push(at + 1);
  }
  if (match === null || found.length === 0) return match;
  return { ...match, ...rowsOf(found) };
}

function rowsOf(found: number[]): { rows: number[] } {
  return { rows: found.toSorted((one, other) => one - other) };
}

function isListOfLists(json: string): boolean {
  return /^\[\s*\[/.test(json);
}

/** The names in the head row of a list of lists; none without one. */
function* headOf(json: string, rows: number, pace: Pace): Generator<void, string[]> {
  const names: string[] = [];
  for (const { kind, text, depth, child } of leavesOf(json)) {
    if (pace.isDue(text.length + 1)) yield;
    if (child > 0) return rows > 0 ? names : [];
    if (kind === "end") continue;
    if (kind !== "string" || depth !== 2) return [];
    names.push(text);
  }
  return [];
}

/** A text around its first mark in one line of at most 160 characters, with an ellipsis where it is cut. */
export function snippetOf(text: string, marks: readonly Mark[]): { text: string; marks: Mark[] } {
  const first = marks[0]?.[0] ?? 0;
  const from = first <= BEFORE ? 0 : boundary(text, first - BEFORE, first);
  const to = from + LENGTH >= text.length ? text.length : pairEnd(text, from + LENGTH);
  const before = from > 0 ? "…" : "";
  const after = to < text.length ? "…" : "";
  const shift = before.length - from;
  return {
    text: before + text.slice(from, to).replace(/\s/g, " ") + after,
    marks: marks.flatMap(([start, end]): Mark[] => (start < to ? [[start + shift, Math.min(end, to) + shift]] : [])),
  };
}

/** The beginning of the first word from an offset on. */
function boundary(text: string, from: number, atMost: number): number {
  const space = text.slice(from, atMost).search(/\s\S/);
  return space >= 0 ? from + space + 1 : pairEnd(text, from);
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, pairEnd(text, length));
}

/** An offset that is not within a surrogate pair. */
function pairEnd(text: string, at: number): number {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at + 1 : at;
}
