import type { DownloadProgress } from "#app/_data/download";
import type { LoadedData, WorkerRequest, WorkerResults } from "./protocol";
import { createScheduler } from "./scheduler";

type Result = WorkerResults[keyof WorkerResults];

/** What `load` read; the other operations work on it. */
let loaded: LoadedData | null = null;
/** Of the table that is opened: what is opened last counts. */
let opening = new AbortController();
/** While somebody types, only the last query is of interest, and everything else waits. */
const { runLatest, runBehind } = createScheduler();

/** Each operation loads its code when it is requested first. */
async function run(
  request: WorkerRequest,
  onProgress: (progress: DownloadProgress) => void,
): Promise<[Result, Transferable[]]> {
  switch (request.operation) {
    case "load": {
      const [{ download }, { readData, transferable }] = await Promise.all([
        import("#app/_data/download"),
        import("./loaded-data"),
      ]);
      loaded = readData(await download(request.url, onProgress), request.prefer);
      if (loaded.kind === "table") loadQueries();
      return transferable(loaded);
    }
    case "open": {
      opening.abort();
      opening = new AbortController();
      const { signal } = opening;
      const [{ openTable }, { transferableTable }] = await Promise.all([
        import("../tabular/open-table"),
        import("./loaded-data"),
      ]);
      const opened = await openTable({ ...request.source, signal }, onProgress);
      if (signal.aborted) throw new Error("Another table was opened.");
      loaded = { kind: "table", table: opened.table, columns: opened.columns };
      loadQueries();
      const [table, buffers] = transferableTable(opened.table);
      return [{ ...opened, table }, buffers];
    }
    case "statistics": {
      const { columnStatistics } = await import("../table/statistics/column-statistics");
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      return [await runBehind(columnStatistics(loaded.table, loaded.columns, request.column)), []];
    }
    case "rowKey": {
      const { rowKey } = await import("../table/row/row-key");
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      return [await runBehind(rowKey(loaded.table, loaded.columns)), []];
    }
    case "query": {
      const { queryInSteps } = await import("../table/query/row-query");
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      const order = await runLatest(queryInSteps(loaded.table, loaded.columns, request.query));
      return [order, order ? [order.buffer] : []];
    }
    case "find": {
      const { findValues } = await import("../json/find");
      if (loaded?.kind !== "json") throw new Error("No JSON is loaded.");
      const values = findValues(loaded.index, request.needle);
      return [values, [values.buffer]];
    }
    case "export": {
      const { exportRows } = await import("../table/export-rows");
      if (loaded?.kind !== "table") throw new Error("No table is loaded.");
      return [exportRows(loaded.table, request.order, request.format), []];
    }
  }
}

/** So that the first query does not wait for its code. Where this fails, that tries again. */
function loadQueries(): void {
  import("../table/query/row-query").catch(() => undefined);
}

/** In milliseconds, between two signs that the worker is not blocked. */
const BEAT = 1000;

addEventListener("message", ({ data: { id, ...request } }: MessageEvent<WorkerRequest & { id: number }>) => {
  const beat = request.operation === "open" ? setInterval(() => postMessage({ id, isAlive: true }), BEAT) : undefined;
  run(request, (progress) => postMessage({ id, progress }))
    .then(
      ([value, buffers]) => postMessage({ id, value }, { transfer: buffers }),
      (error: unknown) => {
        const { name, message } = error instanceof Error ? error : new Error("The operation failed.");
        postMessage({ id, error: message, name });
      },
    )
    .finally(() => clearInterval(beat));
});
