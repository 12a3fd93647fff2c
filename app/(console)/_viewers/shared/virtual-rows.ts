import { observeElementOffset, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useRef } from "react";
import { MAX_PRINTED_ROWS } from "./printed-rows";
import { usePrinting } from "./use-printing";

/** In pixels. Browsers lay out nothing taller than about 16 million; beyond this height scroll positions are scaled. */
const MAX_HEIGHT = 12_000_000;
const INITIAL_VIEW = { width: 900, height: 620 };

export interface VirtualRows {
  /** To be set on the scrolling element. */
  scroll: RefObject<HTMLDivElement | null>;
  /** The height of all rows together, in pixels. */
  height: number;
  /** The rows to render, each with its distance from the top in pixels. */
  rendered: { row: number; top: number }[];
  /** Scrolls by the least distance that shows a row. */
  reveal(row: number): void;
  /** How many rows fit into the view. */
  page: number;
}

/** Renders of `count` rows, each `height` pixels, those in view, or the first ones on paper. A sticky head covers the first `headHeight` pixels. */
export function useVirtualRows(count: number, height: number, headHeight = 0): VirtualRows {
  const scroll = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  const printed = Math.min(count, MAX_PRINTED_ROWS);
  const total = count * height;
  const scale = (view: number) => (total <= MAX_HEIGHT ? 1 : (total - view) / (MAX_HEIGHT - view));
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
    initialRect: INITIAL_VIEW,
    observeElementOffset: (instance, notify) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        notify(offset * scale(instance.scrollRect?.height ?? 0), isScrolling);
      }),
  });
  const view = virtual.scrollRect?.height ?? INITIAL_VIEW.height;
  const offset = virtual.scrollOffset ?? 0;
  const shift = offset - offset / scale(view);
  return {
    scroll,
    height: printing ? printed * height : Math.min(total, MAX_HEIGHT),
    rendered: printing
      ? Array.from({ length: printed }, (_, row) => ({ row, top: row * height }))
      : virtual.getVirtualItems().map(({ index, start }) => ({ row: index, top: start - shift })),
    page: Math.max(1, Math.floor((view - headHeight) / height) - 1),
    reveal(row) {
      const element = scroll.current;
      if (!element) return;
      // Before the first measurement the view is not known.
      const seen = element.clientHeight || view;
      const top = row * height;
      const bottom = top + height - (seen - headHeight);
      if (top < offset) element.scrollTop = top / scale(seen);
      else if (bottom > offset) element.scrollTop = bottom / scale(seen);
    },
  };
}
