"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useApi } from "#app/_data/client";
import type { Measure } from "#contract/series";
import { seriesQuery } from "./queries";
import { type HistoryView, historyHref, measureName } from "./view";

const Chart = dynamic(() => import("./chart/chart").then((module) => module.Chart));

/** The chart of a measure over the versions of a key. */
export function SeriesChart({
  artifactKey,
  view,
  measure,
  type,
  open,
}: {
  artifactKey: string;
  view: HistoryView;
  measure: Measure;
  type: string | null;
  open: number;
}) {
  const { data: series } = useQuery(seriesQuery(useApi(), artifactKey, measure));
  if (!series) return null;
  if (series.points.length > 1) {
    return (
      <Chart
        name={measureName(measure, type)}
        measure={measure}
        percent={measure === "number" && type === "progress"}
        series={series}
        open={open}
        hrefOf={(version) => historyHref(artifactKey, { ...view, version, from: null })}
      />
    );
  }
  // The reason is shown only to a reader who chose a chart.
  return view.chart && <p className="mt-3 text-faint text-sm">A chart needs at least two versions.</p>;
}
