import { Timestamp } from "#app/_ui/age";
import type { SeriesPoint } from "#contract/series";

/** One version of a chart, read: its number, its value, what changed since the point before, and when it was made. */
export function PointDetails({
  point,
  before,
  write,
}: {
  point: SeriesPoint;
  before: SeriesPoint | undefined;
  write: (value: number) => string;
}) {
  const change = before === undefined ? 0 : point.value - before.value;
  return (
    <div className="whitespace-nowrap rounded-md border bg-raised px-2.5 py-1.5 text-xs tabular-nums shadow-md">
      <p>
        <span className="font-medium">v{point.version}</span> {write(point.value)}
        {change !== 0 && (
          <span className="text-soft">
            {" "}
            ({change > 0 ? "+" : "−"}
            {write(Math.abs(change))})
          </span>
        )}
      </p>
      <p className="text-faint">
        <Timestamp of={point.created} />
      </p>
    </div>
  );
}
