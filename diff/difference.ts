import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";
import { formatJson } from "#formats/exact-json";
import { type ParsedTable, parseTable } from "#formats/table";
import { isImageUrl } from "#formats/url";
import type { Budget } from "./budget";
import { equal } from "./equal";
import { exactNumber, jsonText, parseNumbersExactly } from "./exact-number";
import { type JsonDifference, jsonDifference } from "./json";
import { DEFAULT_OPTIONS, type DiffMode, type DiffOptions, type Tolerance } from "./options";
import { type TableDifference, tableDifference } from "./table";
import { type TextDifference, textDifference } from "./text";

/** The differences of two values, in the form that suits their types. */
export type Difference =
  | TextDifference
  | TableDifference
  | JsonDifference
  | Same
  | { kind: "images"; from: string; to: string }
  | { kind: "numbers"; from: number; to: number };

/** Equal values; `order` names what comes in a different order, `within` the tolerance that the numbers needed. */
export interface Same {
  kind: "same";
  order?: "columns" | "members";
  within?: Tolerance;
}

/** One side of a comparison. */
export interface Side {
  type: Artifact["type"];
  data: Json;
  /** The data as a table if it is one by its type, or a list of rows; else null. */
  table: ParsedTable | null;
}

/** A parsed value without a type, such as a description or metadata. */
export function valueSide(data: Json): Side {
  return { type: null, data, table: null };
}

/** The data of an artifact, from its JSON text. */
export function dataSide(type: Artifact["type"], text: string): Side {
  const data = parseNumbersExactly(text);
  const mayBeTable = type === "table" || (Array.isArray(data) && typeof data[0] === "object");
  return { type, data, table: mayBeTable ? parseTable(text, parseNumbersExactly) : null };
}

/** The modes in which two values can be compared, the most suitable first; none if there is only one way to show them. */
export function modesFor(from: Side, to: Side): DiffMode[] {
  if (typeof from.data === "number" && typeof to.data === "number") return [];
  if (isImage(from) && isImage(to)) return [];
  const modes: DiffMode[] = [];
  if (from.table && to.table) modes.push("rows");
  if (!isText(from.data) || !isText(to.data)) modes.push("paths");
  return [...modes, "lines"];
}

/** Compares two values in the mode of the options, or in the most suitable one if it is null or does not apply. */
export function differenceOf(from: Side, to: Side, options: Partial<DiffOptions>, budget: Budget): Difference {
  const { mode: preferred, tolerance } = { ...DEFAULT_OPTIONS, ...options };
  if (equal(from.data, to.data)) return sameValues(from, to);
  const modes = modesFor(from, to);
  const mode = preferred !== null && modes.includes(preferred) ? preferred : modes[0];
  // Lines are compared as they are written.
  if (mode !== "lines" && equal(from.data, to.data, tolerance)) return { kind: "same", within: tolerance };
  if (typeof from.data === "number" && typeof to.data === "number") {
    return { kind: "numbers", from: from.data, to: to.data };
  }
  if (isImage(from) && isImage(to)) return { kind: "images", from: from.data, to: to.data };
  if (mode === "rows" && from.table && to.table) return tableDifference(from.table, to.table, options, budget);
  if (mode === "paths") return jsonDifference(from.data, to.data, budget, tolerance);
  return textDifference(linesOf(from.data), linesOf(to.data), budget);
}

function sameValues(from: Side, to: Side): Same {
  if (JSON.stringify(from.data) === JSON.stringify(to.data)) return { kind: "same" };
  const isTable = from.table && to.table && from.table.columns.join() !== to.table.columns.join();
  return { kind: "same", order: isTable ? "columns" : "members" };
}

/**
 * The differences of two JSON texts whose values are equal in JavaScript: `1.0` and `1`, integers beyond 2^53. Null if
 * they differ in the order of members or in white space only.
 */
export function sourceDifference(from: string, to: string, budget: Budget): TextDifference | null {
  const [left, right] = [formatJson(from), formatJson(to)];
  return sortedLines(left) === sortedLines(right) ? null : textDifference(left, right, budget);
}

function sortedLines(json: string): string {
  return json.replace(/,$/gm, "").split("\n").sort().join("\n");
}

/** A string as it is; other values as indented JSON with sorted members. */
function linesOf(data: Json): string {
  return isText(data) ? data : jsonText(sorted(data), 2);
}

function isText(data: Json): data is string {
  return typeof data === "string" && exactNumber(data) === null;
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

function isImage(side: Side): side is Side & { data: string } {
  return side.type === "image" && isImageUrl(side.data);
}
