import { type CsvOptions, csvHead, csvRow } from "#formats/csv";
import { sourceOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { valueAt } from "#formats/table";

/** `cells` are separated by tabs, as spreadsheets paste them. */
export type ExportFormat = "csv" | "cells" | "json";

const MEDIA_TYPES = { csv: "text/csv", cells: "text/tab-separated-values", json: "application/json" };
/** Rows to a part of the blob: one string of all rows could exceed the longest string. */
const STRIDE = 1000;

/** Rows of a table (null: all) in the given order: as spreadsheet-safe text without a byte order mark, or a JSON list. */
export function exportRows(table: Table, order: Uint32Array | null, format: ExportFormat): Blob {
  const rows = order ?? Uint32Array.from({ length: table.rows }, (_, row) => row);
  const names = table.columns.map((name) => JSON.stringify(name));
  const isJson = format === "json";
  const options: CsvOptions = { separator: format === "cells" ? "\t" : "," };
  const parts: string[] = [isJson ? "[" : csvHead(table, options)];
  let lines = "";
  for (const [at, row] of rows.entries()) {
    lines += isJson ? `${at > 0 ? "," : ""}\n${objectOf(table, names, row)}` : csvRow(table, row, options);
    if (at % STRIDE < STRIDE - 1) continue;
    parts.push(lines);
    lines = "";
  }
  parts.push(lines, isJson ? "\n]\n" : "");
  return new Blob(parts, { type: MEDIA_TYPES[format] });
}

/** A row as a JSON object, with its values as they are written. */
export function rowJson(table: Table, row: number): string {
  return objectOf(
    table,
    table.columns.map((name) => JSON.stringify(name)),
    row,
  );
}

function objectOf(table: Table, names: string[], row: number): string {
  const members: string[] = [];
  for (const [column, name] of names.entries()) {
    const value = valueAt(table, row, column);
    if (value !== 0) members.push(`${name}:${sourceOf(table.values, value)}`);
  }
  return `{${members.join(",")}}`;
}
