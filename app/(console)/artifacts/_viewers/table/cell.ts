import { kindOf, sourceOf, textOf } from "#formats/json-index";
import type { Table } from "#formats/table";

/** The value in a cell, or 0 where the row has none there. */
export function valueAt({ cells, columns }: Table, row: number, column: number): number {
  return cells[row * columns.length + column] ?? 0;
}

/** What a cell says: text without its quotation marks, everything else as it was written, null and missing as nothing. */
export function cellText({ values }: Table, value: number, most?: number): string {
  if (value === 0) return "";
  const kind = kindOf(values, value);
  if (kind === "null") return "";
  return kind === "text" ? textOf(values, value, most) : sourceOf(values, value, most);
}
