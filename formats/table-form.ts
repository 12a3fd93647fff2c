import { scanJsonInSteps } from "#contract/json-scan";
import { byteSource, type JsonSource, PAUSE } from "./json-source";
import { stringPieces } from "./json-text";
import { STEP } from "./steps";

/**
 * What a table is: a list of objects (a row each), a list of lists (a row each) or an object of lists (a column each).
 * The first of several lists is the head row if it has only strings.
 */
export interface TableForm {
  kind: "objects" | "lists" | "columns";
  /** The number of rows without the head row. */
  rows: number;
  /** The head row, or null. */
  head: number | null;
}

/** The form of the table that a source holds, or null if it holds none. Yields where the source pauses. */
export function* tableForm(source: JsonSource): Generator<void, TableForm | null> {
  const kind = source.kindOf(source.root);
  if (kind === "list") return yield* rowsForm(source);
  return kind === "object" ? yield* columnsForm(source) : null;
}

function* rowsForm(source: JsonSource): Generator<void, TableForm | null> {
  let rows = 0;
  let first = source.root;
  let kind: "object" | "list" = "list";
  for (const row of source.childrenOf(source.root)) {
    if (row === PAUSE) {
      yield;
      continue;
    }
    const rowKind = source.kindOf(row);
    if (rowKind !== "object" && rowKind !== "list") return null;
    if (rows === 0) [first, kind] = [row, rowKind];
    else if (rowKind !== kind) return null;
    rows += 1;
  }
  if (kind === "object") return { kind: "objects", rows, head: null };
  return rows > 1 && (yield* isHead(source, first))
    ? { kind: "lists", rows: rows - 1, head: first }
    : { kind: "lists", rows, head: null };
}

function* isHead(source: JsonSource, row: number): Generator<void, boolean> {
  let size = 0;
  for (const cell of source.childrenOf(row)) {
    if (cell === PAUSE) yield;
    else if (source.kindOf(cell) !== "text") return false;
    else size += 1;
  }
  return size > 0;
}

function* columnsForm(source: JsonSource): Generator<void, TableForm | null> {
  let columns = 0;
  let rows = 0;
  for (const column of source.childrenOf(source.root)) {
    if (column === PAUSE) {
      yield;
      continue;
    }
    if (source.kindOf(column) !== "list") return null;
    columns += 1;
    let size = 0;
    for (const cell of source.childrenOf(column)) {
      if (cell === PAUSE) yield;
      else size += 1;
    }
    rows = Math.max(rows, size);
  }
  return columns > 0 ? { kind: "columns", rows, head: null } : null;
}

/**
 * The number of rows of the table in a well-formed JSON text, or null if it holds none. Takes constant memory, except
 * for a JSON string that holds a table (as Prefect stores them), which is unescaped first. Yields every 256 KiB.
 */
export function* countRows(utf8: Uint8Array): Generator<void, number | null> {
  const source = byteSource(utf8);
  const inner = source.kindOf(source.root) === "text" ? yield* containerIn(utf8) : utf8;
  return (inner && (yield* tableForm(inner === utf8 ? source : byteSource(inner)))?.rows) ?? null;
}

const encoder = new TextEncoder();

/**
 * The object or list whose JSON is in a JSON string, in UTF-8; null for other strings. The numbers that JSON does not
 * have (`Infinity`, `-Infinity`, `NaN`) become strings. Yields every 256 KiB.
 * @param utf8 the JSON text of the string, alone or with spaces around it
 */
export function* containerIn(utf8: Uint8Array): Generator<void, Uint8Array | null> {
  const pieces: string[] = [];
  for (const piece of stringPieces(utf8)) {
    pieces.push(piece);
    if (pieces.length === 1 && !/^[ \t\n\r]*(?:[[{]|$)/.test(piece)) return null;
    yield;
  }
  const text = pieces.join("");
  yield;
  if (yield* isContainer(text)) return yield* encoded(pieces, utf8.length);
  // Python writes numbers that JSON does not have as words.
  const quoted = yield* withQuotedWords(text);
  if (quoted === null || !(yield* isContainer(quoted.join("")))) return null;
  return yield* encoded(quoted, utf8.length + 2 * quoted.length);
}

function* encoded(pieces: string[], maxBytes: number): Generator<void, Uint8Array> {
  const bytes = new Uint8Array(maxBytes);
  let at = 0;
  let pause = STEP;
  for (const piece of pieces) {
    at += encoder.encodeInto(piece, bytes.subarray(at)).written;
    if (at < pause) continue;
    yield;
    pause = at + STEP;
  }
  return bytes.subarray(0, at);
}

/**
 * The pieces of a JSON text in which `Infinity`, `-Infinity` and `NaN` are strings; null if it has none of them. Each
 * quoted word is a piece. Yields every 256 KiB.
 */
function* withQuotedWords(text: string): Generator<void, string[] | null> {
  const next = /"|-?Infinity|NaN/g;
  const pieces: string[] = [];
  let done = 0;
  let pause = STEP;
  for (let match = next.exec(text); match; match = next.exec(text)) {
    const [word] = match;
    if (word === '"') {
      next.lastIndex = afterString(text, next.lastIndex);
    } else {
      pieces.push(text.slice(done, match.index), `"${word}"`);
      done = next.lastIndex;
    }
    if (next.lastIndex < pause) continue;
    yield;
    pause = next.lastIndex + STEP;
  }
  return done === 0 ? null : [...pieces, text.slice(done)];
}

/** The position after the string whose first character is at `start`. */
function afterString(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** Whether a text is the JSON of an object or a list. Yields every 256 KiB. */
function* isContainer(text: string): Generator<void, boolean> {
  if (!/^[ \t\n\r]*[[{]/.test(text)) return false;
  try {
    yield* scanJsonInSteps(text, []);
    return true;
  } catch {
    return false;
  }
}
