import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cellText, valueAt } from "./cell";

/** What all filled cells of a column are; `mixed` where they are not one thing, `json` where they are lists or objects. */
export type ColumnType = "number" | "date" | "boolean" | "link" | "text" | "json" | "mixed" | "empty";

/** A column: its name, what is in it, and how many letters wide it wants to be. */
export interface Column {
  name: string;
  type: ColumnType;
  width: number;
}

const SAMPLE = 200;
/** What stands beside the name in a head, in letters. */
const HEAD_CHARACTERS = 7;
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const LINK = /^https?:\/\/\S+$/i;

/** The columns of a table; their types are judged by every row, what a text is by a sample of them. */
export function columnsOf(table: Table): Column[] {
  return table.columns.map((name, column) => {
    const kinds = new Set<string>();
    for (let row = 0; row < table.rows; row += 1) {
      const value = valueAt(table, row, column);
      if (value === 0) continue;
      const kind = kindOf(table.values, value);
      if (kind !== "null") kinds.add(kind);
      if (kinds.size > 1) break;
    }
    const sample = sampleOf(table, column);
    const letters = sample.reduce((widest, text) => Math.max(widest, text.length), name.length + HEAD_CHARACTERS);
    return { name, type: typeOf([...kinds], sample), width: Math.min(letters, 60) };
  });
}

function typeOf(kinds: string[], sample: string[]): ColumnType {
  const [kind, other] = kinds;
  if (kind === undefined) return "empty";
  if (other !== undefined) return "mixed";
  if (kind === "object" || kind === "list") return "json";
  if (kind === "number" || kind === "boolean") return kind;
  const every = (shape: RegExp) => sample.length > 0 && sample.every((text) => shape.test(text));
  if (every(DATE)) return "date";
  return every(LINK) ? "link" : "text";
}

/** Filled cells from all over a column, as text. */
function sampleOf(table: Table, column: number): string[] {
  const step = Math.max(1, Math.floor(table.rows / SAMPLE));
  const sample: string[] = [];
  for (let row = 0; row < table.rows; row += step) {
    const text = cellText(table, valueAt(table, row, column), 200);
    if (text !== "") sample.push(text);
  }
  return sample;
}
