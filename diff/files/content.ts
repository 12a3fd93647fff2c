import { decodeText } from "#formats/delimited/encoding";
import { typeOfContent } from "#formats/files/content-type";
import type { DiffForm } from "#formats/files/file-kind";
import type { ListedFile } from "#formats/files/file-list";
import { sourceOf } from "#formats/json-index";
import { jsonProblem } from "#formats/json-problem";
import { formatCount } from "#formats/number";
import { type Table, valueAt } from "#formats/table";

/** A file that was read: JSON text, or a table of which as many rows are compared as both sides can have. */
export type ReadContent = { text: string } | { table: Table; rows: number; of: number; notes: string[] };

/** Of a table: no more is compared. */
const MAX_CELLS = 2_000_000;
const MAX_TABLE_BYTES = 48_000_000;

const TABLES: readonly DiffForm[] = ["delimited", "json-lines", "parquet", "arrow"];

/** The type of data that the content of a file is compared as. */
export function comparedType(form: DiffForm, file: Pick<ListedFile, "path" | "mediaType">): string | null {
  return TABLES.includes(form) ? "table" : typeOfContent(file);
}

/** The content of a text: JSON as it is, any other as a string. */
export function contentOfText(form: DiffForm, bytes: Uint8Array): ReadContent {
  const text = decodeText(bytes);
  return { text: form === "json" && !jsonProblem(text) ? text : JSON.stringify(text) };
}

/** @param of how many rows the file has, where not all are read */
export function contentOfTable(table: Table, notes: string[], of = table.rows): ReadContent {
  return { table, rows: comparableRows(table), of, notes };
}

function comparableRows({ rows, columns, values: { bytes } }: Table): number {
  const byCells = MAX_CELLS / Math.max(1, columns.length);
  const bySize = bytes.length > MAX_TABLE_BYTES ? (rows * MAX_TABLE_BYTES) / bytes.length : rows;
  return Math.floor(Math.min(rows, byCells, bySize));
}

/** The JSON texts of two files, and what has to be said about how they were read. */
export function jsonOfBoth(from: ReadContent, to: ReadContent): { texts: [string, string]; notes: string[] } {
  const tables = [from, to].flatMap((side) => ("table" in side ? [side] : []));
  // A whole side may be shorter than what is read of the other: what that has more is a difference.
  const cut = tables.filter(({ rows, of }) => rows < of);
  const rows = Math.min(...cut.map((side) => side.rows));
  const textOf = (side: ReadContent) => ("table" in side ? jsonOfTable(side.table, rows) : side.text);
  const notes = [
    ...new Set(tables.flatMap((side) => side.notes)),
    ...(cut.length > 0 ? [`Only the first ${formatCount(rows)} rows of each file are compared.`] : []),
  ];
  return { texts: [textOf(from), textOf(to)], notes };
}

/** The first rows of a table as JSON objects, which all have all columns. */
function jsonOfTable({ columns, ...table }: Table, most: number): string {
  const names = uniqueNames(columns).map((name) => JSON.stringify(name));
  const rows = Math.min(table.rows, most);
  if (rows === 0) return `{${names.map((name) => `${name}:[]`).join(",")}}`;
  const lines = Array.from({ length: rows }, (_, row) => {
    const members = names.map((name, column) => {
      const value = valueAt({ columns, ...table }, row, column);
      return `${name}:${value === 0 ? "null" : sourceOf(table.values, value)}`;
    });
    return `{${members.join(",")}}`;
  });
  return `[${lines.join(",\n")}]`;
}

/** `a`, `a (2)`, … */
function uniqueNames(names: string[]): string[] {
  const taken = new Set(names);
  const counts = new Map<string, number>();
  return names.map((name) => {
    let count = (counts.get(name) ?? 0) + 1;
    while (count > 1 && taken.has(`${name} (${count})`)) count += 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
