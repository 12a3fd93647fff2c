const WIDTH = 48;
const HEIGHT = 16;
const EDGE = 2;

/** A small chart of values, oldest first; nothing for fewer than two. Its numbers are in the text beside it. */
export function Sparkline({ values, isWide = false }: { values: number[]; isWide?: boolean }) {
  if (values.length < 2) return null;
  const points = pointsOf(values);
  const [x, y] = points.at(-1) ?? [0, 0];
  return (
    <svg
      aria-hidden
      width={isWide ? "100%" : WIDTH}
      height={isWide ? "100%" : HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio={isWide ? "none" : undefined}
      className={`overflow-visible text-faint ${isWide ? "" : "shrink-0"}`}
    >
      <polyline
        points={points.map((point) => point.join(",")).join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect={isWide ? "non-scaling-stroke" : undefined}
      />
      {!isWide && <circle cx={x} cy={y} r="1.75" className="fill-accent" />}
    </svg>
  );
}

/** Positions from left to right, the least value at the bottom; equal values are a line in the middle. */
export function pointsOf(values: number[]): [x: number, y: number][] {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const range = greatest - least || 1;
  const rounded = (position: number) => Math.round(10 * position) / 10;
  return values.map((value, index) => {
    const part = least === greatest ? 0.5 : (value - least) / range;
    const x = EDGE + ((WIDTH - 2 * EDGE) * index) / (values.length - 1);
    return [rounded(x), rounded(HEIGHT - EDGE - part * (HEIGHT - 2 * EDGE))];
  });
}
