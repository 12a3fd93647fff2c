"use client";

import { type ReactNode, useMemo, useState } from "react";
import { openHere } from "#app/_ui/shallow-link";
import type { Measure, Series } from "#contract/series";
import { useProducers } from "../../../../_list/producers";
import { type Axis, formatMeasure, layoutChart } from "./chart-layout";
import { ChartTable } from "./chart-table";
import { Plot } from "./plot";
import { PointDetails } from "./point-details";

/** The producers of so many points are queried together. */
const PRODUCERS = 50;

/** A line chart of a measure over the versions of a key or over time, and its data as a table. */
export function Chart({
  name,
  measure,
  percent,
  axis,
  axisChoice,
  series: { points, versions },
  open,
  hrefOf,
}: {
  name: string;
  measure: Measure;
  /** Whether the values are per cent, on an axis from 0 to 100. */
  percent: boolean;
  axis: Axis;
  axisChoice: ReactNode;
  series: Series;
  open: number;
  hrefOf: (version: number) => string;
}) {
  const [hovered, setHovered] = useState<number | null>(null);
  const layout = useMemo(() => layoutChart(points, percent, axis), [points, percent, axis]);
  const last = points.length - 1;
  const openIndex = points.findIndex(({ version }) => version === open);
  const at = Math.min(hovered ?? (openIndex < 0 ? last : openIndex), last);
  const stretch = Math.floor(at / PRODUCERS) * PRODUCERS;
  const producerOf = useProducers(hovered === null ? [] : points.slice(stretch, stretch + PRODUCERS));
  const point = points[at];
  const [first = open, final = open] = [points[0]?.version, points[last]?.version];
  if (!point) return null;
  const format = (value: number, short = false) => formatMeasure(value, measure, percent, short);
  const isBetween = axis === "version" && openIndex < 0 && open > first && open < final;
  const extremes = layout?.extremes && {
    ...layout.extremes,
    leastText: format(points[layout.extremes.least]?.value ?? 0, true),
    greatestText: format(points[layout.extremes.greatest]?.value ?? 0, true),
  };
  return (
    <figure className="rounded-lg border bg-surface px-4 pt-3 pb-3">
      <figcaption className="mb-1 flex items-center justify-between gap-3 text-sm">
        <span className="font-medium">{name}</span>
        {axisChoice}
      </figcaption>
      {layout && (
        <Plot
          label={`${name} by ${axis}`}
          layout={layout}
          at={at}
          openIndex={openIndex}
          openShare={isBetween ? (open - first) / (final - first) : null}
          valueText={`v${point.version}: ${format(point.value)}`}
          extremes={extremes ?? null}
          format={(value) => format(value, true)}
          onHover={setHovered}
          onOpen={() => openHere(hrefOf(point.version))}
        >
          {hovered !== null && (
            <PointDetails
              point={point}
              previous={points[at - 1]}
              producer={point.flowRunId === null ? null : producerOf(point.flowRunId)}
              format={format}
            />
          )}
        </Plot>
      )}
      <ChartTable name={name} points={points} hidden={versions - points.length} format={format} hrefOf={hrefOf} />
    </figure>
  );
}
