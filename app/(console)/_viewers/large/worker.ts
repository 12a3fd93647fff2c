import { findValues } from "../json/find";
import { exportRows } from "../table/export-rows";
import { queryRows } from "../table/row-query";
import { readData, transferable } from "./loaded-data";
import type { LoadedData, PreferredView, WorkerRequest, WorkerResults } from "./protocol";

type Result = WorkerResults[keyof WorkerResults];

/** What `load` read; the other operations work on it. */
let loaded: LoadedData | null = null;

async function load(url: string, prefer: PreferredView): Promise<LoadedData> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server responded with ${response.status}.`);
  return readData(new Uint8Array(await response.arrayBuffer()), prefer);
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
