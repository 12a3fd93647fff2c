"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import type { Metadata } from "#contract/artifact";
import type { Measure, Series } from "#contract/series";
import type { Zoom } from "./chart/zoom";
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
  zoom,
  asOf,
  onOverlays,
  onZoom,
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
  /** The versions that it shows; null for all. */
  zoom: Zoom | null;
  /** The time that it shows; undefined for now. */
  asOf?: string;
  onOverlays: (overlays: string[]) => void;
  onZoom: (zoom: Zoom | null) => void;
  hrefOf: (version: number) => string;
}) {
  const api = useApi();
  const { data: whole } = useQuery(seriesQuery(api, artifactKey, measure, asOf));
  // Where the whole chart leaves points out.
  const isDetailed = zoom !== null && whole !== undefined && whole.versions > whole.points.length;
  const { data: detail } = useQuery({
    ...seriesQuery(api, artifactKey, measure, asOf, zoom ?? undefined),
    enabled: isDetailed,
  });
  if (!whole || whole.points.length < 2) return null;
  const part = zoom && ((isDetailed && detail) || partOf(whole, zoom));
  const series = part && part.points.length > 1 ? part : whole;
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
      isZoomed={series !== whole}
      asOf={asOf}
      onOverlays={onOverlays}
      onZoom={onZoom}
      hrefOf={hrefOf}
    />
  );
}

function partOf({ key, points }: Series, { from, to }: Zoom): Series {
  const part = points.filter(({ version }) => version >= from && version <= to);
  return { key, versions: part.length, points: part };
}
