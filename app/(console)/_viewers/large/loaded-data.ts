import { columnsOf } from "#formats/column";
import { indexJson, type JsonIndex, type JsonValues, kindOf, TooManyValues, textOf } from "#formats/json-index";
import { jsonProblem } from "#formats/json-problem";
import { formatBytes, formatCount } from "#formats/number";
import { runToEnd } from "#formats/steps";
import { readTable, type Table } from "#formats/table";
import { linesOf } from "../shared/lines";
import { withoutEscapes } from "../text/escapes";
import type { LoadedData, PreferredView } from "./protocol";

/** In bytes: a text that is checked is in memory as a string too. */
const MAX_CHECKED = 128_000_000;

/** How many lines of a text are shown: the page counts the rows of each. */
const MAX_LINES = 5_000_000;

/** Reads the bytes of a JSON text. More than `most` values are read as lines. */
export function readData(bytes: Uint8Array, prefer: PreferredView, most?: number): LoadedData {
  const problem = prefer === "json-file" ? problemOf(bytes) : null;
  if (problem !== null) return shownLines(bytes, false, problem);
  const index = prefer === "lines" ? null : indexOf(bytes, most);
  if (!index) return shownLines(bytes, false);
  const table = prefer === "table" ? runToEnd(readTable(index)) : null;
  if (table) return { kind: "table", table, columns: columnsOf(table) };
  if (kindOf(index, 0) !== "text") return { kind: "json", index };
  return shownLines(new TextEncoder().encode(withoutEscapes(textOf(index, 0))), true);
}

function shownLines(bytes: Uint8Array, isString: boolean, problem?: string): LoadedData {
  const lines = linesOf(bytes, MAX_LINES);
  const isCut = lines.bytes.length < bytes.length;
  const cut = `Only the first ${formatCount(MAX_LINES)} lines are shown. Download the text for all of them.`;
  const problems = [...(problem === undefined ? [] : [problem]), ...(isCut ? [cut] : [])];
  return { kind: "lines", lines, isString, ...(problems.length > 0 ? { problem: problems.join(" ") } : {}) };
}

/** Why a file is not shown as JSON, as a sentence. */
function problemOf(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_CHECKED) return `JSON above ${formatBytes(MAX_CHECKED)} is shown as text.`;
  const problem = jsonProblem(new TextDecoder().decode(bytes));
  return problem && `This isn't JSON: ${problem.message}. So it's shown as text.`;
}

function indexOf(bytes: Uint8Array, most?: number): JsonIndex | null {
  try {
    return runToEnd(indexJson(bytes, most));
  } catch (error) {
    if (error instanceof TooManyValues) return null;
    throw error;
  }
}

/** A copy to be transferred to the page. Lines are transferred themselves, since no later operation reads them. */
export function transferable(data: LoadedData): [LoadedData, Transferable[]] {
  switch (data.kind) {
    case "table": {
      const [table, buffers] = transferableTable(data.table);
      return [{ ...data, table }, buffers];
    }
    case "json": {
      const { count, next, size, name } = data.index;
      const values = copyOfValues(data.index);
      const rest = { next: next.slice(), size: size.slice(), name: name.slice() };
      return [
        { kind: "json", index: { ...values, ...rest, count } },
        [...buffersOf(values), rest.next.buffer, rest.size.buffer, rest.name.buffer],
      ];
    }
    case "lines":
      return [data, [data.lines.bytes.buffer, data.lines.starts.buffer]];
  }
}

/** A copy of a table to be transferred to the page. */
export function transferableTable(table: Table): [Table, Transferable[]] {
  const values = copyOfValues(table.values);
  const cells = table.cells.slice();
  return [{ ...table, values, cells }, [...buffersOf(values), cells.buffer]];
}

function copyOfValues({ bytes, from, to }: JsonValues): JsonValues {
  return { bytes: bytes.slice(), from: from.slice(), to: to.slice() };
}

function buffersOf({ bytes, from, to }: JsonValues): Transferable[] {
  return [bytes.buffer, from.buffer, to.buffer];
}
