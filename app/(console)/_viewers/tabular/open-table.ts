import type { DownloadProgress } from "#app/_data/download";
import { NO_TABLE } from "#formats/delimited/no-table";
import type { OpenedTable, TableSource } from "./opened";

/** Reads a file with a table; the code for its format is loaded with it. @throws Error with a sentence */
export async function openTable(
  source: TableSource,
  onProgress: (progress: DownloadProgress) => void,
): Promise<OpenedTable> {
  try {
    return await readTable(source, onProgress);
  } catch (error) {
    if (error instanceof Error && error.name === NO_TABLE) throw error;
    throw new Error(problemOf(error));
  }
}

async function readTable(source: TableSource, onProgress: (progress: DownloadProgress) => void): Promise<OpenedTable> {
  switch (source.format) {
    case "delimited":
      return (await import("./read-delimited")).readDelimited(source, onProgress);
    case "parquet":
      return (await import("./read-parquet")).readParquet(source);
    case "arrow":
      return (await import("./read-arrow")).readArrow(source, onProgress);
    case "json-lines":
      return (await import("./read-json-lines")).readJsonLines(source, onProgress);
  }
}

/** Errors of libraries are no sentences. */
function problemOf(error: unknown): string {
  const message = error instanceof Error && error.name === "Error" ? error.message : "";
  if (/^[A-Z].*\.$/s.test(message)) return message;
  const codec = /^parquet unsupported compression codec: (\w+)$/.exec(message)?.[1];
  if (codec) return `The file can't be shown: it is compressed by ${codec}.`;
  return "The file is broken, or has something that can't be shown.";
}
