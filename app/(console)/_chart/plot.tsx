import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { CHART_HEIGHT, CHART_WIDTH, type ChartLayout } from "./chart-layout";
import { LOOKS } from "./looks";
import { type RangeActions, useRange } from "./use-range";

/** With more points there are no dots, and the line is thinner. */
const MAX_DOTS = 60;
const MAX_THICK_POINTS = 400;

const percent = (share: number) => `${share * 100}%`;

/**
 * A line chart with axes. The pointer and the arrow keys select a point, a click or Enter opens it; with `range`, dragging and
 * Shift with arrow keys select a part.
 */
export function Plot({
  label,
  layout,
  at,
  openIndex,
  openShare,
  valueText,
  extremes,
  selectedOthers,
  format,
  onHover,
  onOpen,
  range: actions,
  children,
}: {
  label: string;
  layout: ChartLayout;
  /** The index of the selected point. */
  at: number;
  /** The index of the open version's point, or -1; then `openShare` is its position as a share of the width. */
  openIndex: number;
  openShare: number | null;
  /** The selected point for screen readers. */
  valueText: string;
  /** The least and greatest values as text. */
  extremes: (NonNullable<ChartLayout["extremes"]> & { leastText: string; greatestText: string }) | null;
  /** The points of the other lines that are selected with it. */
  selectedOthers: ({ x: number; y: number } | undefined)[];
  format: (value: number) => string;
  /** The index of the hovered point, or null. */
  onHover: (index: number | null) => void;
  onOpen: () => void;
  range?: RangeActions;
  /** The tooltip of the hovered point. */
  children: ReactNode;
}) {
  const { points, levels, marks } = layout;
  const last = points.length - 1;
  const selected = points[at];
  const range = useRange(actions);
  const move = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const index = nearest(points, (clientX - left) / width);
    onHover(index);
    return index;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - 10,
      PageUp: at + 10,
      Home: 0,
      End: last,
    };
    const target = to[event.key];
    const next = target === undefined ? null : Math.min(Math.max(target, 0), last);
    const isHandled = range.onKeyDown(event, at, next);
    if (next === null && event.key !== "Enter" && !isHandled) return;
    event.preventDefault();
    if (isHandled) event.stopPropagation();
    else if (next === null) onOpen();
    else onHover(next);
  };
  return (
    <div className="relative mt-7 mr-3 mb-10 ml-14 h-44">
      <svg
        aria-hidden
        viewBox={`0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`}
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible"
      >
        {levels.map(({ value, y }) => (
          <line
            key={value}
            x1={0}
            x2={CHART_WIDTH}
            y1={y * CHART_HEIGHT}
            y2={y * CHART_HEIGHT}
            className="stroke-line"
            vectorEffect={FIXED}
          />
        ))}
        {layout.others.length === 0 && <path d={layout.area} className="fill-wash" />}
        <path
          d={layout.line}
          className="fill-none stroke-accent"
          strokeWidth={points.length <= MAX_THICK_POINTS ? 1.5 : 0.75}
          vectorEffect={FIXED}
        />
        {layout.others.map(({ line }, index) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its look
            key={index}
            d={line}
            className="fill-none"
            style={{ stroke: LOOKS[index]?.colour, strokeDasharray: LOOKS[index]?.dashes }}
            strokeWidth={1.5}
            vectorEffect={FIXED}
          />
        ))}
      </svg>
      {levels.map(({ value, y }) => (
        <span
          key={value}
          aria-hidden
          style={{ top: percent(y) }}
          className="absolute right-full -translate-y-1/2 whitespace-nowrap pr-2.5 text-faint text-xs tabular-nums"
        >
          {format(value)}
        </span>
      ))}
      {marks.map(({ label, x }) => (
        <span
          key={x}
          aria-hidden
          style={{ left: percent(x), transform: `translateX(-${percent(x)})` }}
          className="absolute top-full whitespace-nowrap pt-5 text-faint text-xs tabular-nums"
        >
          {label}
        </span>
      ))}
      {extremes && (
        <>
          <ExtremeLabel point={points[extremes.greatest]} text={`max ${extremes.greatestText}`} side="above" />
          <ExtremeLabel point={points[extremes.least]} text={`min ${extremes.leastText}`} side="below" />
        </>
      )}
      {points.length <= MAX_DOTS &&
        points.map((point) => <Dot key={point.x} point={point} look="size-1.5 bg-accent" />)}
      {range.range && <RangeMark points={points} {...range.range} />}
      {selected && children && (
        <span aria-hidden style={{ left: percent(selected.x) }} className="absolute inset-y-0 w-px bg-edge" />
      )}
      {openShare !== null && (
        <span aria-hidden style={{ left: percent(openShare) }} className="absolute inset-y-0 w-px bg-ink" />
      )}
      {points[openIndex] && <Dot point={points[openIndex]} look="size-2.5 bg-accent ring-2 ring-surface" />}
      {selected && children && <Dot point={selected} look="size-2.5 border-2 border-accent bg-surface" />}
      {children &&
        selectedOthers.map(
          (point, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its look
            point && <Dot key={index} point={point} colour={LOOKS[index]?.colour} look="size-2 ring-2 ring-surface" />,
        )}
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={at + 1}
        aria-valuetext={valueText + (range.text ?? "")}
        onPointerMove={(event) => range.onPointerMove(event, move(event))}
        onPointerDown={(event) => range.onPointerDown(event, move(event))}
        onPointerUp={range.onPointerUp}
        onPointerCancel={range.onPointerCancel}
        onPointerLeave={() => onHover(null)}
        onBlur={() => {
          range.clear();
          onHover(null);
        }}
        onClick={() => !range.endsDrag() && onOpen()}
        onKeyDown={onKeyDown}
        className="absolute inset-0 cursor-pointer touch-pan-y outline-offset-4"
      />
      {selected && children && (
        <div
          style={{ left: percent(selected.x), transform: `translateX(-${percent(selected.x)})` }}
          className="pointer-events-none absolute bottom-full z-10 mb-1"
        >
          {children}
        </div>
      )}
    </div>
  );
}

