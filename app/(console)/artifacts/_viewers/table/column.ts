import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cellText, valueAt } from "#formats/table";

/** What all filled cells are; `mixed` for several kinds, `json` for lists or objects. */
export type ColumnType = "number" | "date" | "boolean" | "link" | "text" | "json" | "mixed" | "empty";

export interface Column {
  name: string;
  type: ColumnType;
  /** In characters, at most 60. */
  width: number;
}

/** At most about so many cells decide the width of a column and what its texts are. */
const SAMPLE = 200;
/** In characters, the room that the icons of a head take. */
const HEAD_ICONS = 7;
const MAX_WIDTH = 60;
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const LINK = /^https?:\/\/\S+$/i;

/** The columns of a table. Kinds are judged by every row, dates and links by a sample. */
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
    const width = sample.reduce((widest, text) => Math.max(widest, text.length), name.length + HEAD_ICONS);
    return { name, type: typeOf([...kinds], sample), width: Math.min(width, MAX_WIDTH) };
  });
}

function typeOf(kinds: string[], sample: string[]): ColumnType {
  const [kind, other] = kinds;
  if (kind === undefined) return "empty";
  if (other !== undefined) return "mixed";
  if (kind === "object" || kind === "list") return "json";
  if (kind === "number" || kind === "boolean") return kind;
  const every = (pattern: RegExp) => sample.length > 0 && sample.every((text) => pattern.test(text));
  if (every(DATE)) return "date";
  return every(LINK) ? "link" : "text";
}

/** Filled cells from the whole height of a column, as text. */
function sampleOf(table: Table, column: number): string[] {
  const step = Math.max(1, Math.floor(table.rows / SAMPLE));
  const sample: string[] = [];
  for (let row = 0; row < table.rows; row += step) {
    const text = cellText(table, valueAt(table, row, column), 200);
    if (text !== "") sample.push(text);
  }
  return sample;
}
