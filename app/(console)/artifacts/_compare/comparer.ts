import { loadCode, serverReturned } from "#app/_data/connection";
import type { DownloadProgress } from "#app/_data/download";
import type { DiffOptions } from "#diff/options";
import { withoutUnread } from "./pdf-pages";
import type { ComparedVersion, Comparison, ComparisonRequest, ComparisonResponse } from "./worker";

/** In milliseconds, since bytes of a version came last: from there on both are decoded and compared. */
const TIMEOUT = 30_000;

/** The code of the worker did not arrive: browsers say so by an event without a message. */
class NotLoaded extends Error {
  override message = "The code of the comparison could not be loaded. Try again.";
}

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
  const ended = new AbortController();
  let prepared: Promise<[ComparedVersion, ComparedVersion]> | null = null;
  const compare = async (options: DiffOptions, aborted: AbortSignal) => {
    prepared ??= Promise.all([withPages(from, ended.signal), withPages(to, ended.signal)]).then(withoutUnread);
    const sides = await prepared.catch((error: unknown) => {
      prepared = null;
      throw error;
    });
    for (;;) {
      aborted.throwIfAborted();
      try {
        return await run(sides, options, aborted);
      } catch (error) {
        if (!(error instanceof NotLoaded) || !(await serverReturned())) throw error;
      }
    }
  };
  const run = ([from, to]: [ComparedVersion, ComparedVersion], options: DiffOptions, aborted: AbortSignal) =>
    new Promise<Comparison>((resolve, reject) => {
      worker ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      const own = worker;
      lastId += 1;
      const id = lastId;
      running.add(id);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const fail = (error: Error) => {
        clearTimeout(timer);
        listeners.abort();
        // Another comparison may have ended it, and a later one begun with a new worker.
        if (worker === own) end();
        reject(error);
      };
      const watch = () => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(new Error(`The comparison took longer than ${TIMEOUT / 1000} s.`)), TIMEOUT);
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
      ended.signal.addEventListener("abort", () => clearTimeout(timer), { signal });
      worker.addEventListener(
        "error",
        (event) => fail(event instanceof ErrorEvent ? new Error("The comparison failed.") : new NotLoaded()),
        { signal },
      );
      worker.addEventListener(
        "message",
        ({ data }: MessageEvent<ComparisonResponse>) => {
          // All comparisons wait for what the first one loads, and for one another.
          if (data.id !== id) return watch();
          if ("progress" in data) {
            watch();
            return onProgress(data.progress);
          }
          settle();
          if ("error" in data) reject(new Error(data.error));
          else resolve(data.comparison);
        },
        { signal },
      );
      watch();
      worker.postMessage({ id, from, to, options } satisfies ComparisonRequest);
    });
  return {
    compare,
    end() {
      ended.abort();
      end();
    },
  };
}

/** A PDF with the text of its pages, which its own worker reads for the page. */
async function withPages(version: ComparedVersion, signal: AbortSignal): Promise<ComparedVersion> {
  const { content } = version;
  if (content?.form !== "pdf") return version;
  const { textOfPages } = await loadCode(() => import("../../_viewers/pdf/document-text"));
  return { ...version, content: { ...content, pages: await textOfPages(content, signal) } };
}
