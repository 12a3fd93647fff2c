import { download } from "#app/_data/download";
import { type RowInVersion, rowIn } from "./row-in";

/** Reads a row from the data of versions, one after the other, so that one of them is in memory at a time. */
export interface HistoryRequest {
  urls: string[];
  names: string[];
  by: string[];
}

/** The result for one URL, in their order. */
export type HistoryResult = { at: number } & ({ row: RowInVersion } | { problem: string });

addEventListener("message", async ({ data: { urls, ...row } }: MessageEvent<HistoryRequest>) => {
  for (const [at, url] of urls.entries()) {
    try {
      postMessage({ at, row: rowIn(await download(url, () => {}), row) } satisfies HistoryResult);
    } catch (error) {
      const problem = error instanceof Error ? error.message : "This version could not be read.";
      postMessage({ at, problem } satisfies HistoryResult);
    }
  }
});
