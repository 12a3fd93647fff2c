import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { CHART_HEIGHT, CHART_WIDTH, type ChartLayout } from "./scales";

const MAX_DOTS = 60;
const MAX_THICK_POINTS = 400;

const share = (of: number) => `${of * 100}%`;

/**
 * The drawing with its axes. Pointing at it, or the arrow keys on it, name a point by its place (null: none any more);
 * a click or Enter opens it. `reading` says the point at hand; `children` show it beside.
 */
export function Plot({
  label,
  drawing,
  at,
  opened,
  line,
  reading,
  write,
  onPoint,
  onOpen,
  children,
}: {
  label: string;
  drawing: ChartLayout;
  at: number;
  /** The place of the version that is open; where it is none of the points, `line` is how far across it lies. */
  opened: number;
  line: number | null;
  reading: string;
  write: (value: number) => string;
  onPoint: (place: number | null) => void;
  onOpen: () => void;
  children: ReactNode;
}) {
  const { points, levels, versions } = drawing;
  const last = points.length - 1;
  const hand = points[at];
  const move = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onPoint(nearest(points, (clientX - left) / width));
  };
  const press = (event: KeyboardEvent) => {
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
    const next = to[event.key];
    if (next === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (next === undefined) onOpen();
    else onPoint(Math.min(Math.max(next, 0), last));
  };
  return (
    <div className="relative mr-2 mb-6 ml-14 h-36">
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
        <path d={drawing.area} className="fill-wash" />
        <path
          d={drawing.line}
          className="fill-none stroke-accent"
          strokeWidth={points.length <= MAX_THICK_POINTS ? 1.5 : 0.75}
          vectorEffect={FIXED}
        />
      </svg>
      {levels.map(({ value, y }) => (
        <span
          key={value}
          aria-hidden
          style={{ top: share(y) }}
          className="absolute right-full -translate-y-1/2 whitespace-nowrap pr-2.5 text-faint text-xs tabular-nums"
        >
          {write(value)}
        </span>
      ))}
      {versions.map(({ value, x }) => (
        <span
          key={value}
          aria-hidden
          style={{ left: share(x) }}
          className="absolute top-full -translate-x-1/2 pt-1.5 text-faint text-xs tabular-nums"
        >
          v{value}
        </span>
      ))}
      {points.length <= MAX_DOTS &&
        points.map((place) => <Dot key={place.x} place={place} look="size-1.5 bg-accent" />)}
      {hand && children && (
        <span aria-hidden style={{ left: share(hand.x) }} className="absolute inset-y-0 w-px bg-edge" />
      )}
      {line !== null && <span aria-hidden style={{ left: share(line) }} className="absolute inset-y-0 w-px bg-ink" />}
      {points[opened] && <Dot place={points[opened]} look="size-2.5 bg-accent ring-2 ring-surface" />}
      {hand && children && <Dot place={hand} look="size-2.5 border-2 border-accent bg-surface" />}
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={at + 1}
        aria-valuetext={reading}
        onPointerMove={move}
        onPointerDown={move}
        onPointerLeave={() => onPoint(null)}
        onBlur={() => onPoint(null)}
        onClick={onOpen}
        onKeyDown={press}
        className="absolute inset-0 cursor-pointer touch-pan-y outline-offset-4"
      />
      {hand && children && (
        <div
          style={{ left: share(hand.x), transform: `translateX(-${share(hand.x)})` }}
          className="pointer-events-none absolute bottom-full z-10 mb-1"
        >
          {children}
        </div>
      )}
    </div>
  );
}

const FIXED = "non-scaling-stroke";

function Dot({ place, look }: { place: { x: number; y: number }; look: string }) {
  return (
    <span
      aria-hidden
      style={{ left: share(place.x), top: share(place.y) }}
      className={`absolute -translate-x-1/2 -translate-y-1/2 rounded-full ${look}`}
    />
  );
}

function nearest(places: { x: number }[], x: number): number {
  let best = 0;
  for (const [index, place] of places.entries()) {
    if (Math.abs(place.x - x) <= Math.abs((places[best]?.x ?? 0) - x)) best = index;
  }
  return best;
}
