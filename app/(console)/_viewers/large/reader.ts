import { reachable, serverReturned } from "#app/_data/connection";
import type { DownloadProgress } from "#app/_data/download";
import type { JsonReader } from "../json/find";
import type { TableReader, TableTools } from "../table/table-props";
import type { OpenedTable, TableSource } from "../tabular/opened";
import type { LoadedData, PreferredView, WorkerRequest, WorkerResults } from "./protocol";

/** Reads one text in a worker of its own. After `end` no call settles, and after a failure of the worker all are rejected. */
export interface DataReader extends JsonReader, TableReader, TableTools {
  load(url: string, prefer: PreferredView, onProgress: (progress: DownloadProgress) => void): Promise<LoadedData>;
  /** Instead of `load`: reads a file with a table. */
  open(source: TableSource, onProgress: (progress: DownloadProgress) => void): Promise<OpenedTable>;
  end(): void;
}

interface PendingCall {
  request: WorkerRequest & { id: number };
  resolve: (value: never) => void;
  reject: (error: Error) => void;
  onProgress?: (progress: DownloadProgress) => void;
}

interface Message {
  id: number;
  value?: never;
  error?: string;
  /** Of the error. */
  name?: string;
  progress?: DownloadProgress;
  isAlive?: boolean;
}

/** In milliseconds: a worker that gives no sign for so long while it opens a file is ended. */
const MAX_SILENCE = 30_000;
const SILENT = "Reading this file takes too much time or memory. Download it to read it.";
const FAILED = "The worker failed.";

export function createReader(): DataReader {
  const pending = new Map<number, PendingCall>();
  let worker: Worker | null = null;
  let isLoaded = false;
  let isEnded = false;
  let lastId = 0;
  let failed = false;
  let opens = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const fail = (reason: string) => {
    failed = true;
    worker?.terminate();
    for (const { reject } of pending.values()) reject(new Error(reason));
    pending.clear();
  };
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(() => fail(SILENT), MAX_SILENCE);
  };
  const stopListening = () => {
    clearTimeout(silence);
    silence = undefined;
  };
  const receive = ({ data }: MessageEvent<Message>) => {
    isLoaded = true;
    const call = pending.get(data.id);
    if (silence !== undefined) listen();
    if (data.isAlive) return;
    if (data.progress) return call?.onProgress?.(data.progress);
    pending.delete(data.id);
    if (pending.size === 0) {
      opens = false;
      stopListening();
    }
    if (data.error !== undefined) call?.reject(Object.assign(new Error(data.error), { name: data.name ?? "Error" }));
    // The worker returns for each operation what WorkerResults declares.
    else call?.resolve(data.value as never);
  };
  const start = async () => {
    await reachable();
    if (isEnded) return;
    worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("error", handleError);
    worker.addEventListener("message", receive);
    for (const { request } of pending.values()) worker.postMessage(request);
    if (opens) listen();
  };
  const handleError = async (event: Event) => {
    // A worker that ends while its script loads fires one too.
    if (isEnded) return;
    // An event without a message: the script could not be loaded.
    if (isLoaded || event instanceof ErrorEvent) return fail(FAILED);
    stopListening();
    if (await serverReturned()) void start();
    else fail(FAILED);
  };
  void start();
  const call = <Name extends WorkerRequest["operation"]>(
    request: Extract<WorkerRequest, { operation: Name }>,
    onProgress?: PendingCall["onProgress"],
  ) =>
    new Promise<WorkerResults[Name]>((resolve, reject) => {
      if (failed) throw new Error(FAILED);
      lastId += 1;
      const sent = { ...request, id: lastId };
      pending.set(lastId, { request: sent, resolve, reject, onProgress });
      worker?.postMessage(sent);
    });
  return {
    load: (url, prefer, onProgress) => call<"load">({ operation: "load", url, prefer }, onProgress),
    open(source, onProgress) {
      opens = true;
      if (worker) listen();
      return call<"open">({ operation: "open", source }, onProgress);
    },
    statistics: (column) => call<"statistics">({ operation: "statistics", column }),
    rowKey: () => call<"rowKey">({ operation: "rowKey" }),
    query: (query) => call<"query">({ operation: "query", query }),
    find: (needle) => call<"find">({ operation: "find", needle }),
    export: (order, format) => call<"export">({ operation: "export", order, format }),
    end() {
      isEnded = true;
      pending.clear();
      stopListening();
      worker?.terminate();
    },
  };
}
