"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { Measure, Series } from "#contract/series";
import { formatMeasure, layoutChart } from "./chart-layout";
import { ChartTable } from "./chart-table";
import { Plot } from "./plot";
import { PointDetails } from "./point-details";

/** A line chart of a measure over the versions of a key, and its data as a table. */
export function Chart({
  name,
  measure,
  percent,
  series: { points, versions },
  open,
  hrefOf,
}: {
  name: string;
  measure: Measure;
  /** Whether the values are per cent, on an axis from 0 to 100. */
  percent: boolean;
  series: Series;
  open: number;
  hrefOf: (version: number) => string;
}) {
  const router = useRouter();
  const [hovered, setHovered] = useState<number | null>(null);
  const layout = useMemo(() => layoutChart(points, percent), [points, percent]);
  const last = points.length - 1;
  const openIndex = points.findIndex(({ version }) => version === open);
  const at = Math.min(hovered ?? (openIndex < 0 ? last : openIndex), last);
  const point = points[at];
  const [first = open, final = open] = [points[0]?.version, points[last]?.version];
  if (!point) return null;
  const format = (value: number, short = false) => formatMeasure(value, measure, percent, short);
  return (
    <figure className="mt-3 rounded-lg border bg-surface px-4 pt-4 pb-3">
      {layout && (
        <Plot
          label={`${name} by version`}
          layout={layout}
          at={at}
          openIndex={openIndex}
          openShare={openIndex < 0 && open > first && open < final ? (open - first) / (final - first) : null}
          valueText={`v${point.version}: ${format(point.value)}`}
          format={(value) => format(value, true)}
          onHover={setHovered}
          onOpen={() => router.push(hrefOf(point.version), { scroll: false })}
        >
          {hovered !== null && <PointDetails point={point} previous={points[at - 1]} format={format} />}
        </Plot>
      )}
      <ChartTable name={name} points={points} hidden={versions - points.length} format={format} hrefOf={hrefOf} />
    </figure>
  );
}
