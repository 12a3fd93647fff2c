import type { Json } from "#contract/json";
import {
  childrenOf,
  indexJson,
  indexJsonText,
  type JsonIndex,
  type JsonValues,
  kindOf,
  nameOf,
  sourceOf,
  TooManyValues,
  textOf,
} from "./json-index";
import { indexSource } from "./json-source";
import { withLetters, withoutEscapes } from "./json-text";
import { runToEnd } from "./steps";
import { containerIn, type TableForm, tableForm } from "./table-form";

/** A table in a JSON text: names of columns, and for each cell the value that it shows. */
export interface Table {
  values: JsonValues;
  columns: string[];
  rows: number;
  /** Row by row, the value in each cell; 0 where a row has none. */
  cells: Uint32Array;
  /** How many rows of a larger table are before it, if it is a part of one. */
  offset?: number;
}

/** A table with its cells parsed; undefined where a row has none. */
export interface ParsedTable {
  columns: string[];
  rows: (Json | undefined)[][];
}

type SetCell = (row: number, column: number, value: number) => void;

/** How to fill a table: its parts (rows or columns) in order, and a function that sets the cells of one. */
interface Layout {
  parts: number[];
  /** Names of columns; `fill` may add to them. */
  names: (string | undefined)[];
  fill(part: number, order: number, set: SetCell): Generator<void, void>;
}

/** A row of so many columns is still written within some 50 ms. */
const MAX_COLUMNS = 200_000;
const MAX_CELLS = 32_000_000;
/** How many values are read without a pause. */
const STRIDE = 10_000;

/**
 * Reads the table in data of type table: of the forms of `tableForm`, or a JSON string of one (as Prefect stores them).
 * Null if there is none, or one of more than 200,000 columns or `maxCells` cells. Yields as `indexJson` does. A name that an object has
 * twice gets two columns.
 */
export function* readTable(index: JsonIndex, maxCells = MAX_CELLS): Generator<void, Table | null> {
  if (kindOf(index, 0) === "text") {
    const inner = yield* containerIn(index.bytes);
    return inner && (yield* readTable(yield* indexJson(inner), maxCells));
  }
  const form = yield* tableForm(indexSource(index));
  if (!form) return null;
  const { rows } = form;
  const layout = yield* layoutOf(index, form);
  if (layout === null) return null;
  // The first pass counts the columns, the second fills them.
  let width = layout.names.length;
  yield* fillAll(index, layout, (_, column) => {
    if (column >= width) width = column + 1;
  });
  if (width > MAX_COLUMNS || width * rows > maxCells) return null;
  const cells = new Uint32Array(width * rows);
  yield* fillAll(index, layout, (row, column, value) => {
    cells[row * width + column] = value;
  });
  const columns = Array.from({ length: width }, (_, at) => layout.names[at] ?? `${at + 1}`);
  return { values: { bytes: index.bytes, from: index.from, to: index.to }, columns, rows, cells };
}

function* fillAll(index: JsonIndex, { parts, fill }: Layout, set: SetCell): Generator<void, void> {
  let values = 0;
  for (const [order, part] of parts.entries()) {
    yield* fill(part, order, set);
    values += 1 + (index.size[part] ?? 0);
    if (values < STRIDE) continue;
    values = 0;
    yield;
  }
}

/** Null where a part shows that there are too many columns. */
function* layoutOf(index: JsonIndex, { kind, head }: TableForm): Generator<void, Layout | null> {
  if (kind === "columns" && (index.size[0] ?? 0) > MAX_COLUMNS) return null;
  const parts: number[] = [];
  for (const part of childrenOf(index, 0)) {
    if (kind !== "columns" && (index.size[part] ?? 0) > MAX_COLUMNS) return null;
    parts.push(part);
    if (parts.length % STRIDE === 0) yield;
  }
  if (kind === "columns") return columnLayout(index, parts);
  if (kind === "objects") return objectLayout(index, parts);
  return listLayout(index, head === null ? parts : parts.slice(1), head);
}

function columnLayout(index: JsonIndex, parts: number[]): Layout {
  return {
    parts,
    names: parts.map((part) => nameOf(index, part) ?? ""),
    *fill(part, column, set) {
      let row = 0;
      for (const value of childrenOf(index, part)) {
        set(row++, column, value);
        if (row % STRIDE === 0) yield;
      }
    },
  };
}

