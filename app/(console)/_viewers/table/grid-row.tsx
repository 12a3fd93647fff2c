// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot omit the rows that are not in view

import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import { valueAt } from "#formats/table";
import { CellContent, canOpen } from "./cells/cell-content";
import { CELL_RING, RowNumber, rowColour } from "./row/row-number";

/** One row of a grid: its sticky first cell and those in view. */
export function GridRow({
  table,
  columns,
  row,
  position,
  top,
  height,
  wrap,
  gutter,
  firstWidth,
  cells,
  active,
  marked,
  cellId,
  onClick,
  onMenu,
}: {
  table: Table;
  columns: Column[];
  /** The row's number in the data. */
  row: number;
  /** Its position in the current order. */
  position: number;
  top: number;
  height: number;
  wrap: boolean;
  /** The width of the row's number. */
  gutter: number;
  firstWidth: number;
  cells: { at: number; left: number; width: number }[];
  /** The column of the active cell, if it is in this row. */
  active: number | null;
  /** Whether the URL links to it. */
  marked: boolean;
  cellId: (position: number, column: number) => string;
  onClick: (column: number, open: boolean) => void;
  onMenu: (anchor: Element) => void;
}) {
  const cell = (at: number, className: string, style: { left?: number; width: number }) => {
    const value = valueAt(table, row, at);
    const type = columns[at]?.type ?? "text";
    const opens = canOpen(table, value);
    const ring = active === at ? CELL_RING : "";
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all cells
      <div
        key={at}
        id={cellId(position, at)}
        role="gridcell"
        aria-colindex={at + 1}
        onClick={() => onClick(at, opens)}
        className={`${wrap ? "line-clamp-3 break-words" : "truncate"} border-b px-3 py-[4.5px] ${rowColour(marked)} ${type === "number" ? "text-right" : "text-start"} ${opens ? "cursor-pointer hover:text-accent" : ""} ${ring} ${className}`}
        style={{ ...style, height }}
      >
        <CellContent table={table} value={value} column={columns[at]} />
      </div>
    );
  };
  return (
    <div
      role="row"
      aria-rowindex={position + 2}
      aria-current={marked || undefined}
      className="group absolute inset-x-0 top-0 flex contain-layout"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        className={`sticky left-0 z-[1] shrink-0 border-b ${rowColour(marked)}`}
        style={{ width: gutter, height }}
      >
        <RowNumber row={row + (table.offset ?? 0)} inGrid onMenu={onMenu} />
      </div>
      {cell(0, "sticky z-[1] shrink-0 border-r", { left: gutter, width: firstWidth })}
      {cells.map(({ at, left, width }) => cell(at, "absolute top-0", { left, width }))}
    </div>
  );
}
