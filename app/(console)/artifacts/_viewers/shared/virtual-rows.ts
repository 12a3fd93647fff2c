import { observeElementOffset, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useRef } from "react";

/** A browser lays out nothing taller than some 16 million pixels; above this the scroll bar stands for more than it measures. */
const MAX_HEIGHT = 12_000_000;

/** The part of many rows of one height that is in view. */
export interface VirtualRows {
  scroll: RefObject<HTMLDivElement | null>;
  /** The height that all rows take in the scroll bar. */
  height: number;
  /** Rows to draw, each with its distance from the top. */
  rendered: { row: number; top: number }[];
  /** Scrolls as little as brings a row into view. */
  reveal(row: number): void;
  /** How many rows fit into the view. */
  page: number;
}

/** Draws of `count` rows, each `height` pixels, only those in view; `above` pixels at the top of the view are taken, as by a head that stays. */
export function useVirtualRows(count: number, height: number, above = 0): VirtualRows {
  const scroll = useRef<HTMLDivElement>(null);
  const total = count * height;
  const ratio = (view: number) => (total <= MAX_HEIGHT ? 1 : (total - view) / (MAX_HEIGHT - view));
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
    initialRect: { width: 900, height: 620 },
    observeElementOffset: (instance, tell) =>
      observeElementOffset(instance, (offset, moving) => {
        tell(offset * ratio(instance.scrollRect?.height ?? 0), moving);
      }),
  });
  const view = virtual.scrollRect?.height ?? 620;
  const offset = virtual.scrollOffset ?? 0;
  const shift = offset - offset / ratio(view);
  return {
    scroll,
    height: Math.min(total, MAX_HEIGHT),
    rendered: virtual.getVirtualItems().map(({ index, start }) => ({ row: index, top: start - shift })),
    page: Math.max(1, Math.floor((view - above) / height) - 1),
    reveal(row) {
      const element = scroll.current;
      if (!element) return;
      const top = row * height;
      const bottom = top + height - (view - above);
      if (top < offset) element.scrollTop = top / ratio(view);
      else if (bottom > offset) element.scrollTop = bottom / ratio(view);
    },
  };
}
