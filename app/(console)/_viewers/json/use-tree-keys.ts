import type { KeyboardEvent } from "react";
import type { JsonIndex } from "#formats/json-index";
import type { VisibleRows } from "./visible-rows";

/** The key handler of a tree, by the ARIA tree view pattern; `page` is the number of rows that Page Up and Down move. */
export function useTreeKeys({
  index,
  rows,
  expanded,
  active,
  toggle,
  activate,
  page,
}: {
  index: JsonIndex;
  rows: VisibleRows;
  expanded: ReadonlySet<number>;
  active: number | null;
  toggle: (value: number) => void;
  activate: (value: number) => void;
  page: number;
}): (event: KeyboardEvent) => void {
  const last = rows.count - 1;
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = active === null ? -1 : rows.values.subarray(0, rows.count).indexOf(active);
    const hasChildren = active !== null && (index.size[active] ?? 0) > 0;
    const isExpanded = active !== null && expanded.has(active);
    const moveTo = (row: number) => {
      activate(rows.values[row] ?? 0);
      return true;
    };
    const toggleActive = () => {
      if (active !== null) toggle(active);
      return active !== null;
    };
    const parentRow = () => {
      let row = at;
      while (row > 0 && (rows.depths[row] ?? 0) >= (rows.depths[at] ?? 0)) row -= 1;
      return row;
    };
    const handle = (): boolean => {
      switch (event.key) {
        case "ArrowDown":
          return moveTo(Math.min(last, at + 1));
        case "ArrowUp":
          return moveTo(Math.max(0, at - 1));
        case "PageDown":
          return moveTo(Math.min(last, at + page));
        case "PageUp":
          return moveTo(Math.max(0, at - page));
        case "Home":
          return moveTo(0);
        case "End":
          return moveTo(last);
        case "ArrowRight":
          return hasChildren && (isExpanded ? moveTo(at + 1) : toggleActive());
        case "ArrowLeft":
          return hasChildren && isExpanded ? toggleActive() : moveTo(parentRow());
        case "Enter":
          return hasChildren && toggleActive();
        default:
          return false;
      }
    };
    if (handle()) event.preventDefault();
  };
}
