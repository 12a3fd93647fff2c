import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import type { ExportFormat } from "./export-rows";
import type { RowQuery, Sort } from "./row-query";

/** Queries and exports a table outside the page. */
export interface TableReader {
  /** As `queryRows`; null if a later query came before the result. */
  query(query: RowQuery): Promise<Uint32Array | null>;
  /** As `exportRows`. */
  export(order: Uint32Array | null, format: ExportFormat): Promise<Blob>;
}

/** A cell by the number of its row in the data (not in the current order) and of its column. */
export interface CellPosition {
  row: number;
  column: number;
}

/** The props that the static and the virtual table share. */
export interface TableProps {
  table: Table;
  columns: Column[];
  /** The rows to show, in order. */
  order: Uint32Array;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  /** The text of the filters by column; null while they are hidden. */
  filters: RowQuery["filters"] | null;
  onFilter: (column: number, text: string) => void;
  onOpen: (position: CellPosition) => void;
}
