import type { DownloadProgress } from "#app/_data/download";
import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import type { JsonReader } from "../json/find";
import type { TableReader, TableTools } from "../table/table-props";
import type { LoadedData, PreferredView, WorkerRequest, WorkerResults } from "./protocol";

/** Reads one text in a worker of its own. After `end` no call settles, and after a failure of the worker all are rejected. */
export interface DataReader extends JsonReader, TableReader, TableTools {
  /** Instead of `load`: works on a table that the page has. */
  use(table: Table, columns: Column[]): Promise<null>;
  load(url: string, prefer: PreferredView, onProgress: (progress: DownloadProgress) => void): Promise<LoadedData>;
  end(): void;
}

interface PendingCall {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
  onProgress?: (progress: DownloadProgress) => void;
}

interface Message {
  id: number;
  value?: never;
  error?: string;
  progress?: DownloadProgress;
}

const FAILED = "The worker failed.";

export function createReader(): DataReader {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const pending = new Map<number, PendingCall>();
  let lastId = 0;
  let failed = false;
  worker.addEventListener("error", () => {
    failed = true;
    worker.terminate();
    for (const { reject } of pending.values()) reject(new Error(FAILED));
    pending.clear();
  });
  worker.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    const call = pending.get(data.id);
    if (data.progress) return call?.onProgress?.(data.progress);
    pending.delete(data.id);
    if (data.error !== undefined) call?.reject(new Error(data.error));
    // The worker returns for each operation what WorkerResults declares.
    else call?.resolve(data.value as never);
  });
  const call = <Name extends WorkerRequest["operation"]>(
    request: Extract<WorkerRequest, { operation: Name }>,
    onProgress?: PendingCall["onProgress"],
  ) =>
    new Promise<WorkerResults[Name]>((resolve, reject) => {
      if (failed) throw new Error(FAILED);
      lastId += 1;
      pending.set(lastId, { resolve, reject, onProgress });
      worker.postMessage({ ...request, id: lastId });
    });
  return {
    load: (url, prefer, onProgress) => call<"load">({ operation: "load", url, prefer }, onProgress),
    use: (table, columns) => call<"use">({ operation: "use", table, columns }),
    statistics: (column) => call<"statistics">({ operation: "statistics", column }),
    rowKey: () => call<"rowKey">({ operation: "rowKey" }),
    query: (query) => call<"query">({ operation: "query", query }),
    find: (needle) => call<"find">({ operation: "find", needle }),
    export: (order, format) => call<"export">({ operation: "export", order, format }),
    end() {
      // A worker that ends while its script loads fires an error.
      pending.clear();
      worker.terminate();
    },
  };
}
