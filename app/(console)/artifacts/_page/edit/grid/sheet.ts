import type { JsonIndex } from "#formats/json-index";
import { childrenOf, indexJsonText, kindOf, nameOf, sourceOf, textOf } from "#formats/json-index";
import { jsonProblem } from "#formats/json-problem";
import { indexSource } from "#formats/json-source";
import { runToEnd } from "#formats/steps";
import { readTable, valueAt } from "#formats/table";
import { type TableForm, tableForm } from "#formats/table-form";

/** A grid is offered up to so many cells. */
export const MAX_CELLS = 5000;

/** The JSON text of a value; undefined where a row has none. */
export type Cell = string | undefined;

export interface SheetColumn {
  name: string;
  /** The name as it is written, a JSON string; undefined where a short first row has none. */
  token: Cell;
}

export interface SheetRow {
  /** As many as there are columns. */
  cells: readonly Cell[];
  /** The JSON text of the row while it is unchanged, else null; also null where columns are lists. */
  source: string | null;
}

/** How a list or an object is written: what comes before the first item, between two, and after the last. */
interface Layout {
  open: string;
  separator: string;
  close: string;
  /** Between the name and the value of a member. */
  colon: string;
}

/** A table to edit, with the exact text of what it holds and how that was laid out. Immutable. */
export interface Sheet {
  kind: TableForm["kind"];
  /** Whether the names of columns are a first row: of lists only. */
  hasHead: boolean;
  /** Whether the table is the JSON in a JSON string. */
  isInString: boolean;
  columns: readonly SheetColumn[];
  rows: readonly SheetRow[];
  outer: Layout;
  inner: Layout;
}

/**
 * Reads a table of any form, also one in a JSON string. Null for what is not a table, for one of more than `MAX_CELLS`
 * cells, and for one in a string that is not JSON (Python writes `NaN`).
 */
export function readSheet(text: string): Sheet | null {
  if (jsonProblem(text) !== null) return null;
  const index = indexJsonText(text);
  if (kindOf(index, 0) === "text") {
    const inner = readSheet(textOf(index, 0));
    return inner && !inner.isInString ? { ...inner, isInString: true } : null;
  }
  const form = runToEnd(tableForm(indexSource(index)));
  const table = form && runToEnd(readTable(index, MAX_CELLS));
  if (!form || !table) return null;
  const { kind, head } = form;
  const parts = [...childrenOf(index, 0)];
  const rowParts = head === null ? parts : parts.slice(1);
  return {
    // Rows that are added to an empty list are objects, which name their columns.
    kind: parts.length === 0 ? "objects" : kind,
    hasHead: head !== null,
    isInString: false,
    columns: columnsIn(index, parts, table.columns, kind, head),
    rows: Array.from({ length: table.rows }, (_, row) => ({
      cells: table.columns.map((_, column) => cellIn(index, valueAt(table, row, column))),
      source: kind === "columns" ? null : sourceOf(index, rowParts[row] ?? 0),
    })),
    outer: layoutOf(index, 0) ?? COMPACT,
    inner: innerLayout(index, parts),
  };
}

function cellIn(index: JsonIndex, value: number): Cell {
  return value === 0 ? undefined : sourceOf(index, value);
}

function columnsIn(
  index: JsonIndex,
  parts: number[],
  names: string[],
  kind: TableForm["kind"],
  head: number | null,
): SheetColumn[] {
  const headCells = head === null ? [] : [...childrenOf(index, head)];
  const tokens = kind === "objects" ? memberTokens(index, parts) : new Map<string, string>();
  return names.map((name, at) => {
    const headCell = headCells[at];
    const part = parts[at];
    if (head !== null) return { name, token: headCell === undefined ? undefined : sourceOf(index, headCell) };
    if (kind === "columns" && part !== undefined) return { name, token: nameToken(index, part) };
    return { name, token: tokens.get(name) ?? JSON.stringify(name) };
  });
}

