import { columnsOf } from "#formats/column";
import { indexJson, type JsonIndex, type JsonValues, kindOf, TooManyValues, textOf } from "#formats/json-index";
import { runToEnd } from "#formats/steps";
import { readTable } from "#formats/table";
import { withoutEscapes } from "../text/escapes";
import { linesOf } from "../text/lines";
import type { LoadedData, PreferredView } from "./protocol";

/** Reads the bytes of a JSON text. More than `most` values are read as lines. */
export function readData(bytes: Uint8Array, prefer: PreferredView, most?: number): LoadedData {
  const index = prefer === "lines" ? null : indexOf(bytes, most);
  if (!index) return { kind: "lines", lines: linesOf(bytes), isString: false };
  const table = prefer === "table" ? runToEnd(readTable(index)) : null;
  if (table) return { kind: "table", table, columns: columnsOf(table) };
  if (kindOf(index, 0) !== "text") return { kind: "json", index };
  return { kind: "lines", lines: linesOf(new TextEncoder().encode(withoutEscapes(textOf(index, 0)))), isString: true };
}

function indexOf(bytes: Uint8Array, most?: number): JsonIndex | null {
  try {
    return runToEnd(indexJson(bytes, most));
  } catch (error) {
    if (error instanceof TooManyValues) return null;
    throw error;
  }
}

/** A copy to be transferred to the page. Lines are transferred themselves, since no later operation reads them. */
export function transferable(data: LoadedData): [LoadedData, Transferable[]] {
  const buffers: Transferable[] = [];
  const numbers = (array: Uint32Array) => {
    const copy = array.slice();
    buffers.push(copy.buffer);
    return copy;
  };
  const valuesOf = ({ bytes, from, to }: JsonValues): JsonValues => {
    const copy = bytes.slice();
    buffers.push(copy.buffer);
    return { bytes: copy, from: numbers(from), to: numbers(to) };
  };
  switch (data.kind) {
    case "table": {
      const { table } = data;
      return [{ ...data, table: { ...table, values: valuesOf(table.values), cells: numbers(table.cells) } }, buffers];
    }
    case "json": {
      const { count, next, size, name } = data.index;
      const rest = { count, next: numbers(next), size: numbers(size), name: numbers(name) };
      return [{ kind: "json", index: { ...valuesOf(data.index), ...rest } }, buffers];
    }
    case "lines":
      return [data, [data.lines.bytes.buffer, data.lines.starts.buffer]];
  }
}
