import {
  indexJson,
  type JsonIndex,
  type JsonValues,
  kindOf,
  runToEnd,
  TooManyValues,
  textOf,
} from "#formats/json-index";
import { readTable } from "#formats/table";
import { findValues } from "../json/find";
import { columnsOf } from "../table/column";
import { exportRows } from "../table/export-rows";
import { queryRows } from "../table/row-query";
import { linesOf } from "../text/lines";
import type { LoadedData, PreferredView, WorkerRequest, WorkerResults } from "./protocol";

type Result = WorkerResults[keyof WorkerResults];

/** What `load` read; the other operations work on it. */
let loaded: LoadedData | null = null;

async function load(url: string, prefer: PreferredView): Promise<LoadedData> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
  return read(new Uint8Array(await response.arrayBuffer()), prefer);
}

function read(bytes: Uint8Array, prefer: PreferredView): LoadedData {
  const index = prefer === "lines" ? null : indexOf(bytes);
  if (!index) return { kind: "lines", lines: linesOf(bytes), isString: false };
  const table = prefer === "table" ? runToEnd(readTable(index)) : null;
  if (table) return { kind: "table", table, columns: columnsOf(table) };
  if (kindOf(index, 0) !== "text") return { kind: "json", index };
  return { kind: "lines", lines: linesOf(new TextEncoder().encode(textOf(index, 0))), isString: true };
}

function indexOf(bytes: Uint8Array): JsonIndex | null {
  try {
    return runToEnd(indexJson(bytes));
  } catch (error) {
    if (error instanceof TooManyValues) return null;
    throw error;
  }
}

/** A copy to be transferred to the page. Lines are transferred themselves, since no later operation reads them. */
function transferable(data: LoadedData): [LoadedData, Transferable[]] {
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

async function run(request: WorkerRequest): Promise<[Result, Transferable[]]> {
  switch (request.operation) {
    case "load":
      loaded = await load(request.url, request.prefer);
      return transferable(loaded);
    case "query": {
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      const order = queryRows(loaded.table, loaded.columns, request.query);
      return [order, [order.buffer]];
    }
    case "find": {
      if (loaded?.kind !== "json") throw new Error("No JSON is loaded.");
      const values = findValues(loaded.index, request.needle);
      return [values, [values.buffer]];
    }
    case "export":
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      return [exportRows(loaded.table, request.order, request.format), []];
  }
}

addEventListener("message", ({ data: { id, ...request } }: MessageEvent<WorkerRequest & { id: number }>) => {
  run(request).then(
    ([value, buffers]) => postMessage({ id, value }, { transfer: buffers }),
    (error: unknown) => postMessage({ id, error: error instanceof Error ? error.message : "The operation failed." }),
  );
});
