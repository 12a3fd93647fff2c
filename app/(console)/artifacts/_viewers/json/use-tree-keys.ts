import type { KeyboardEvent } from "react";
import type { JsonIndex } from "#formats/json-index";
import type { VisibleRows } from "./visible-rows";

/** What keys do in a tree: up and down move, right opens or goes in, left closes or goes out, Enter does as a press. */
export function useTreeKeys({
  index,
  rows,
  open,
  active,
  toggle,
  go,
  page,
}: {
  index: JsonIndex;
  rows: VisibleRows;
  open: ReadonlySet<number>;
  active: number | null;
  toggle: (value: number) => void;
  go: (value: number) => void;
  page: number;
}): (event: KeyboardEvent) => void {
  const last = rows.count - 1;
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = active === null ? -1 : rows.values.subarray(0, rows.count).indexOf(active);
    const nested = active !== null && (index.size[active] ?? 0) > 0;
    const isOpen = active !== null && open.has(active);
    const step = (row: number) => {
      go(rows.values[row] ?? 0);
      return true;
    };
    const press = () => {
      if (active !== null) toggle(active);
      return active !== null;
    };
    const out = () => {
      let row = at;
      while (row > 0 && (rows.depths[row] ?? 0) >= (rows.depths[at] ?? 0)) row -= 1;
      return row;
    };
    const act = (): boolean => {
      switch (event.key) {
        case "ArrowDown":
          return step(Math.min(last, at + 1));
        case "ArrowUp":
          return step(Math.max(0, at - 1));
        case "PageDown":
          return step(Math.min(last, at + page));
        case "PageUp":
          return step(Math.max(0, at - page));
        case "Home":
          return step(0);
        case "End":
          return step(last);
        case "ArrowRight":
          return nested && (isOpen ? step(at + 1) : press());
        case "ArrowLeft":
          return nested && isOpen ? press() : step(out());
        case "Enter":
          return nested && press();
        default:
          return false;
      }
    };
    if (act()) event.preventDefault();
  };
}
