import type { Column } from "#formats/column";
import type { JsonIndex } from "#formats/json-index";
import type { Table } from "#formats/table";
import type { Lines } from "../shared/lines";
import type { ExportFormat } from "../table/export-rows";
import type { RowQuery } from "../table/query/row-query";
import type { ColumnStatistics } from "../table/statistics/column-statistics";
import type { OpenedTable, TableSource } from "../tabular/opened";

/**
 * Data as the worker read it; `isString` when the lines are the content of a JSON string rather than JSON text, `problem`
 * when they are not JSON, or not all.
 */
export type LoadedData =
  | { kind: "table"; table: Table; columns: Column[] }
  | { kind: "json"; index: JsonIndex }
  | { kind: "lines"; lines: Lines; isString: boolean; problem?: string };

/** What to read the data as; data that does not fit is read as the next one. A file may not be JSON, which is checked. */
export type PreferredView = "table" | "json" | "json-file" | "lines";

export type WorkerRequest =
  | { operation: "load"; url: string; prefer: PreferredView }
  | { operation: "open"; source: TableSource }
  | { operation: "query"; query: RowQuery }
  | { operation: "statistics"; column: number }
  | { operation: "rowKey" }
  | { operation: "find"; needle: string }
  | { operation: "export"; order: Uint32Array | null; format: ExportFormat };

export interface WorkerResults {
  load: LoadedData;
  open: OpenedTable;
  /** The matching rows in order; null if a later query came before the result. */
  query: Uint32Array | null;
  /** Null for a column that the table does not have. */
  statistics: ColumnStatistics | null;
  rowKey: number[];
  /** The values that match, or whose names do. */
  find: Uint32Array;
  export: Blob;
}
