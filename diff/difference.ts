import type { Artifact } from "#contract/artifact";
import { FILES } from "#contract/file-type";
import type { Json } from "#contract/json";
import { formatJson } from "#formats/exact-json";
import { listedFiles } from "#formats/files/file-list";
import { isNotebook } from "#formats/notebook/is-notebook";
import { type ParsedTable, parseTable } from "#formats/table";
import { isImageUrl } from "#formats/url";
import type { Budget } from "./budget";
import { equal } from "./equal";
import { type JsonDifference, jsonDifference } from "./json";
import { DEFAULT_OPTIONS, type DiffMode, type DiffOptions, type Tolerance } from "./options";
import { type PartsDifference, partsDifference } from "./parts";
import { type TableDifference, tableDifference } from "./table";
import { type TextDifference, textDifference } from "./text";
import type { PartedDocument } from "./values/document";
import { exactNumber, jsonText, parseNumbersExactly } from "./values/exact-number";
import { notebookDocument } from "./values/notebook";
import { type ReportRows, reportRows } from "./values/report";

/** The differences of two values, in the form that suits their types. */
export type Difference =
  | TextDifference
  | TableDifference
  | JsonDifference
  | PartsDifference
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
  /** The data as a report if it is one, whose rows are the table; else null. */
  report: ReportRows | null;
  /** The data as a document of parts if it is one, such as a notebook; else null. */
  document: PartedDocument | null;
}

/** A parsed value without a type, such as a description or metadata. */
export function valueSide(data: Json): Side {
  return { type: null, data, table: null, report: null, document: null };
}

/** The data of an artifact, from its JSON text. */
export function dataSide(type: Artifact["type"], text: string): Side {
  const files = type === FILES ? listedFiles(type, JSON.parse(text)) : null;
  // A folder is a table of its files, which are compared by path.
  if (files) return { ...dataSide("table", JSON.stringify(files)), type };
  const data = parseNumbersExactly(text);
  const mayBeTable = type === "table" || (Array.isArray(data) && typeof data[0] === "object");
  const report = reportRows(type, data);
  const rows = report ? jsonText(report.rows) : text;
  const table = report || mayBeTable ? parseTable(rows, parseNumbersExactly) : null;
  return { type, data, table, report, document: isNotebook(data) ? notebookDocument(JSON.parse(text)) : null };
}

/** The modes in which two values can be compared, the most suitable first; none if there is only one way to show them. */
export function modesFor(from: Side, to: Side): DiffMode[] {
  if (typeof from.data === "number" && typeof to.data === "number") return [];
  if (isImage(from) && isImage(to)) return [];
  const modes: DiffMode[] = [];
  if (from.document && to.document) modes.push("parts");
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
  if (mode === "parts" && from.document && to.document) {
    const parts = partsDifference(from.document, to.document, budget);
    if (parts.parts.length > 0) return parts;
    // What differs is around the parts.
    return differenceOf({ ...from, document: null }, to, { ...options, mode: null }, budget);
  }
  if (mode === "rows" && from.table && to.table) return rowsDifference(from, to, options, budget);
  if (mode === "paths") return jsonDifference(from.data, to.data, budget, tolerance);
  return textDifference(linesOf(from.data), linesOf(to.data), budget);
}

function rowsDifference(from: Side, to: Side, options: Partial<DiffOptions>, budget: Budget): Difference {
  const [before, after] = [from.table ?? NO_ROWS, to.table ?? NO_ROWS];
  const { report } = to;
  if (!report || report.noun !== from.report?.noun) return tableDifference(before, after, options, budget);
  const difference = tableDifference(before, after, options, budget);
  const isSame = difference.rows.length === 0 && difference.statistics === null;
  // What differs is not in the rows, such as how long tests took.
  if (isSame) return differenceOf({ ...from, table: null }, { ...to, table: null }, { ...options, mode: null }, budget);
  return { ...difference, noun: report.noun, failures: failuresIn(difference, report.failures) };
}

const NO_ROWS: ParsedTable = { columns: [], rows: [] };

/** How many rows fail that did not, and the other way round. */
function failuresIn({ columns, rows }: TableDifference, failing: readonly string[]): TableDifference["failures"] {
  const at = columns.findIndex(({ name }) => name === "result");
  if (failing.length === 0 || at < 0) return undefined;
  const fails = (value: Json | undefined) => typeof value === "string" && failing.includes(value);
  const counts = { appeared: 0, mended: 0 };
  for (const { op, cells } of rows) {
    const { from, to } = cells[at] ?? {};
    if (op !== "removed" && fails(to) && !fails(from)) counts.appeared += 1;
    if (op === "changed" && fails(from) && !fails(to)) counts.mended += 1;
  }
  return counts;
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
