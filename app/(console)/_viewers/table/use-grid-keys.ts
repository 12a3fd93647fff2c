import type { KeyboardEvent } from "react";
import { cellText, valueAt } from "#formats/table";
import type { TableProps } from "./table-props";

/** The row is a position in the current order, not in the data. */
export interface ActiveCell {
  row: number;
  column: number;
}

/**
 * The key handler of a grid, by the ARIA grid pattern; `page` is the number of rows that Page Up and Down move. Space,
 * the menu key and Shift+F10 open the menu of the active cell's row.
 */
export function useGridKeys(
  { table, columns, order, onOpen }: TableProps,
  active: ActiveCell | null,
  move: (next: ActiveCell) => void,
  page: number,
  openMenu: (cell: ActiveCell) => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  const last = { row: order.length - 1, column: columns.length - 1 };
  const { row, column } = active ?? { row: 0, column: 0 };
  const target = (key: string, far: boolean): ActiveCell | null => {
    switch (key) {
      case "ArrowDown":
        return { row: far ? last.row : row + (active ? 1 : 0), column };
      case "ArrowUp":
        return { row: far ? 0 : row - 1, column };
      case "ArrowRight":
        return { row, column: far ? last.column : column + 1 };
      case "ArrowLeft":
        return { row, column: far ? 0 : column - 1 };
      case "PageDown":
        return { row: row + page, column };
      case "PageUp":
        return { row: row - page, column };
      case "Home":
        return far ? { row: 0, column: 0 } : { row, column: 0 };
      case "End":
        return far ? last : { row, column: last.column };
      default:
        return null;
    }
  };
  return (event) => {
    // Keys in a filter or on a column head are not for the grid.
    if (event.target !== event.currentTarget || order.length === 0) return;
    const far = event.ctrlKey || event.metaKey;
    const dataRow = order[row] ?? 0;
    const next = target(event.key, far);
    if (next) {
      event.preventDefault();
      move({
        row: Math.max(0, Math.min(last.row, next.row)),
        column: Math.max(0, Math.min(last.column, next.column)),
      });
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      onOpen({ row: dataRow, column });
    } else if (
      (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey) || event.key === " ") &&
      active
    ) {
      event.preventDefault();
      openMenu(active);
    } else if (event.key === "c" && far && active && getSelection()?.isCollapsed) {
      event.preventDefault();
      navigator.clipboard?.writeText(cellText(table, valueAt(table, dataRow, column)));
    }
  };
}
