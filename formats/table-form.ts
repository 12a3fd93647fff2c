import { scanJson } from "#contract/json-scan";
import { type JsonSource, textSource } from "./json-source";

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

/** The form of the table that a source holds, or null if it holds none. */
export function tableForm(source: JsonSource): TableForm | null {
  const kind = source.kindOf(source.root);
  if (kind === "list") return rowsForm(source);
  return kind === "object" ? columnsForm(source) : null;
}

function rowsForm(source: JsonSource): TableForm | null {
  let rows = 0;
  let first = source.root;
  let kind: "object" | "list" = "list";
  for (const row of source.childrenOf(source.root)) {
    const rowKind = source.kindOf(row);
    if (rowKind !== "object" && rowKind !== "list") return null;
    if (rows === 0) [first, kind] = [row, rowKind];
    else if (rowKind !== kind) return null;
    rows += 1;
  }
  if (kind === "object") return { kind: "objects", rows, head: null };
  return rows > 1 && isHead(source, first)
    ? { kind: "lists", rows: rows - 1, head: first }
    : { kind: "lists", rows, head: null };
}

function isHead(source: JsonSource, row: number): boolean {
  let size = 0;
  for (const cell of source.childrenOf(row)) {
    if (source.kindOf(cell) !== "text") return false;
    size += 1;
  }
  return size > 0;
}

function columnsForm(source: JsonSource): TableForm | null {
  let columns = 0;
  let rows = 0;
  for (const column of source.childrenOf(source.root)) {
    if (source.kindOf(column) !== "list") return null;
    columns += 1;
    rows = Math.max(rows, source.sizeOf(column));
  }
  return columns > 0 ? { kind: "columns", rows, head: null } : null;
}

/**
 * The number of rows of the table in a well-formed JSON text, or null if it holds none. Takes constant memory, except
 * for a JSON string that holds a table (as Prefect stores them), which is unescaped first.
 */
export function countRows(text: string): number | null {
  const source = textSource(text);
  if (source.kindOf(source.root) !== "text") return tableForm(source)?.rows ?? null;
  const inner: unknown = JSON.parse(text);
  if (typeof inner !== "string" || !isContainer(inner)) return null;
  return tableForm(textSource(inner))?.rows ?? null;
}

/** Whether a text is the JSON of an object or a list. */
export function isContainer(text: string): boolean {
  if (!/^[ \t\n\r]*[[{]/.test(text)) return false;
  try {
    scanJson(text, []);
    return true;
  } catch {
    return false;
  }
}
