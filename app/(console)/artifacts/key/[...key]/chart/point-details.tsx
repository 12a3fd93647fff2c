import { Timestamp } from "#app/_ui/age";
import type { SeriesPoint } from "#contract/series";
import { type Producer, ProducerLine } from "../../../../_list/producers";

/** The tooltip of a point, with its change since the previous one, its time and its run. */
export function PointDetails({
  point,
  previous,
  producer,
  format,
}: {
  point: SeriesPoint;
  previous: SeriesPoint | undefined;
  producer: Producer | null;
  format: (value: number) => string;
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
