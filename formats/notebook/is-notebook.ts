import type { Json } from "#contract/json";
import { itemsOf, membersOf } from "./text";

/** Whether data has the form of a notebook of nbformat 2, 3 or 4. */
export function isNotebook(data: Json): boolean {
  const notebook = membersOf(data);
  return typeof notebook.nbformat === "number" && cellsOf(notebook) !== null;
}

/** The cells of a notebook; null for other data. */
export function cellsOf(data: { [name: string]: Json }): Json[] | null {
  if (Array.isArray(data.cells)) return data.cells;
  // Those of nbformat 2 and 3 are in worksheets.
  if (!Array.isArray(data.worksheets)) return null;
  return data.worksheets.flatMap((sheet) => itemsOf(membersOf(sheet).cells));
}
