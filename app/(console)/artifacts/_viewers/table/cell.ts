import { kindOf, sourceOf, textOf } from "#formats/json-index";
import type { Table } from "#formats/table";

/** The value in a cell; 0 for a missing one. */
export function valueAt({ cells, columns }: Table, row: number, column: number): number {
  return cells[row * columns.length + column] ?? 0;
}

/** A string's content, any other value as it was written; empty for null and missing. Cut after about `maxBytes`. */
export function cellText({ values }: Table, value: number, maxBytes?: number): string {
  if (value === 0) return "";
  const kind = kindOf(values, value);
  if (kind === "null") return "";
  return kind === "text" ? textOf(values, value, maxBytes) : sourceOf(values, value, maxBytes);
}
