import type { DownloadProgress } from "#app/_data/download";
import { columnsOf } from "#formats/column";
import { indexJsonText, TooManyValues } from "#formats/json-index";
import { jsonProblem } from "#formats/json-problem";
import { formatCount } from "#formats/number";
import { runToEnd } from "#formats/steps";
import { readTable, type Table } from "#formats/table";
import { receiveBytes } from "./byte-parts";
import { noTable, type OpenedTable, type TableSource, WHOLE } from "./opened";

/** Reads JSON lines, each an object or each a list, as the rows of a table. @throws Error with a sentence */
export async function readJsonLines(
  source: TableSource,
  onProgress: (progress: DownloadProgress) => void,
): Promise<OpenedTable> {
  let decoder = new TextDecoder();
  let pieces: string[] = [];
  const sink = {
    restart() {
      decoder = new TextDecoder();
      pieces = [];
    },
    add(part: Uint8Array) {
      pieces.push(decoder.decode(part, { stream: true }));
    },
  };
  const left = await receiveBytes(source, sink, onProgress);
  const lines = pieces.join("").split("\n");
  // The last line of a part may be cut.
  if (left !== null) lines.pop();
  const { table, rows } = tableOfLines(lines);
  const cut = `Only the first ${formatCount(table.rows)} rows are shown: the file has too many values for a table.`;
  const notes = [...(left === null ? [] : [left]), ...(table.rows < rows ? [cut] : [])];
  return { table, columns: columnsOf(table), notes, ...WHOLE };
}

/** @throws Error with a sentence for lines that are not rows */
function tableOfLines(lines: string[]): { table: Table; rows: number } {
  const values: string[] = [];
  for (const [at, line] of lines.entries()) {
    const value = line.trim();
    if (value === "") continue;
    try {
      JSON.parse(value);
    } catch {
      const problem = jsonProblem(value)?.message ?? "expected a value";
      throw noTable(`Line ${formatCount(at + 1)} isn't JSON: ${problem}.`);
    }
    values.push(value);
  }
  for (let count = values.length; ; count = Math.floor(count / 2)) {
    try {
      const table = runToEnd(readTable(indexJsonText(`[${values.slice(0, count).join(",")}]`)));
      if (table) return { table, rows: values.length };
    } catch (error) {
      if (!(error instanceof TooManyValues)) throw error;
      continue;
    }
    throw noTable("The lines aren't the rows of a table: each must be an object, or each a list.");
  }
}
