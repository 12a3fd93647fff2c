import type { DownloadProgress } from "#app/_data/download";
import type { DiffOptions } from "#diff/options";
import type { ComparedVersion, Comparison, ComparisonRequest, ComparisonResponse } from "./worker";

/** In milliseconds, after both versions are loaded. */
const TIMEOUT = 30_000;

/** Compares two versions with several options, in a worker that loads them once while it runs. */
export interface Comparer {
  /** An aborted one rejects, though the worker may go on with it. */
  compare(options: DiffOptions, signal: AbortSignal): Promise<Comparison>;
  /** Ends the worker; a comparison that runs settles only when it is aborted. */
  end(): void;
}

/** @param keepsRunning whether the worker keeps both versions for further comparisons, or ends when none is left to do */
export function createComparer(
  from: ComparedVersion,
  to: ComparedVersion,
  onProgress: (progress: DownloadProgress) => void,
  keepsRunning: boolean,
): Comparer {
  let worker: Worker | null = null;
  let lastId = 0;
  const running = new Set<number>();
  const end = () => {
    worker?.terminate();
    worker = null;
    running.clear();
  };
  const compare = (options: DiffOptions, aborted: AbortSignal) =>
    new Promise<Comparison>((resolve, reject) => {
      worker ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      lastId += 1;
      const id = lastId;
      running.add(id);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const fail = (message: string) => {
        end();
        reject(new Error(message));
      };
      const listeners = new AbortController();
      const { signal } = listeners;
      const settle = () => {
        clearTimeout(timer);
        listeners.abort();
        running.delete(id);
        if (running.size === 0 && !keepsRunning) end();
      };
      const onAbort = () => {
        settle();
        reject(aborted.reason);
      };
      aborted.addEventListener("abort", onAbort, { signal });
      worker.addEventListener("error", () => fail("The comparison failed."), { signal });
      worker.addEventListener(
        "message",
        ({ data }: MessageEvent<ComparisonResponse>) => {
          if (data.id !== id) return;
          if ("progress" in data) return onProgress(data.progress);
          if ("isLoaded" in data) {
            timer = setTimeout(() => fail(`The comparison took longer than ${TIMEOUT / 1000} s.`), TIMEOUT);
            return;
          }
          settle();
          if ("error" in data) reject(new Error(data.error));
          else resolve(data.comparison);
        },
        { signal },
      );
      worker.postMessage({ id, from, to, options } satisfies ComparisonRequest);
    });
  return { compare, end };
}
