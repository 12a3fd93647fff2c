import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { pluralize } from "#formats/number";
import type { Bar } from "./bins";

/** A histogram whose bars filter the column: by a click, or by the arrow keys and Enter. */
export function Histogram({
  name,
  bars,
  filter,
  onFilter,
}: {
  /** Of the column. */
  name: string;
  bars: Bar[];
  /** The column's filter, which may be that of a bar. */
  filter: string;
  /** An empty text removes the filter. */
  onFilter: (text: string) => void;
}) {
  const [hovered, setHovered] = useState<number | null>(null);
  const active = bars.findIndex((bar) => bar.filter === filter);
  const at = hovered ?? Math.max(active, 0);
  const bar = bars[at];
  const most = Math.max(...bars.map(({ count }) => count));
  if (!bar) return null;
  const choose = () => bar.count > 0 && onFilter(at === active ? "" : bar.filter);
  const move = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setHovered(Math.max(0, Math.min(bars.length - 1, Math.floor(((clientX - left) / width) * bars.length))));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 };
    const next = steps[event.key];
    if (next === undefined && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) choose();
    else setHovered(Math.max(0, Math.min(bars.length - 1, next)));
  };
  const text = `${bar.label}: ${pluralize(bar.count, "row")}`;
  return (
    <div className="relative">
      <div
        role="slider"
        tabIndex={0}
        aria-label={`Histogram of ${name}`}
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={at + 1}
        aria-valuetext={`${text}${at === active ? ", filtered" : ""}`}
        onPointerMove={move}
        onPointerDown={move}
        onPointerLeave={() => setHovered(null)}
        onBlur={() => setHovered(null)}
        onClick={choose}
        onKeyDown={onKeyDown}
        className="flex h-8 cursor-pointer touch-pan-x items-end gap-px outline-offset-1"
      >
        {bars.map(({ count, filter: each }, index) => (
          <span
            key={each}
            style={{ height: count === 0 ? 1 : `max(2px, ${(count / most) * 100}%)` }}
            className={`flex-1 rounded-t-[1px] ${barColour(count, index === hovered, index === active)}`}
          />
        ))}
      </div>
      {hovered !== null && (
        <p
          aria-hidden
          className="pointer-events-none absolute inset-x-0 top-full z-10 truncate bg-canvas text-center font-medium text-[11px] text-ink leading-[15px]"
        >
          {text}
        </p>
      )}
    </div>
  );
}

function barColour(count: number, isHovered: boolean, isActive: boolean): string {
  if (count === 0) return "bg-line";
  return isActive ? "bg-accent" : isHovered ? "bg-accent/80" : "bg-accent/45";
}
