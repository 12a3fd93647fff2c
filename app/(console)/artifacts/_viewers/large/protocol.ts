import type { JsonIndex } from "#formats/json-index";
import type { Table } from "#formats/table";
import type { Column } from "../table/column";
import type { RowQuery } from "../table/row-query";
import type { Lines } from "../text/lines";

/** What a large text turned out to be: a table, JSON, or text that is shown as it is; `words` is a JSON string's own text. */
export type LoadedData =
  | { kind: "table"; table: Table; columns: Column[] }
  | { kind: "json"; index: JsonIndex }
  | { kind: "lines"; lines: Lines; words: boolean };

/** What a reader wants to see in a text: the first of these that it is. */
export type PreferredView = "table" | "json" | "lines";

/** What the worker that holds a text is asked. */
export type WorkerRequest =
  | { ask: "open"; address: string; want: PreferredView }
  | { ask: "arrange"; arrangement: RowQuery }
  | { ask: "find"; needle: string }
  | { ask: "write"; order: Uint32Array | null; form: "csv" | "json" };

/** What the worker answers to each. */
export interface WorkerResults {
  open: LoadedData;
  /** The rows that are shown, in their order. */
  arrange: Uint32Array;
  /** The values in which it was found, or in whose name. */
  find: Uint32Array;
  write: Blob;
}
