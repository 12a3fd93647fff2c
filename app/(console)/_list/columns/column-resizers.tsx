"use client";

import { type KeyboardEvent, type PointerEvent, type RefObject, useLayoutEffect, useState } from "react";
import { columnName, type Display } from "./display";
import { validWidth, WIDTH } from "./display-cookie";
import { useDisplay } from "./use-display";

/** Pixels by which an arrow key changes a width. */
const STEP = 8;

/**
 * Handles at the left edges of columns, which change their widths: by drag, or by arrow keys. The first column takes what
 * the others leave, so a column grows to the left.
 * @param offset how many columns the table has before those of `display`
 */
export function ColumnResizers({
  table,
  offset,
  display,
}: {
  table: RefObject<HTMLTableElement | null>;
  offset: number;
  display: Display;
}) {
  const setDisplay = useDisplay();
  const [edges, setEdges] = useState<{ index: number; left: number }[]>([]);
  useLayoutEffect(() => {
    const element = table.current;
    if (!element) return;
    const measure = () => {
      const cells = [...(element.tHead?.rows[0]?.cells ?? [])].slice(offset, offset + display.columns.length);
      setEdges(
        cells.flatMap(({ offsetLeft, offsetWidth }, index) => (offsetWidth > 0 ? [{ index, left: offsetLeft }] : [])),
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [table, offset, display]);

  const column = (index: number) => table.current?.querySelectorAll("col")[offset + index];
  const keep = (index: number, width: number) =>
    setDisplay({
      ...display,
      columns: display.columns.map((each, at) => (at === index ? { ...each, width: validWidth(width) } : each)),
    });
  const drag = (event: PointerEvent<HTMLElement>, index: number) => {
    const handle = event.currentTarget;
    const [start, width] = [event.clientX, display.columns[index]?.width ?? 0];
    let next = width;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const move = ({ clientX }: globalThis.PointerEvent) => {
      next = validWidth(width + start - clientX);
      const element = column(index);
      if (element) element.style.width = `${next}px`;
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      if (next !== width) keep(index, next);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    keep(index, (display.columns[index]?.width ?? 0) + by);
  };
  return edges.map(({ index, left }) => {
    const { id = "", width = 0 } = display.columns[index] ?? {};
    return (
      // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
      <div
        key={id}
        role="separator"
        tabIndex={0}
        aria-label={`Width of ${columnName(id)}`}
        aria-orientation="vertical"
        aria-valuenow={width}
        aria-valuemin={WIDTH.least}
        aria-valuemax={WIDTH.most}
        title="Drag to change the width"
        style={{ left }}
        onPointerDown={(event) => drag(event, index)}
        onKeyDown={(event) => onKeyDown(event, index)}
        className="absolute top-0 z-[2] h-8 w-3 -translate-x-1/2 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:left-1/2 after:w-px after:bg-edge hover:after:bg-accent @max-3xl:hidden"
      />
    );
  });
}
