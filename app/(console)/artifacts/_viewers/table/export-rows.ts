import { csvHead, csvRow } from "#formats/csv";
import { sourceOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { valueAt } from "./cell";

const TYPES = { csv: "text/csv", json: "application/json" };
const STRIDE = 1000;

/** Rows of a table as a file, in the order given (all of them where it is null): CSV, or JSON as a list of objects. */
export function exportRows(table: Table, order: Uint32Array | null, form: "csv" | "json"): Blob {
  const rows = order ?? Uint32Array.from({ length: table.rows }, (_, row) => row);
  const names = table.columns.map((name) => JSON.stringify(name));
  const parts: string[] = [form === "csv" ? csvHead(table) : "["];
  let lines = "";
  for (const [at, row] of rows.entries()) {
    lines += form === "csv" ? csvRow(table, row) : `${at > 0 ? "," : ""}\n${objectOf(table, names, row)}`;
    if (at % STRIDE < STRIDE - 1) continue;
    parts.push(lines);
    lines = "";
  }
  parts.push(lines, form === "csv" ? "" : "\n]\n");
  return new Blob(parts, { type: TYPES[form] });
}

function objectOf(table: Table, names: string[], row: number): string {
  const members: string[] = [];
  for (const [column, name] of names.entries()) {
    const value = valueAt(table, row, column);
    if (value !== 0) members.push(`${name}:${sourceOf(table.values, value)}`);
  }
  return `{${members.join(",")}}`;
}
