import type { DownloadProgress } from "#app/_data/download";
import { columnsOf } from "#formats/column";
import { DelimitedBytes } from "#formats/delimited/bytes";
import { receiveBytes } from "./byte-parts";
import { type OpenedTable, type TableSource, WHOLE } from "./opened";

/** Reads the table in a delimited text while it loads. */
export async function readDelimited(
  source: TableSource,
  onProgress: (progress: DownloadProgress) => void,
): Promise<OpenedTable> {
  const text = new DelimitedBytes(source.choice);
  const left = await receiveBytes(source, text, onProgress);
  const { table, notes, layout } = text.finish(left === null);
  return { table, columns: columnsOf(table), notes: left === null ? notes : [left, ...notes], ...WHOLE, layout };
}
