import { type KeyboardEvent, useRef } from "react";

/** The visible rows of a tree. */
export interface TreeRows {
  count: number;
  depthOf: (row: number) => number;
  hasChildren: (row: number) => boolean;
  isExpanded: (row: number) => boolean;
  /** What typed letters find the beginning of. */
  nameOf?: (row: number) => string;
}

/** In milliseconds: after such a pause, a letter begins another search. */
const TYPING_PAUSE = 700;
/** Others are shortcuts. */
const NAME_CHARACTER = /^[\p{L}\p{N}._-]$/u;

/**
 * The key handler of a tree, by the ARIA tree view pattern; `active` is a row, or -1, and `page` the number of rows that
 * Page Up and Down move. `open` opens a row without children.
 */
export function useTreeKeys({
  rows,
  active,
  toggle,
  moveTo,
  open,
  page,
}: {
  rows: TreeRows;
  active: number;
  toggle: (row: number) => void;
  moveTo: (row: number) => void;
  open?: (row: number) => void;
  page: number;
}): (event: KeyboardEvent) => void {
  const typed = useRef({ text: "", at: 0 });
  const last = rows.count - 1;
  const isRow = active >= 0;
  const hasChildren = isRow && rows.hasChildren(active);
  const isExpanded = isRow && rows.isExpanded(active);
  const go = (row: number) => {
    moveTo(row);
    return true;
  };
  const toggleActive = () => {
    if (isRow) toggle(active);
    return isRow;
  };
  const openActive = () => {
    if (hasChildren) return toggleActive();
    if (isRow) open?.(active);
    return isRow && open !== undefined;
  };
  const parentRow = () => {
    let row = active;
    while (row > 0 && rows.depthOf(row) >= rows.depthOf(active)) row -= 1;
    return Math.max(0, row);
  };
  const find = (letter: string, now: number) => {
    const { nameOf } = rows;
    if (!nameOf) return false;
    const isMore = now - typed.current.at <= TYPING_PAUSE;
    const text = (isMore ? typed.current.text : "") + letter.toLowerCase();
    typed.current = { text, at: now };
    // The first letter leaves the active row, further ones may stay.
    const from = Math.max(0, active) + (text.length === 1 ? 1 : 0);
    for (let step = 0; step < rows.count; step += 1) {
      const row = (from + step) % rows.count;
      if (nameOf(row).toLowerCase().startsWith(text)) return go(row);
    }
    return true;
  };
  const handle = (key: string, now: number): boolean => {
    switch (key) {
      case "ArrowDown":
        return go(Math.min(last, active + 1));
      case "ArrowUp":
        return go(Math.max(0, active - 1));
      case "PageDown":
        return go(Math.min(last, active + page));
      case "PageUp":
        return go(Math.max(0, active - page));
      case "Home":
        return go(0);
      case "End":
        return go(last);
      case "ArrowRight":
        return hasChildren && (isExpanded ? go(active + 1) : toggleActive());
      case "ArrowLeft":
        return hasChildren && isExpanded ? toggleActive() : go(parentRow());
      case "Enter":
      case " ":
        return openActive();
      default:
        return NAME_CHARACTER.test(key) && find(key, now);
    }
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!NAME_CHARACTER.test(event.key)) typed.current.text = "";
    if (handle(event.key, event.timeStamp)) event.preventDefault();
  };
}
