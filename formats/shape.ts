import type { Json } from "#contract/json";

/** A table as its renderer wants it: names of columns, and rows of cells by position; a missing cell is undefined. */
export interface ParsedTable {
  columns: string[];
  rows: (Json | undefined)[][];
}

/** The table in data of type table (a list of objects, a list of lists, an object of lists, or a JSON string of one), or null. */
export function tableOf(data: Json): ParsedTable | null {
  if (typeof data === "string") return tableOfText(data);
  if (Array.isArray(data)) return tableOfList(data);
  if (data !== null && typeof data === "object") return tableOfColumns(data);
  return null;
}

function tableOfText(text: string): ParsedTable | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    const data: Json = JSON.parse(text);
    return typeof data === "string" ? null : tableOf(data);
  } catch {
    return null;
  }
}

function tableOfList(list: Json[]): ParsedTable | null {
  if (list.length === 0) return { columns: [], rows: [] };
  if (list.every(Array.isArray)) return tableOfRows(list);
  if (!list.every(isRecord)) return null;
  const position = new Map<string, number>();
  for (const row of list) {
    for (const name of Object.keys(row)) if (!position.has(name)) position.set(name, position.size);
  }
  const columns = [...position.keys()];
  return {
    columns,
    rows: list.map((row) => columns.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))),
  };
}

/** A list of lists: the first is the head where it is all text and another follows. */
function tableOfRows(list: Json[][]): ParsedTable {
  const [first = [], ...rest] = list;
  const headed = rest.length > 0 && first.length > 0 && first.every((cell) => typeof cell === "string");
  const rows = headed ? rest : list;
  const width = list.reduce((widest, row) => Math.max(widest, row.length), 0);
  const columns = Array.from({ length: width }, (_, index) => {
    const name = headed ? first[index] : undefined;
    return typeof name === "string" ? name : `${index + 1}`;
  });
  return { columns, rows: rows.map((row) => columns.map((_, index) => row[index])) };
}

function tableOfColumns(data: { [key: string]: Json }): ParsedTable | null {
  const entries = Object.entries(data);
  if (entries.length === 0) return null;
  const lists: Json[][] = [];
  for (const [, value] of entries) {
    if (!Array.isArray(value)) return null;
    lists.push(value);
  }
  const height = lists.reduce((tallest, list) => Math.max(tallest, list.length), 0);
  const rows = Array.from({ length: height }, (_, index) => lists.map((list) => list[index]));
  return { columns: entries.map(([name]) => name), rows };
}

function isRecord(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Whether the filled cells of a column are all numbers, judged by its first thousand rows. */
export function isNumeric(rows: ParsedTable["rows"], column: number): boolean {
  let filled = 0;
  for (const row of rows.slice(0, 1000)) {
    const cell = row[column];
    if (cell === undefined || cell === null) continue;
    if (typeof cell !== "number") return false;
    filled += 1;
  }
  return filled > 0;
}

/** A cell as text: numbers in full, null and missing as nothing, lists and objects as JSON. */
export function cellText(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return "";
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

/** A link's address and words: `{ url, text? }`, a markdown link, or a bare address; null for anything else. */
export function parseLink(data: Json): { url: string; text: string } | null {
  if (data !== null && typeof data === "object" && !Array.isArray(data)) {
    if (typeof data.url !== "string") return null;
    return { url: data.url, text: typeof data.text === "string" && data.text ? data.text : data.url };
  }
  if (typeof data !== "string") return null;
  const markdown = /^\s*\[([^\]]*)\]\(\s*<?([^\s>)]+)>?(?:\s+"[^"]*")?\s*\)\s*$/.exec(data);
  if (markdown) return { url: markdown[2] ?? "", text: markdown[1] || markdown[2] || "" };
  return /^\s*https?:\/\/\S+\s*$/.test(data) ? { url: data.trim(), text: data.trim() } : null;
}

/** An address that is safe to follow: http, https or mailto, as the browser will read it; else null. */
export function safeUrl(url: string): URL | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed : null;
}

/** Whether a text is the address of a picture, or holds one. */
export function isPicture(address: string): boolean {
  return /^data:image\//i.test(address) || /^https?:\/\//i.test(address) || address.startsWith("/");
}
