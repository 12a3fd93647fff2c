// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus, and names what is active in it
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in view
import type { Table } from "#formats/table";
import { valueAt } from "./cell";
import { CellContent, isLong } from "./cell-content";
import type { Column } from "./column";

/** One row of a grid: its first cell stays at the side, of the others those in view are drawn. */
export function GridRow({
  table,
  columns,
  row,
  position,
  top,
  height,
  first,
  places,
  active,
  cellId,
  onPress,
}: {
  table: Table;
  columns: Column[];
  /** The row as written, and its position among those shown. */
  row: number;
  position: number;
  top: number;
  height: number;
  first: number;
  places: { at: number; left: number; width: number }[];
  /** The column of the active cell, where it is in this row. */
  active: number | null;
  cellId: (position: number, column: number) => string;
  onPress: (column: number, open: boolean) => void;
}) {
  const cell = (at: number, className: string, style: { left?: number; width: number }) => {
    const value = valueAt(table, row, at);
    const type = columns[at]?.type ?? "text";
    const long = isLong(table, value) && type !== "link";
    const ring = active === at ? "outline-2 outline-accent -outline-offset-2" : "";
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys for all of its cells
      <div
        key={at}
        id={cellId(position, at)}
        role="gridcell"
        aria-colindex={at + 1}
        onClick={() => onPress(at, long)}
        className={`truncate border-b px-3 py-[4.5px] group-hover:bg-hover ${type === "number" ? "text-right" : "text-left"} ${long ? "cursor-pointer hover:text-accent" : ""} ${ring} ${className}`}
        style={{ ...style, height }}
      >
        <CellContent table={table} value={value} type={type} />
      </div>
    );
  };
  return (
    <div
      role="row"
      aria-rowindex={position + 2}
      className="group absolute inset-x-0 top-0 contain-layout"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {cell(0, "sticky left-0 z-[1] border-r bg-surface", { width: first })}
      {places.map(({ at, left, width }) => cell(at, "absolute top-0", { left, width }))}
    </div>
  );
}
