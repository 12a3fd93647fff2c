import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";

/** What a range of points in a chart does. */
export interface RangeActions {
  /** The name of a point for screen readers. */
  nameOf: (index: number) => string;
  /** `from` is less than `to`. */
  onSelect: (from: number, to: number) => void;
  /** Shows the whole chart again; null where it is shown. */
  onReset: (() => void) | null;
}

interface Range {
  anchor: number;
  end: number;
}

/** In pixels; a shorter drag is a click. */
const MIN_DRAG = 6;

/** Selects a range by dragging, or by Shift with the arrow keys and Enter. Escape cancels it, then resets the chart. */
export function useRange(actions: RangeActions | undefined) {
  const [range, setState] = useState<Range | null>(null);
  // A pointer may be released before its last move is rendered.
  const latest = useRef<Range | null>(null);
  const setRange = (next: Range | null) => {
    latest.current = next;
    setState(next);
  };
  const start = useRef<{ index: number; x: number } | null>(null);
  const isDragged = useRef(false);
  const select = ({ anchor, end }: Range) => {
    setRange(null);
    if (anchor !== end) actions?.onSelect(Math.min(anchor, end), Math.max(anchor, end));
  };
  return {
    range,
    text: range && actions ? rangeText(range, actions) : null,
    /** @param index of the point at the pointer */
    onPointerDown: (event: PointerEvent, index: number) => {
      isDragged.current = false;
      if (!actions || event.button !== 0 || event.pointerType === "touch") return;
      start.current = { index, x: event.clientX };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: ({ clientX }: PointerEvent, index: number) => {
      if (!start.current) return;
      isDragged.current ||= Math.abs(clientX - start.current.x) >= MIN_DRAG;
      if (isDragged.current) setRange({ anchor: start.current.index, end: index });
    },
    onPointerUp: () => {
      start.current = null;
      if (latest.current) select(latest.current);
    },
    onPointerCancel: () => {
      start.current = null;
      setRange(null);
    },
    /** Whether the click that follows is the end of a drag. */
    endsDrag: () => {
      const wasDragged = isDragged.current;
      isDragged.current = false;
      return wasDragged;
    },
    /** Whether a key press is handled. @param at the selected point @param next where the key leads */
    onKeyDown: ({ key, shiftKey }: KeyboardEvent, at: number, next: number | null): boolean => {
      if (!actions) return false;
      if (key === "Escape" && (range || actions.onReset)) {
        if (range) setRange(null);
        else actions.onReset?.();
        return true;
      }
      if (key === "Enter" && range) {
        select(range);
        return true;
      }
      if (next !== null) setRange(shiftKey ? { anchor: range?.anchor ?? at, end: next } : null);
      return false;
    },
    clear: () => setRange(null),
  };
}

function rangeText({ anchor, end }: Range, { nameOf }: RangeActions): string {
  const [from, to] = [Math.min(anchor, end), Math.max(anchor, end)];
  return `, ${nameOf(from)} to ${nameOf(to)} selected: Enter zooms in`;
}