function listLayout(index: JsonIndex, parts: number[], head: number | null): Layout {
  return {
    parts,
    names: head === null ? [] : Array.from(childrenOf(index, head), (value) => textOf(index, value)),
    *fill(part, row, set) {
      let column = 0;
      for (const value of childrenOf(index, part)) {
        set(row, column++, value);
        if (column % STRIDE === 0) yield;
      }
    },
  };
}

function objectLayout(index: JsonIndex, parts: number[]): Layout {
  const names: string[] = [];
  // A name that an object repeats has a column for each time.
  const columnsByName = new Map<string, number[]>();
  // Most rows have their members in the order of the row before: their names need not be decoded.
  let previous: { name: number; column: number }[] = [];
  const columnOf = (value: number, counts: Map<string, number>) => {
    const name = nameOf(index, value) ?? "";
    const columns = columnsByName.get(name) ?? [];
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    const known = columns[before];
    if (known !== undefined) return known;
    columns.push(names.length);
    columnsByName.set(name, columns);
    return names.push(name) - 1;
  };
  return {
    parts,
    names,
    *fill(part, row, set) {
      // Ragged rows may have more names in all.
      if (names.length > MAX_COLUMNS) return;
      const current: typeof previous = [];
      // How often the row had each name, once it differs from the row before.
      let counts: Map<string, number> | null = null;
      for (const value of childrenOf(index, part)) {
        const name = index.name[value] ?? 0;
        const expected = counts === null ? previous[current.length] : undefined;
        let column: number;
        if (expected && isSameName(index.bytes, expected.name, name)) {
          column = expected.column;
        } else {
          counts ??= countsOf(current.map((each) => names[each.column] ?? ""));
          column = columnOf(value, counts);
        }
        current.push({ name, column });
        set(row, column, value);
        if (current.length % STRIDE === 0) yield;
      }
      previous = current;
    },
  };
}

function countsOf(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function isSameName(bytes: Uint8Array, one: number, other: number): boolean {
  for (let at = 1; ; at += 1) {
    const byte = bytes[one + at];
    if (byte !== bytes[other + at]) return false;
    // The quotation mark after a backslash would end the comparison too soon; the names are decoded instead.
    if (byte === 92) return false;
    if (byte === 34) return true;
  }
}

/** The value in a cell, or 0 if the row has none there. */
export function valueAt({ cells, columns }: Table, row: number, column: number): number {
  return cells[row * columns.length + column] ?? 0;
}

/**
 * A cell as text: strings without quotes, lists and objects as JSON with letters instead of their escapes, numbers as
 * written, null and missing ones as "". `maxBytes` cuts it.
 */
export function cellText({ values }: Table, value: number, maxBytes?: number): string {
  const kind = value === 0 ? "null" : kindOf(values, value);
  if (kind === "null") return "";
  return kind === "text" ? textOf(values, value, maxBytes) : withLetters(sourceOf(values, value, maxBytes));
}

/** A cell as text to search in, where the strings in a list or object have no escapes at all. */
export function searchText(table: Table, value: number): string {
  const text = cellText(table, value);
  const isNested = text.includes("\\") && kindOf(table.values, value) !== "text";
  return isNested ? `${text}\n${withoutEscapes(text)}` : text;
}

/**
 * The table in a JSON text with its cells parsed. Null if there is none, or one with too many values to index.
 * @param parse reads the JSON text of a cell
 */
export function parseTable(text: string, parse: (text: string) => Json = JSON.parse): ParsedTable | null {
  const table = tableIn(text);
  if (!table) return null;
  const { columns, values } = table;
  const cell = (value: number) => (value === 0 ? undefined : parse(sourceOf(values, value)));
  const rows = Array.from({ length: table.rows }, (_, row) =>
    columns.map((_, column) => cell(valueAt(table, row, column))),
  );
  return { columns, rows };
}

/** The table in a JSON text, read without a pause. Null if there is none, or if the text has over `maxValues` values. */
export function tableIn(text: string, maxValues?: number): Table | null {
  try {
    return runToEnd(readTable(indexJsonText(text, maxValues)));
  } catch (error) {
    if (error instanceof TooManyValues) return null;
    throw error;
  }
}