const FIXED = "non-scaling-stroke";

function RangeMark({ points, anchor, end }: { points: { x: number }[]; anchor: number; end: number }) {
  const [left, right] = [anchor, end].map((index) => points[index]?.x ?? 0).sort((a, b) => a - b);
  return (
    <span
      aria-hidden
      style={{ left: percent(left ?? 0), right: percent(1 - (right ?? 0)) }}
      className="absolute inset-y-0 border-accent border-x bg-accent/15"
    />
  );
}

function ExtremeLabel({
  point,
  text,
  side,
}: {
  point: { x: number; y: number } | undefined;
  text: string;
  side: "above" | "below";
}) {
  if (!point) return null;
  return (
    <span
      aria-hidden
      style={{
        left: percent(point.x),
        top: percent(point.y),
        transform: `translate(-${percent(point.x)}, ${side === "above" ? "calc(-100% - 5px)" : "4px"})`,
      }}
      className="pointer-events-none absolute whitespace-nowrap rounded bg-surface/80 px-1 text-soft text-xs leading-4 tabular-nums"
    >
      {text}
    </span>
  );
}

function Dot({ point, look, colour }: { point: { x: number; y: number }; look: string; colour?: string | undefined }) {
  return (
    <span
      aria-hidden
      style={{ left: percent(point.x), top: percent(point.y), backgroundColor: colour }}
      className={`absolute -translate-x-1/2 -translate-y-1/2 rounded-full ${look}`}
    />
  );
}

/** The index of the point at a share of the width. */
export function nearest(points: { x: number }[], x: number): number {
  let best = 0;
  for (const [index, point] of points.entries()) {
    if (Math.abs(point.x - x) <= Math.abs((points[best]?.x ?? 0) - x)) best = index;
  }
  return best;
}
