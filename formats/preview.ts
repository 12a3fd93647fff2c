import { FILE, isFileType } from "#contract/file-type";
import { byteLength } from "#contract/json";
import { MAX_PREVIEW, type Preview } from "#contract/preview";
import { listedFiles } from "./files/file-list";
import { afterAnySpace, afterSpace, afterString, countChildren, firstChildren, type HeadValue } from "./json-head";
import { withLetters } from "./json-text";
import { isImageUrl, parseLink } from "./url";

/** How many characters of data a preview is made of; of an object of lists more, which has a column after another. */
const HEAD = 2048;
const HEAD_OF_COLUMNS = 65_536;
/** How many characters of a text, of a name or cell, and of a URL a preview has. */
const LENGTH = { text: 320, cell: 32, url: 200 };
const COLUMNS = 4;
const ROWS = 3;

/**
 * The preview of data; null where its number says it all, and for null. Takes as long for all data, except for the items of
 * large lists and objects: counting them, and skipping white space, yields every 256 KiB.
 * @param text the data as JSON
 * @param rows the number of rows where it is a table
 */
export function* previewOf(
  type: string | null | undefined,
  text: string,
  rows: number | null,
): Generator<void, Preview | null> {
  const files = isFileType(type) ? ofFiles(type, text) : null;
  if (files) return files;
  const start = yield* afterAnySpace(text, 0);
  const first = text[start];
  if (first === "t" || first === "f") return { kind: "text", text: text.trim() };
  if (first === '"') return ofString(type, text, start, rows);
  if (first !== "[" && first !== "{") return null;
  if (rows !== null) return ofTable(text, start, rows);
  const link = type === "link" && text.length <= HEAD ? ofLink(JSON.parse(text)) : null;
  return link ?? ofContainer(text.slice(0, start + HEAD), start, yield* countChildren(text, start));
}

const PATH = /"path"\s*:\s*("(?:[^"\\]|\\.)*")/g;

/** The name of a file, or the first paths of a folder; null for data of another form. */
function ofFiles(type: string, text: string): Preview | null {
  const paths =
    type === FILE && text.length <= HEAD
      ? listedFiles(type, JSON.parse(text))?.map(({ path }) => path)
      : [...text.slice(0, HEAD).matchAll(PATH)].map(([, path = ""]) => String(JSON.parse(path)));
  const names = paths?.join(", ") ?? "";
  return names === "" ? null : fitting((part) => ({ kind: "text", text: cut(names, LENGTH.text * part) }));
}

function ofString(type: string | null | undefined, text: string, start: number, rows: number | null): Preview | null {
  const value = decoded(text.slice(start, start + HEAD_OF_COLUMNS), rows === null ? HEAD / 2 : HEAD_OF_COLUMNS);
  if (rows !== null) return ofTable(value, afterSpace(value, 0), rows);
  if (type === "image" && isImageUrl(value)) return { kind: "image", embedded: /^data:/i.test(value) };
  const link = type === "link" ? ofLink(value) : null;
  const words = value.trim();
  return link ?? (words === "" ? null : fitting((part) => ({ kind: "text", text: cut(words, LENGTH.text * part) })));
}

function ofLink(value: Parameters<typeof parseLink>[0]): Preview | null {
  const link = parseLink(value);
  if (link === null) return null;
  return fitting((part) => ({
    kind: "link",
    url: cut(link.url, LENGTH.url * part),
    text: cut(link.text, LENGTH.url * part),
  }));
}

/** The corner of the table in a JSON text; see `tableForm` for what a table is. */
function ofTable(text: string, start: number, rows: number): Preview {
  const { columns, cells } =
    text[start] === "{" ? cornerOfColumns(text, start, rows) : cornerOfRows(text.slice(0, start + HEAD), start, rows);
  return fitting((part) => ({
    kind: "table",
    columns: columns.map((name) => cut(name, LENGTH.cell * part)),
    rows: cells.map((row) => row.map((cell) => cut(cell, LENGTH.cell * part))),
  }));
}

function cornerOfColumns(json: string, start: number, rows: number) {
  const text = json.slice(0, start + HEAD_OF_COLUMNS);
  const members = firstChildren(text, start, COLUMNS);
  const values = members.map(({ from }) => firstChildren(text, from, ROWS));
  return {
    columns: members.map(({ name }) => nameOf(name)),
    cells: Array.from({ length: Math.min(rows, ROWS) }, (_, row) =>
      values.map((column) => cellText(text, column[row])),
    ),
  };
}

