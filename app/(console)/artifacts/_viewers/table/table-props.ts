import type { Table } from "#formats/table";
import type { Column } from "./column";
import type { RowQuery, Sort } from "./row-query";

/** A cell, by the number of its row as written and of its column. */
export interface CellPosition {
  row: number;
  column: number;
}

/** What both ways to draw a table are given. */
export interface TableProps {
  table: Table;
  columns: Column[];
  /** The rows to draw, in their order. */
  order: Uint32Array;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  /** What is typed above the columns; null where nothing can be. */
  filters: RowQuery["filters"] | null;
  onFilter: (column: number, text: string) => void;
  onOpen: (place: CellPosition) => void;
}
