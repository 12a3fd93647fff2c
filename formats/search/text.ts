import { leavesOf } from "./json-leaves";
import { normalized, wordsOf } from "./words";

/** How many characters of words a version has in the index at most, and of the texts whose parts are found. */
export const MAX_TEXT = 256 * 1024;
const MAX_NAMES = 64 * 1024;

/** How many characters are normalized without a pause. */
const PIECE = 16_384;
/** How far before the end of a piece is looked for the end of a word. */
const LOOK_BACK = 1_000;
const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}\ud800-\udfff]/u;

/** What search finds a version by. */
export interface SearchText {
  /** Its words in their order, with a space between two of them, and a line break where a phrase must end. */
  words: string;
  /** Texts in which parts of words are found, in lines, normalized: the description and the names of columns. */
  names: string;
  /** Whether it has text beyond. */
  partial: boolean;
}

/** What of a version is searched beside its data. */
export interface SearchedFields {
  type: string | null;
  description: string | null;
  /** As JSON. */
  metadata: string | null;
  /** The number of rows where the data is a table. */
  rows: number | null;
}

/**
 * The text that search finds a version by: description and metadata, then of its data the text of strings, the columns and
 * cells of tables, and the names and values of other JSON, path and value together. Yields every 16 Ki characters.
 * @param data its JSON text or the beginning of one; null where it is not searched
 */
export function* searchText(
  { type, description, metadata, rows }: SearchedFields,
  data: string | null,
): Generator<void, SearchText> {
  const text = new Collected();
  if (description !== null) {
    text.addName(description);
    yield* text.add(description);
  }
  if (metadata !== null) yield* addJson(text, metadata);
  if (data !== null) yield* addData(text, type, data, rows);
  return text.result();
}

/** What a key is searched by beside its versions. */
export interface SearchedKey {
  key: string;
  title: string | null;
  description: string | null;
  links: readonly { url: string; text: string | null }[];
}

/** The text that search finds a key by: no parts of words are found in its links. */
export function searchTextOfKey({ key, title, description, links }: SearchedKey): SearchText {
  const named = searchTextOf([key, title, description].filter((each) => each !== null));
  const others = searchTextOf(links.flatMap(({ url, text }) => (text === null ? [url] : [text, url])));
  return { ...named, words: [named.words, others.words].filter((words) => words !== "").join("\n") };
}

/** The words of texts that have no version, each alone, and the texts themselves, as of a title. */
function searchTextOf(texts: readonly string[]): SearchText {
  const collected = new Collected();
  for (const text of texts) {
    collected.addName(text);
    for (const _ of collected.add(text));
  }
  return collected.result();
}

class Collected {
  #fields: string[] = [];
  #characters = 0;
  #names: string[] = [];
  #nameCharacters = 0;
  #partial = false;

  get isFull(): boolean {
    return this.#characters >= MAX_TEXT;
  }

  /** Adds the words of a text, with others before them, as one field; the others also where the text has none. */
  *add(text: string, before = ""): Generator<void, void> {
    const words: string[] = [];
    if (before !== "" && this.#take(before)) words.push(before);
    for (const piece of piecesOf(text)) {
      if (this.isFull) this.#partial = true;
      if (this.isFull) break;
      for (const word of wordsOf(normalized(piece))) {
        if (!this.#take(word)) break;
        words.push(word);
      }
      if (piece.length < text.length) yield;
    }
    if (words.length > 0) this.#fields.push(words.join(" "));
  }

  /** Whether words still fit. */
  #take(words: string): boolean {
    if (this.#characters + words.length + 1 > MAX_TEXT) {
      this.#characters = MAX_TEXT;
      this.#partial = true;
      return false;
    }
    this.#characters += words.length + 1;
    return true;
  }

  /** Notes that there is text beyond what was added. */
  endEarly(): void {
    this.#partial = true;
  }

  /** Adds a text in which parts of words are found. */
  addName(text: string): void {
    const left = MAX_NAMES - this.#nameCharacters;
    if (text.length > left) this.#partial = true;
    if (left <= 0) return;
    const name = nameOf(text.slice(0, left));
    if (name === "") return;
    this.#names.push(name);
    this.#nameCharacters += name.length + 1;
  }

  result(): SearchText {
    return { words: this.#fields.join("\n"), names: this.#names.join("\n"), partial: this.#partial };
  }
}

/** A text in which parts of words are found: normalized, in one line. */
export function nameOf(text: string): string {
  return normalized(text).replaceAll("\0", "").toWellFormed().replace(/\s+/g, " ").trim();
}

/** A text in pieces that end between words, unless there is no such place. */
function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let end = at + PIECE;
    if (end >= text.length) end = text.length;
    else {
      const least = end - LOOK_BACK;
      while (end > least && !BETWEEN_WORDS.test(text[end] ?? "")) end -= 1;
      if (end === least) end = at + PIECE;
    }
    yield text.slice(at, end);
    at = end;
  }
}

