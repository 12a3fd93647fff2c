import { indexJsonText, TooManyValues } from "../json-index";
import { jsonProblem } from "../json-problem";
import { formatCount } from "../number";
import { runToEnd } from "../steps";
import { readTable, type Table } from "../table";
import { noTable } from "./no-table";

/** Reads JSON lines, each an object or each a list, as the rows of a table. */
export class JsonLinesBytes {
  #decoder = new TextDecoder();
  #pieces: string[] = [];

  restart(): void {
    this.#decoder = new TextDecoder();
    this.#pieces = [];
  }

  add(part: Uint8Array): void {
    this.#pieces.push(this.#decoder.decode(part, { stream: true }));
  }

  /** @throws Error with a sentence for lines that are not rows */
  finish(isWhole: boolean): { table: Table; notes: string[] } {
    const lines = this.#pieces.join("").split("\n");
    // The last line of a part may be cut.
    if (!isWhole) lines.pop();
    const { table, rows } = tableOfLines(lines);
    const cut = `Only the first ${formatCount(table.rows)} rows are shown: the file has too many values for a table.`;
    return { table, notes: table.rows < rows ? [cut] : [] };
  }
}

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
