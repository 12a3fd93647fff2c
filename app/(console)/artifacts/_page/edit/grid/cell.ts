import { type JsonKind, kindOfCode } from "#formats/json-index";
import { jsonProblem } from "#formats/json-problem";
import type { Cell, Sheet } from "./sheet";

/** What a cell holds; `missing` where its row has no value. */
export type CellKind = JsonKind | "missing";

export function kindOfCell(cell: Cell): CellKind {
  return cell === undefined ? "missing" : kindOfCode(cell.charCodeAt(0));
}

/** The text in which a cell is edited: strings without quotes, null and missing values as nothing, others as written. */
export function editText(cell: Cell): string {
  const kind = kindOfCell(cell);
  if (cell === undefined || kind === "null" || kind === "missing") return "";
  return kind === "text" ? String(JSON.parse(cell)) : cell;
}

/** The kind of most values in a column, null and missing ones aside; null if there are none. */
export function columnKind({ rows }: Sheet, column: number): JsonKind | null {
  const counts = new Map<JsonKind, number>();
  for (const { cells } of rows) {
    const kind = kindOfCell(cells[column]);
    if (kind !== "null" && kind !== "missing") counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

/**
 * The cell that a text makes. Text stays text; what replaces null or nothing is text in a column of texts. Elsewhere JSON
 * is read as such (`12`, `true`, `null`, `[1]`), nothing is null, and anything else is text.
 * @param previous what the cell held: it is returned as it is where the text is the same
 */
export function cellFromText(text: string, previous: Cell, kindOfColumn: JsonKind | null): Cell {
  if (text === editText(previous)) return previous;
  const kind = kindOfCell(previous);
  const isText = kind === "text" || ((kind === "null" || kind === "missing") && kindOfColumn === "text");
  if (isText) return JSON.stringify(text);
  const trimmed = text.trim();
  if (trimmed === "") return "null";
  return jsonProblem(trimmed) === null ? trimmed : JSON.stringify(text);
}

/** Whether a text reads like another value: JSON, nothing, or the words for no value. */
export function isAmbiguous(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === "" || trimmed === "no value" || jsonProblem(trimmed) === null;
}

/** A cell as another kind, or null if its value cannot be one. */
export function convertCell(cell: Cell, kind: CellKind): { cell: Cell } | null {
  if (kind === kindOfCell(cell)) return { cell };
  if (kind === "missing") return { cell: undefined };
  if (kind === "null") return { cell: "null" };
  const text = editText(cell);
  if (kind === "text") return { cell: JSON.stringify(text) };
  const trimmed = text.trim();
  if (trimmed === "") {
    const empty = EMPTY.get(kind);
    return empty === undefined ? null : { cell: empty };
  }
  return jsonProblem(trimmed) === null && kindOfCell(trimmed) === kind ? { cell: trimmed } : null;
}

/** What null and nothing become. */
const EMPTY = new Map<CellKind, string>([
  ["number", "0"],
  ["boolean", "false"],
  ["list", "[]"],
  ["object", "{}"],
]);
