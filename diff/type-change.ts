import type { Json } from "#contract/json";
import { pluralize } from "#formats/number";
import type { ParsedTable } from "#formats/table";
import { quotedText, valueText } from "./cell";
import { type Column, isShared } from "./columns";
import { numberOf } from "./equal";
import type { Pair } from "./rows";

/** A column whose cells have another type, such as numbers that became texts. */
export interface TypeChange {
  /** Its position among the columns. */
  column: number;
  name: string;
  from: JsonType;
  to: JsonType;
  /** How many rows have it, of those that have a value on both sides. */
  rows: number;
  of: number;
  /** The first of these cells on each side, as JSON. */
  example: { from: string; to: string };
  /** Whether nothing but the type changed, in every row: `1` became `"1"`. */
  onlyType: boolean;
}

type JsonType = "text" | "number" | "boolean" | "list" | "object";

/** The most frequent change of type in each column, among the rows that are on both sides. */
export function typeChanges(pairs: Pair[], from: ParsedTable, to: ParsedTable, columns: Column[]): TypeChange[] {
  return columns.flatMap((column, at) => {
    if (!isShared(column)) return [];
    const counts = new Map<string, Omit<TypeChange, "of" | "onlyType">>();
    let of = 0;
    let sameText = 0;
    for (const pair of pairs) {
      if (pair.from === null || pair.to === null) continue;
      const [before, after] = [from.rows[pair.from]?.[column.from], to.rows[pair.to]?.[column.to]];
      const types = [typeOf(before), typeOf(after)] as const;
      if (types[0] === null || types[1] === null) continue;
      of += 1;
      if (types[0] === types[1]) continue;
      if (isSameText(before, after)) sameText += 1;
      const known = counts.get(types.join());
      if (known) known.rows += 1;
      else {
        const example = { from: quotedText(before), to: quotedText(after) };
        counts.set(types.join(), { column: at, name: column.name, from: types[0], to: types[1], rows: 1, example });
      }
    }
    const [most] = [...counts.values()].sort((a, b) => b.rows - a.rows);
    return most ? [{ ...most, of, onlyType: most.rows === of && sameText === of && of > 1 }] : [];
  });
}

/** `id: number → text in all 8 rows, as 1 → "1"`. */
export function typeChangeText({ name, from, to, rows, of, example }: TypeChange): string {
  const where = rows < of ? `${rows} of ${pluralize(of, "row")}` : of === 1 ? "1 row" : `all ${pluralize(of, "row")}`;
  return `${name || "(no name)"}: ${from} → ${to} in ${where}, as ${example.from} → ${example.to}`;
}

/** Whether two values look the same but for their types. */
export function isSameText(from: Json | undefined, to: Json | undefined): boolean {
  return valueText(from) === valueText(to);
}

/** Null for a value that is missing, null or empty. */
function typeOf(value: Json | undefined): JsonType | null {
  if (value === undefined || value === null || value === "") return null;
  if (numberOf(value) !== null) return "number";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "object") return Array.isArray(value) ? "list" : "object";
  return "text";
}
