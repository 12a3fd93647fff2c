import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import type { ExportFormat } from "./export-rows";
import type { Sort } from "./query/row-order";
import type { RowQuery } from "./query/row-query";
import type { RowKeyReader } from "./row/use-row-target";
import type { StatisticsStore } from "./statistics/statistics-store";
import type { StatisticsReader } from "./statistics/use-statistics";

/** Queries and exports a table outside the page. */
export interface TableReader {
  /** As `queryRows`; null if a later query came before the result. */
  query(query: RowQuery): Promise<Uint32Array | null>;
  /** As `exportRows`. */
  export(order: Uint32Array | null, format: ExportFormat): Promise<Blob>;
}

/** Computes without blocking the page what takes a while. */
export interface TableTools extends RowKeyReader, StatisticsReader {}

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
  /** In pixels, where the reader resized a column. */
  widthOf: (column: number) => number | null;
  onResize: (column: number, width: number) => void;
  /** Whether long text is wrapped. */
  wrap: boolean;
  /** Null while the statistics are hidden. */
  statistics: StatisticsStore | null;
  onOpen: (position: CellPosition) => void;
  /** The row, and perhaps the cell, to mark and to scroll to. */
  target: { row: number; column: number | null } | null;
  /** Opens the menu of a row beside an element; `column` where it is that of a cell. */
  onMenu: (row: number, column: number | null, anchor: Element) => void;
}
