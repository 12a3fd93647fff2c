import type { DownloadProgress } from "#app/_data/download";
import { columnsOf } from "#formats/column";
import { JsonLinesBytes } from "#formats/delimited/json-lines";
import { receiveBytes } from "./byte-parts";
import { type OpenedTable, type TableSource, WHOLE } from "./opened";

/** Reads JSON lines, each an object or each a list, as the rows of a table. @throws Error with a sentence */
export async function readJsonLines(
  source: TableSource,
  onProgress: (progress: DownloadProgress) => void,
): Promise<OpenedTable> {
  const lines = new JsonLinesBytes();
  const left = await receiveBytes(source, lines, onProgress);
  const { table, notes } = lines.finish(left === null);
  return { table, columns: columnsOf(table), notes: left === null ? notes : [left, ...notes], ...WHOLE };
}