/** How each name is written where it first occurs. */
function memberTokens(index: JsonIndex, rows: number[]): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const row of rows) {
    for (const member of childrenOf(index, row)) {
      const name = nameOf(index, member) ?? "";
      if (!tokens.has(name)) tokens.set(name, nameToken(index, member));
    }
  }
  return tokens;
}

const COMPACT: Layout = { open: "", separator: ",", close: "", colon: ":" };
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const STRING = /^"(?:[^"\\]|\\.)*"/;

/** The text from a member's name to its value. */
function textBeforeValue({ bytes, name, from }: JsonIndex, member: number): string {
  return decoder.decode(bytes.subarray(name[member] ?? 0, from[member] ?? 0));
}

function nameToken(index: JsonIndex, member: number): string {
  return STRING.exec(textBeforeValue(index, member))?.[0] ?? '""';
}

/** Of the first part with a separator, else of the first with a value. */
function innerLayout(index: JsonIndex, parts: number[]): Layout {
  const part = parts.find((each) => (index.size[each] ?? 0) > 1) ?? parts.find((each) => (index.size[each] ?? 0) > 0);
  return (part === undefined ? null : layoutOf(index, part)) ?? COMPACT;
}

/** The layout of a list or object, or null if it is empty. */
function layoutOf(index: JsonIndex, container: number): Layout | null {
  const { bytes, from, to, name } = index;
  const children = [...childrenOf(index, container)];
  const [first, second] = children;
  const last = children.at(-1);
  if (first === undefined || last === undefined) return null;
  const between = (start: number, end: number) => decoder.decode(bytes.subarray(start, end));
  const startOf = (value: number) => name[value] || from[value] || 0;
  const open = between((from[container] ?? 0) + 1, startOf(first));
  const close = between(to[last] ?? 0, (to[container] ?? 0) - 1);
  return {
    open,
    separator: second === undefined ? `,${open}` : between(to[first] ?? 0, startOf(second)),
    close,
    colon: name[first] ? textBeforeValue(index, first).replace(STRING, "") : ":",
  };
}

/** The JSON text of a table, in the form and layout in which it was read. Rows without a change keep their text. */
export function writeSheet(sheet: Sheet): string {
  const text = writeContainer(sheet);
  return sheet.isInString ? JSON.stringify(text) : text;
}

function writeContainer({ kind, hasHead, columns, rows, outer, inner }: Sheet): string {
  if (kind === "columns") {
    const members = columns.map((column, at) => {
      const cells = rows.map(({ cells }) => cells[at]);
      return `${tokenOf(column)}${outer.colon}${listOf(cells, inner)}`;
    });
    return enclosed("{}", members, outer);
  }
  const parts = rows.map(
    ({ source, cells }) => source ?? (kind === "lists" ? listOf(cells, inner) : objectOf(columns, cells, inner)),
  );
  return enclosed("[]", hasHead ? [headOf(columns, inner), ...parts] : parts, outer);
}

/** Names that are missing at the end stay missing; before another they are written, as a head row has only strings. */
function headOf(columns: readonly SheetColumn[], layout: Layout): string {
  const size = columns.findLastIndex(({ token }) => token !== undefined) + 1;
  return listOf(columns.slice(0, size).map(tokenOf), layout);
}

function tokenOf({ name, token }: SheetColumn): string {
  return token ?? JSON.stringify(name);
}

/** Values that are missing at the end are left out, others are null. */
function listOf(cells: readonly Cell[], layout: Layout): string {
  const size = cells.findLastIndex((cell) => cell !== undefined) + 1;
  return enclosed(
    "[]",
    cells.slice(0, size).map((cell) => cell ?? "null"),
    layout,
  );
}

function objectOf(columns: readonly SheetColumn[], cells: readonly Cell[], layout: Layout): string {
  const members = columns.flatMap((column, at) => {
    const cell = cells[at];
    return cell === undefined ? [] : [`${tokenOf(column)}${layout.colon}${cell}`];
  });
  return enclosed("{}", members, layout);
}

function enclosed([open, close]: string, items: string[], layout: Layout): string {
  if (items.length === 0) return `${open}${close}`;
  return `${open}${layout.open}${items.join(layout.separator)}${layout.close}${close}`;
}
