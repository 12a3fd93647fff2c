"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import type { Metadata } from "#contract/artifact";
import type { Measure } from "#contract/series";
import { seriesQuery } from "./queries";
import { measureName } from "./view";

const Chart = dynamic(() => loadCode(() => import("./chart/chart")).then((module) => module.Chart));

/** The chart of a measure over the versions of a key; nothing for a single version that has it. */
export function SeriesChart({
  artifactKey,
  measure,
  type,
  axis,
  axisChoice,
  open,
  overlays,
  metadata,
  onOverlays,
  hrefOf,
}: {
  artifactKey: string;
  measure: Measure;
  type: string | null;
  axis: "version" | "time";
  axisChoice: ReactNode;
  open: number;
  /** The lines beside it, as the URL names them. */
  overlays: string[];
  /** The metadata of the open version, whose numbers can be lines. */
  metadata: Metadata | null;
  onOverlays: (overlays: string[]) => void;
  hrefOf: (version: number) => string;
}) {
  const { data: series } = useQuery(seriesQuery(useApi(), artifactKey, measure));
  if (!series || series.points.length < 2) return null;
  return (
    <Chart
      name={measureName(measure, type)}
      measure={measure}
      percent={measure === "number" && type === "progress"}
      axis={axis}
      axisChoice={axisChoice}
      series={series}
      open={open}
      artifactKey={artifactKey}
      names={overlays}
      metadata={metadata}
      onOverlays={onOverlays}
      hrefOf={hrefOf}
    />
  );
}