/** Base64 has no words. */
export const ENCODED = /^data:[^,]{0,200};base64,/i;

function* addData(text: Collected, type: string | null, json: string, rows: number | null): Generator<void, void> {
  const start = json.search(/\S/);
  if (json[start] === "[" || json[start] === "{") {
    yield* rows === null ? addJson(text, json) : addTable(text, json.slice(start), rows);
    return;
  }
  for (const { kind, text: value } of leavesOf(json)) {
    if (kind === "null" || ENCODED.test(value)) return;
    // Tables may be the text of JSON.
    if (rows !== null) yield* addTable(text, value.trimStart(), rows);
    else yield* addString(text, value, type === "markdown");
  }
}

function* addString(text: Collected, value: string, isMarkdown: boolean): Generator<void, void> {
  if (!isMarkdown || !value.includes("](")) return yield* text.add(value);
  // The addresses of links are not between the words of a sentence.
  const addresses: string[] = [];
  const readable = value.replace(/\]\(([^()\s]*)/g, (_, address: string) => {
    addresses.push(address);
    return "](";
  });
  yield* text.add(readable);
  for (const address of addresses) if (!ENCODED.test(address)) yield* text.add(address);
}

/** Each value with the names around it before. */
function* addJson(text: Collected, json: string): Generator<void, void> {
  yield* addLeaves(text, json, 0);
}

/** The values in JSON, each with those names around it that are deeper than a depth. */
function* addLeaves(
  text: Collected,
  json: string,
  below: number,
  onColumn?: (name: string) => Generator<void, void>,
  onCell?: (depth: number, child: number, value: string | null) => void,
): Generator<void, void> {
  const paths: string[] = [];
  let read = 0;
  for (const { kind, text: value, depth, child } of leavesOf(json)) {
    if (kind === "end") {
      paths.length = Math.min(paths.length, depth);
      continue;
    }
    if (kind === "null") {
      onCell?.(depth, child, null);
      continue;
    }
    if (text.isFull) return text.endEarly();
    read += value.length + 1;
    if (read > PIECE) {
      read = 0;
      yield;
    }
    if (kind === "name" && depth <= below) {
      paths.length = 0;
      if (depth === below && onColumn) yield* onColumn(value);
    } else if (kind === "name") {
      const around = pathAt(paths, depth - 1);
      const own = wordsOf(normalized(value.slice(0, PIECE))).join(" ");
      paths.length = Math.max(0, depth);
      paths[depth] = around !== "" && own !== "" ? `${around} ${own}` : around + own;
    } else {
      onCell?.(depth, child, kind === "string" ? value : null);
      if (ENCODED.test(value)) continue;
      yield* text.add(value, pathAt(paths, depth));
    }
  }
}

/** The names around a value: those of the nearest object that it is in. */
function pathAt(paths: string[], depth: number): string {
  for (let at = Math.min(depth, paths.length - 1); at > 0; at -= 1) {
    const path = paths[at];
    if (path !== undefined) return path;
  }
  return "";
}

/** The names of columns once, and the text of each cell. */
function* addTable(text: Collected, json: string, rows: number): Generator<void, void> {
  // Rows are objects in a list, or lists in a list; columns are lists in an object.
  const columnDepth = json[0] === "{" ? 1 : 2;
  const columns = new Set<string>();
  const head: string[] = [];
  let hasHead = json[0] === "[" && rows > 0;
  let headEnded = false;
  yield* addLeaves(
    text,
    json,
    columnDepth,
    function* (name) {
      hasHead = false;
      if (columns.has(name)) return;
      columns.add(name);
      text.addName(name);
      yield* text.add(name);
    },
    (depth, child, value) => {
      if (!hasHead || headEnded) return;
      if (child === 0 && depth === 2 && value !== null) head.push(value);
      else if (child === 0) hasHead = false;
      else {
        headEnded = true;
        for (const name of head) text.addName(name);
      }
    },
  );
}
