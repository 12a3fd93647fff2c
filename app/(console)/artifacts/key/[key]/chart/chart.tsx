"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { Measure, Series } from "#contract/series";
import { ChartTable } from "./chart-table";
import { Plot } from "./plot";
import { PointDetails } from "./point-details";
import { formatMeasure, layoutChart } from "./scales";

/** A measure drawn over the versions of a key; the same stands below as a table. */
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
  /** Whether values are hundredths, and so are drawn from 0 to 100. */
  percent: boolean;
  series: Series;
  open: number;
  hrefOf: (version: number) => string;
}) {
  const router = useRouter();
  const [pointed, setPointed] = useState<number | null>(null);
  const drawing = useMemo(() => layoutChart(points, percent), [points, percent]);
  const last = points.length - 1;
  const opened = points.findIndex(({ version }) => version === open);
  const at = Math.min(pointed ?? (opened < 0 ? last : opened), last);
  const point = points[at];
  const [first = open, final = open] = [points[0]?.version, points[last]?.version];
  if (!point) return null;
  const write = (value: number, short = false) => formatMeasure(value, measure, percent, short);
  return (
    <figure className="mt-3 rounded-lg border bg-surface px-4 pt-4 pb-3">
      {drawing && (
        <Plot
          label={`${name} by version`}
          drawing={drawing}
          at={at}
          opened={opened}
          line={opened < 0 && open > first && open < final ? (open - first) / (final - first) : null}
          reading={`v${point.version}: ${write(point.value)}`}
          write={(value) => write(value, true)}
          onPoint={setPointed}
          onOpen={() => router.push(hrefOf(point.version), { scroll: false })}
        >
          {pointed !== null && <PointDetails point={point} before={points[at - 1]} write={write} />}
        </Plot>
      )}
      <ChartTable name={name} points={points} hidden={versions - points.length} write={write} hrefOf={hrefOf} />
    </figure>
  );
}