function cornerOfRows(text: string, start: number, rows: number) {
  const found = firstChildren(text, start, ROWS + 1);
  // A row that is cut would show empty cells.
  const parts = found.filter(({ to }, index) => index === 0 || to <= text.length);
  const [first, second] = parts;
  if (first === undefined) return { columns: [], cells: [] };
  if (text[first.from] === "{") return cornerOfObjects(text, parts.slice(0, ROWS));
  const head = firstChildren(text, first.from, Number.POSITIVE_INFINITY);
  const hasHead = head.length > 0 && rows > 0 && second !== undefined && head.every(({ from }) => text[from] === '"');
  const lists = (hasHead ? parts.slice(1) : parts.slice(0, ROWS)).map(({ from }) => firstChildren(text, from, COLUMNS));
  const width = Math.max(...lists.map(({ length }) => length), hasHead ? Math.min(head.length, COLUMNS) : 0);
  const names = Array.from({ length: width }, (_, column) =>
    hasHead && head[column] ? cellText(text, head[column]) : `${column + 1}`,
  );
  return { columns: names, cells: lists.map((list) => names.map((_, column) => cellText(text, list[column]))) };
}

function cornerOfObjects(text: string, parts: HeadValue[]) {
  const rows = parts.map(({ from }) => {
    const members = firstChildren(text, from, 4 * COLUMNS);
    return new Map(members.map((member) => [nameOf(member.name), member]));
  });
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))].slice(0, COLUMNS);
  return { columns, cells: rows.map((row) => columns.map((name) => cellText(text, row.get(name)))) };
}

function ofContainer(text: string, start: number, items: number): Preview {
  const first = firstChildren(text, start, COLUMNS);
  const short = (value: HeadValue, part: number) => cut(valueText(text, value), LENGTH.cell * part);
  if (text[start] === "[") {
    return fitting((part) => ({ kind: "list", items, first: first.map((item) => short(item, part)) }));
  }
  return fitting((part) => ({
    kind: "object",
    items,
    first: first.map((member) => [cut(nameOf(member.name), LENGTH.cell * part), short(member, part)]),
  }));
}

function nameOf(json: string | null): string {
  return json === null ? "" : decoded(json, 8 * LENGTH.cell);
}

function cellText(text: string, value: HeadValue | undefined): string {
  if (value === undefined) return "";
  return text.startsWith("null", value.from) ? "" : valueText(text, value);
}

/** Strings without quotes, others as they are written. */
function valueText(text: string, { from, to }: HeadValue): string {
  const json = text.slice(from, Math.min(to, from + 8 * LENGTH.cell));
  return json.startsWith('"') ? decoded(json, json.length) : withLetters(json);
}

/** The string that a JSON text is, or its beginning, made of at most so many characters. */
function decoded(json: string, atMost: number): string {
  const end = afterString(json, 0) - 1;
  const literal = end <= atMost && end < json.length ? json.slice(1, end) : withoutCutEscape(json.slice(1, atMost));
  return literal.includes("\\") ? JSON.parse(`"${literal}"`) : literal;
}

/** The beginning of a JSON string without an escape that its end cuts. */
function withoutCutEscape(literal: string): string {
  const [, backslashes = ""] = /(\\+)(?:u[\da-f]{0,3})?$/i.exec(literal) ?? [];
  return backslashes.length % 2 === 0 ? literal : literal.slice(0, literal.lastIndexOf("\\"));
}

/** The longest preview within the limit, of shorter and shorter texts. */
function fitting(make: (part: number) => Preview): Preview {
  for (let part = 1; ; part /= 2) {
    const preview = make(part);
    const json = JSON.stringify(preview);
    // A UTF-16 unit has at most three bytes.
    if (3 * json.length <= MAX_PREVIEW || byteLength(json) <= MAX_PREVIEW) return preview;
  }
}

/** A text of at most so many characters, without what PostgreSQL's JSON or UTF-8 cannot have. */
function cut(text: string, length: number): string {
  const short = text.length <= length ? text : text.slice(0, Math.floor(length));
  return short.replaceAll("\0", "").toWellFormed();
}
