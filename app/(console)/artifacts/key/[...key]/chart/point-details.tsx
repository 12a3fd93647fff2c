import type { ReactNode } from "react";
import { Timestamp } from "#app/_ui/age";
import type { SeriesPoint } from "#contract/series";
import { LOOKS } from "../../../../_chart/looks";
import { type Producer, ProducerLine } from "../../../../_list/producers";

/** The tooltip of a point, with its change since the previous one, its time and its run. */
export function PointDetails({
  point,
  previous,
  producer,
  format,
  children,
}: {
  point: SeriesPoint;
  previous: SeriesPoint | undefined;
  producer: Producer | null;
  format: (value: number) => string;
  /** The values of the other lines. */
  children?: ReactNode;
}) {
  const change = previous === undefined ? 0 : point.value - previous.value;
  return (
    <div className="whitespace-nowrap rounded-md border bg-raised px-2.5 py-1.5 text-xs tabular-nums shadow-md">
      <p>
        <span className="font-medium">v{point.version}</span> {format(point.value)}
        {change !== 0 && (
          <span className="text-soft">
            {" "}
            ({change > 0 ? "+" : "−"}
            {format(Math.abs(change))})
          </span>
        )}
      </p>
      {children}
      <p className="text-faint">
        <Timestamp of={point.created} />
      </p>
      {point.flowRunId !== null && producer && (
        <p className="max-w-64 truncate">
          {producer.flow && <span className="text-soft">{producer.flow} </span>}
          <ProducerLine id={point.flowRunId} producer={producer} short />
        </p>
      )}
    </div>
  );
}

/** The value of another line at about the same time or version. */
export function OtherValue({ look, name, value }: { look: number; name: string; value: string | undefined }) {
  if (value === undefined) return null;
  return (
    <p className="flex items-center gap-1.5">
      <span aria-hidden style={{ backgroundColor: LOOKS[look]?.colour }} className="size-2 rounded-full" />
      <span className="max-w-48 truncate text-soft">{name}</span> {value}
    </p>
  );
}
