import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { clampWidth, MAX_WIDTH, MIN_WIDTH } from "./column-layout";

/** In pixels, by an arrow key. */
const STEP = 16;

/** The edge of a column, which changes its width by a drag or the arrow keys; a double click or Enter fits it to its values. */
export function ResizeHandle({
  name,
  width,
  onResize,
  onFit,
}: {
  name: string;
  /** In pixels, as far as it is known before the column is laid out. */
  width: number;
  onResize: (width: number) => void;
  onFit: () => void;
}) {
  const drag = useRef<{ from: number; width: number } | null>(null);
  /** What keys requested while the column had the width `laidOut`: they may come faster than it is laid out. */
  const requested = useRef({ laidOut: 0, width: 0 });
  const widthOf = (handle: Element) => handle.parentElement?.getBoundingClientRect().width ?? width;
  const start = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: event.clientX, width: widthOf(event.currentTarget) };
  };
  const move = ({ clientX }: PointerEvent) => {
    if (drag.current) onResize(clampWidth(drag.current.width + clientX - drag.current.from));
  };
  const end = () => {
    drag.current = null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const steps: Record<string, number> = { ArrowLeft: -STEP, ArrowRight: STEP };
    const step = steps[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (step === undefined) onFit();
    else {
      const laidOut = widthOf(event.currentTarget);
      const from = requested.current.laidOut === laidOut ? requested.current.width : laidOut;
      requested.current = { laidOut, width: clampWidth(from + step) };
      onResize(requested.current.width);
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a thematic break cannot be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      tabIndex={0}
      title="Drag to resize, double-click to fit"
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={onFit}
      onKeyDown={onKeyDown}
      className="absolute top-0 right-0 z-[1] h-8 w-6 cursor-col-resize touch-none rounded after:absolute after:inset-y-1.5 after:right-0 after:w-px after:bg-line hover:after:w-0.5 hover:after:bg-accent"
    />
  );
}
