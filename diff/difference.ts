import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { type ParsedTable, tableOf } from "#formats/shape";
import type { Budget } from "./budget";
import { equal } from "./equal";
import type { DiffMode } from "./mode";
import { type JsonDifference, jsonDifference } from "./paths";
import { type KeyChoice, type TableDifference, tableDifference } from "./table";
import { type TextDifference, textDifference } from "./text";

/** What differs between two values, in the way that fits them. */
export type Difference =
  | TextDifference
  | TableDifference
  | JsonDifference
  | { kind: "same" }
  | { kind: "images"; from: string; to: string }
  | { kind: "numbers"; from: number; to: number };

/** One side of a comparison; `table` where it is a table, or JSON that reads as one. */
export interface Side {
  type: Artifact["type"];
  data: Json;
  table: ParsedTable | null;
}

/** A side, as it is compared. */
export function sideOf(type: Artifact["type"], data: Json): Side {
  const rowed = type === "table" || (Array.isArray(data) && data.length > 0 && typeof data[0] === "object");
  return { type, data, table: rowed ? tableOf(data) : null };
}

/** The ways in which two values can be compared, the one that fits best first. */
export function modesFor(from: Side, to: Side): DiffMode[] {
  if (typeof from.data === "number" && typeof to.data === "number") return [];
  if (isPicture(from) && isPicture(to)) return [];
  const texts = typeof from.data === "string" && typeof to.data === "string";
  const ways: DiffMode[] = [];
  if (from.table && to.table) ways.push("rows");
  if (!texts) ways.push("paths");
  return [...ways, "lines"];
}

/** Compares two values in the way asked for, or in the one that fits best where that does not fit. */
export function differenceOf(from: Side, to: Side, wish: DiffMode | null, key: KeyChoice, budget: Budget): Difference {
  if (typeof from.data === "number" && typeof to.data === "number") {
    return from.data === to.data ? { kind: "same" } : { kind: "numbers", from: from.data, to: to.data };
  }
  if (equal(from.data, to.data)) return { kind: "same" };
  if (typeof from.data === "string" && typeof to.data === "string" && isPicture(from) && isPicture(to)) {
    return { kind: "images", from: from.data, to: to.data };
  }
  const ways = modesFor(from, to);
  const way = wish !== null && ways.includes(wish) ? wish : ways[0];
  if (way === "rows" && from.table && to.table) return tableDifference(from.table, to.table, key, budget);
  if (way === "paths") return jsonDifference(from.data, to.data, budget);
  return textDifference(textOf(from.data), textOf(to.data), budget);
}

/** A text as it is; anything else as JSON, indented, with the members of objects in the order of their names. */
function textOf(data: Json): string {
  return typeof data === "string" ? data : JSON.stringify(sorted(data), null, 2);
}

function sorted(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name] ?? null)]),
  );
}

function isPicture({ type, data }: Side): boolean {
  return type === "image" && typeof data === "string" && /^(data:image\/|https?:\/\/|\/)/i.test(data);
}
