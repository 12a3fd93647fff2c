import { indexJson, type JsonIndex, type JsonValues, kindOf, nameOf, textOf } from "./json-index";

/** A table in a JSON text: names of columns, and for each cell the value that it shows. */
export interface Table {
  values: JsonValues;
  columns: string[];
  rows: number;
  /** Row by row, the value in each cell; 0 where a row has none there. */
  cells: Uint32Array;
}

/** Takes a value into its place. */
type Put = (row: number, column: number, value: number) => void;

/** A table before it is filled: its parts (rows, or columns) in order, each put into its places by `visit`. */
interface Layout {
  parts: number[];
  rows: number;
  /** Names of columns, which visiting may add to. */
  names: (string | undefined)[];
  visit(part: number, order: number, put: Put): void;
}

const MOST_CELLS = 32_000_000;
const STRIDE = 1000;

const utf8 = new TextEncoder();

/**
 * The table in data of type table: a list of objects, a list of lists, an object of lists, or a JSON string of one
 * (Prefect's way). Null where there is none, or one of more than `most` cells. It pauses as indexing does. A member
 * that an object has twice has a column each time.
 */
export function* readTable(index: JsonIndex, most = MOST_CELLS): Generator<void, Table | null> {
  if (kindOf(index, 0) === "text") {
    const text = textOf(index, 0);
    if (!/^\s*[[{]/.test(text) || !isJson(text)) return null;
    return yield* readTable(yield* indexJson(utf8.encode(text)), most);
  }
  const layout = layoutOf(index);
  if (!layout) return null;
  // Twice the same way: first to learn how many columns there are, then to fill them.
  let width = layout.names.length;
  yield* visiting(layout, (_, column) => {
    if (column >= width) width = column + 1;
  });
  if (width * layout.rows > most) return null;
  const cells = new Uint32Array(width * layout.rows);
  yield* visiting(layout, (row, column, value) => {
    cells[row * width + column] = value;
  });
  const columns = Array.from({ length: width }, (_, at) => layout.names[at] ?? `${at + 1}`);
  return { values: { bytes: index.bytes, from: index.from, to: index.to }, columns, rows: layout.rows, cells };
}

function* visiting({ parts, visit }: Layout, put: Put): Generator<void, void> {
  for (const [order, part] of parts.entries()) {
    visit(part, order, put);
    if (order % STRIDE === STRIDE - 1) yield;
  }
}

function layoutOf(index: JsonIndex): Layout | null {
  const kind = kindOf(index, 0);
  const parts = [...childrenOf(index, 0)];
  const all = (wanted: string) => parts.every((part) => kindOf(index, part) === wanted);
  if (kind === "object") return parts.length > 0 && all("list") ? ofColumns(index, parts) : null;
  if (kind !== "list") return null;
  if (all("list")) return ofLists(index, parts);
  return all("object") ? ofObjects(index, parts) : null;
}

function ofColumns(index: JsonIndex, parts: number[]): Layout {
  return {
    parts,
    rows: parts.reduce((most, part) => Math.max(most, index.size[part] ?? 0), 0),
    names: parts.map((part) => nameOf(index, part) ?? ""),
    visit(part, column, put) {
      let row = 0;
      for (const value of childrenOf(index, part)) put(row++, column, value);
    },
  };
}

/** The first of the lists is the head where it is all text and another follows. */
function ofLists(index: JsonIndex, lists: number[]): Layout {
  const [first = 0, ...rest] = lists;
  const head = lists.length > 1 ? [...childrenOf(index, first)] : [];
  const headed = head.length > 0 && head.every((value) => kindOf(index, value) === "text");
  const parts = headed ? rest : lists;
  return {
    parts,
    rows: parts.length,
    names: headed ? head.map((value) => textOf(index, value)) : [],
    visit(part, row, put) {
      let column = 0;
      for (const value of childrenOf(index, part)) put(row, column++, value);
    },
  };
}

function ofObjects(index: JsonIndex, parts: number[]): Layout {
  const names: string[] = [];
  const places = new Map<string, number[]>();
  // Most rows have their members in the order of the row before: then no name need be read.
  let before: { name: number; column: number }[] = [];
  const columnOf = (value: number, taken: Set<number>) => {
    const name = nameOf(index, value) ?? "";
    const columns = places.get(name) ?? [];
    const free = columns.find((column) => !taken.has(column));
    if (free !== undefined) return free;
    places.set(name, [...columns, names.length]);
    return names.push(name) - 1;
  };
  return {
    parts,
    rows: parts.length,
    names,
    visit(part, row, put) {
      const now: typeof before = [];
      let taken: Set<number> | null = null;
      for (const value of childrenOf(index, part)) {
        const name = index.name[value] ?? 0;
        const known = taken === null ? before[now.length] : undefined;
        let column: number;
        if (known && sameName(index.bytes, known.name, name)) {
          column = known.column;
        } else {
          taken ??= new Set(now.map((each) => each.column));
          column = columnOf(value, taken);
          taken.add(column);
        }
        now.push({ name, column });
        put(row, column, value);
      }
      before = now;
    },
  };
}

/** The values that stand directly in a value. */
export function* childrenOf({ next }: JsonIndex, value: number): Generator<number, void> {
  const end = next[value] ?? 0;
  for (let child = value + 1; child < end; child = next[child] ?? end) yield child;
}

function sameName(bytes: Uint8Array, one: number, other: number): boolean {
  for (let at = 1; ; at += 1) {
    const byte = bytes[one + at];
    if (byte !== bytes[other + at]) return false;
    // An escaped quotation mark ends the comparison too soon; the names are then read.
    if (byte === 92) return false;
    if (byte === 34) return true;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
