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

// A worker holds one text: what it made of it answers all that is asked later.
let reading: LoadedData | null = null;

async function open(address: string, want: PreferredView): Promise<LoadedData> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return read(new Uint8Array(await answer.arrayBuffer()), want);
}

function read(bytes: Uint8Array, want: PreferredView): LoadedData {
  if (want === "lines") return { kind: "lines", lines: linesOf(bytes), words: false };
  const index = indexed(bytes);
  if (!index) return { kind: "lines", lines: linesOf(bytes), words: false };
  const table = want === "table" ? runToEnd(readTable(index)) : null;
  if (table) return { kind: "table", table, columns: columnsOf(table) };
  if (kindOf(index, 0) !== "text") return { kind: "json", index };
  return { kind: "lines", lines: linesOf(new TextEncoder().encode(textOf(index, 0))), words: true };
}

function indexed(bytes: Uint8Array): JsonIndex | null {
  try {
    return runToEnd(indexJson(bytes));
  } catch (error) {
    if (error instanceof TooManyValues) return null;
    throw error;
  }
}

/** A copy for the page, whose memory is handed over and not copied there. */
function handed(kept: LoadedData): [LoadedData, Transferable[]] {
  const moved: Transferable[] = [];
  const numbers = (array: Uint32Array) => {
    const copy = array.slice();
    moved.push(copy.buffer);
    return copy;
  };
  const valuesOf = ({ bytes, from, to }: JsonValues): JsonValues => {
    const copy = bytes.slice();
    moved.push(copy.buffer);
    return { bytes: copy, from: numbers(from), to: numbers(to) };
  };
  switch (kept.kind) {
    case "table": {
      const { table } = kept;
      return [{ ...kept, table: { ...table, values: valuesOf(table.values), cells: numbers(table.cells) } }, moved];
    }
    case "json": {
      const { count, next, size, name } = kept.index;
      const rest = { count, next: numbers(next), size: numbers(size), name: numbers(name) };
      return [{ kind: "json", index: { ...valuesOf(kept.index), ...rest } }, moved];
    }
    case "lines":
      // Of mere text the worker keeps nothing.
      return [kept, [kept.lines.bytes.buffer, kept.lines.starts.buffer]];
  }
}

async function answer(ask: WorkerRequest): Promise<[WorkerResults[WorkerRequest["ask"]], Transferable[]]> {
  switch (ask.ask) {
    case "open":
      reading = await open(ask.address, ask.want);
      return handed(reading);
    case "arrange": {
      if (reading?.kind !== "table") throw new Error("No table is open.");
      const order = queryRows(reading.table, reading.columns, ask.arrangement);
      return [order, [order.buffer]];
    }
    case "find": {
      if (reading?.kind !== "json") throw new Error("No JSON is open.");
      const hits = findValues(reading.index, ask.needle);
      return [hits, [hits.buffer]];
    }
    case "write":
      if (reading?.kind !== "table") throw new Error("No table is open.");
      return [exportRows(reading.table, ask.order, ask.form), []];
  }
}

addEventListener("message", ({ data: { id, ...ask } }: MessageEvent<WorkerRequest & { id: number }>) => {
  answer(ask).then(
    ([value, moved]) => postMessage({ id, value }, { transfer: moved }),
    (error: unknown) => postMessage({ id, failure: error instanceof Error ? error.message : "It failed." }),
  );
});
