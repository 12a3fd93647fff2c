import { type DownloadProgress, download } from "#app/_data/download";
import { findValues } from "../json/find";
import { exportRows } from "../table/export-rows";
import { queryInSteps } from "../table/query/row-query";
import { rowKey } from "../table/row/row-key";
import { columnStatistics } from "../table/statistics/column-statistics";
import { readData, transferable } from "./loaded-data";
import type { LoadedData, WorkerRequest, WorkerResults } from "./protocol";
import { createScheduler } from "./scheduler";

type Result = WorkerResults[keyof WorkerResults];

/** What `load` read; the other operations work on it. */
let loaded: LoadedData | null = null;
/** While somebody types, only the last query is of interest, and everything else waits. */
const { runLatest, runBehind } = createScheduler();

async function run(
  request: WorkerRequest,
  onProgress: (progress: DownloadProgress) => void,
): Promise<[Result, Transferable[]]> {
  switch (request.operation) {
    case "load":
      loaded = readData(await download(request.url, onProgress), request.prefer);
      return transferable(loaded);
    case "use":
      loaded = { kind: "table", table: request.table, columns: request.columns };
      return [null, []];
    case "statistics":
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      return [await runBehind(columnStatistics(loaded.table, loaded.columns, request.column)), []];
    case "rowKey":
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      return [await runBehind(rowKey(loaded.table, loaded.columns)), []];
    case "query": {
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      const order = await runLatest(queryInSteps(loaded.table, loaded.columns, request.query));
      return [order, order ? [order.buffer] : []];
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
  run(request, (progress) => postMessage({ id, progress })).then(
    ([value, buffers]) => postMessage({ id, value }, { transfer: buffers }),
    (error: unknown) => postMessage({ id, error: error instanceof Error ? error.message : "The operation failed." }),
  );
});
