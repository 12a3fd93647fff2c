"use client";

import { useQueries } from "@tanstack/react-query";
import { ZoomOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useApi } from "#app/_data/client";
import { Button } from "#app/_ui/button";
import { openHere } from "#app/_ui/shallow-link";
import type { Metadata } from "#contract/artifact";
import type { Measure, Series, SeriesPoint } from "#contract/series";
import { type Axis, formatMeasure, layoutChart } from "../../../../_chart/chart-layout";
import { nearest, Plot } from "../../../../_chart/plot";
import { useProducers } from "../../../../_list/producers";
import { ChartTable } from "./chart-table";
import { Legend } from "./legend";
import { type Overlay, overlayName, overlayParam, parseOverlays } from "./overlay";
import { OtherValue, PointDetails } from "./point-details";
import type { Zoom } from "./zoom";

/** The producers of so many points are queried together. */
const PRODUCERS = 50;

/** A line chart of a measure over the versions of a key or over time, and its data as a table. */
export function Chart({
  name,
  measure,
  percent,
  axis: chosenAxis,
  axisChoice,
  series: { points, versions },
  open,
  artifactKey,
  names,
  metadata,
  isZoomed,
  asOf,
  onOverlays,
  onZoom,
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
  artifactKey: string;
  /** The lines beside it, as the URL names them. */
  names: string[];
  metadata: Metadata | null;
  /** Whether the series is a part of the versions. */
  isZoomed: boolean;
  /** The time that it shows; undefined for now. */
  asOf: string | undefined;
  onOverlays: (names: string[]) => void;
  onZoom: (zoom: Zoom | null) => void;
  hrefOf: (version: number) => string;
}) {
  const router = useRouter();
  const [hovered, setHovered] = useState<number | null>(null);
  const lines = useLines(artifactKey, measure, names, asOf).map(({ overlay, points: all }) => ({
    overlay,
    points: isZoomed ? pointsWithin(all, points) : all,
  }));
  const hasOtherKey = lines.some(({ overlay }) => "key" in overlay);
  // The numbers of versions of different keys have nothing in common.
  const axis = hasOtherKey ? "time" : chosenAxis;
  const layout = layoutChart(
    points,
    percent,
    axis,
    lines.map((each) => each.points),
  );
  const last = points.length - 1;
  const openIndex = points.findIndex(({ version }) => version === open);
  const at = Math.min(hovered ?? (openIndex < 0 ? last : openIndex), last);
  const stretch = Math.floor(at / PRODUCERS) * PRODUCERS;
  const producerOf = useProducers(hovered === null ? [] : points.slice(stretch, stretch + PRODUCERS));
  const point = points[at];
  const x = layout?.points[at]?.x ?? 0;
  const others = lines.map((each, line) => {
    const index = nearest(layout?.others[line]?.points ?? [], x);
    const point = each.points[index];
    const text = point && formatMeasure(point.value, "key" in each.overlay ? measure : "number", false);
    return { name: overlayName(each.overlay), text, index };
  });
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
        <span className="flex flex-wrap items-center justify-end gap-2">
          {isZoomed ? (
            <Button look="quiet" className="h-7 px-2" title="Show all versions (Escape)" onClick={() => onZoom(null)}>
              <ZoomOut aria-hidden className="size-3.5" />v{first}–v{final}
              <span className="sr-only">: show all versions</span>
            </Button>
          ) : (
            points.length > 2 && <span className="text-faint text-xs max-md:hidden">Drag to zoom</span>
          )}
          {!hasOtherKey && axisChoice}
        </span>
      </figcaption>
      <Legend
        artifactKey={artifactKey}
        name={hasOtherKey ? artifactKey : name}
        measure={measure}
        overlays={lines.map(({ overlay }) => overlay)}
        metadata={metadata}
        note={noteOf(layout?.isShared ?? true, hasOtherKey, hasOtherKey ? artifactKey : name)}
        onChange={(overlays) => onOverlays(overlayParam(overlays))}
      />
      {layout && (
        <Plot
          label={`${name} by ${axis}`}
          layout={layout}
          at={at}
          openIndex={openIndex}
          openShare={isBetween ? (open - first) / (final - first) : null}
          valueText={[
            `v${point.version}: ${format(point.value)}`,
            ...others.flatMap(({ name, text }) => (text === undefined ? [] : [`${name}: ${text}`])),
          ].join(", ")}
          extremes={lines.length === 0 ? (extremes ?? null) : null}
          selectedOthers={others.map(({ index }, line) => layout.others[line]?.points[index])}
          format={(value) => format(value, true)}
          onHover={setHovered}
          // The server renders the past.
          onOpen={() => (asOf === undefined ? openHere : router.push)(hrefOf(point.version))}
          range={{
            nameOf: (index) => `v${points[index]?.version}`,
            onSelect: (from, to) => {
              const ends = { from: points[from]?.version ?? first, to: points[to]?.version ?? final };
              setHovered(null);
              onZoom(ends);
            },
            onReset: isZoomed ? () => onZoom(null) : null,
          }}
        >
          {hovered !== null && (
            <PointDetails
              point={point}
              previous={points[at - 1]}
              producer={point.flowRunId === null ? null : producerOf(point.flowRunId)}
              format={format}
            >
              {others.map((each, line) => (
                <OtherValue key={each.name} look={line} name={each.name} value={each.text} />
              ))}
            </PointDetails>
          )}
        </Plot>
      )}
      <ChartTable
        name={name}
        points={points}
        hidden={versions - points.length}
        format={format}
        isPast={asOf !== undefined}
        hrefOf={hrefOf}
      />
    </figure>
  );
}

/** The lines beside that of a key, with their points; none while they load. */
function useLines(
  artifactKey: string,
  measure: Measure,
  names: string[],
  asOf: string | undefined,
): { overlay: Overlay; points: SeriesPoint[] }[] {
  const { series } = useApi().collection;
  const overlays = parseOverlays(names);
  const results = useQueries({
    queries: overlays.map((each) =>
      series.queryOptions(
        "key" in each ? { key: each.key, measure, asOf } : { key: artifactKey, measure, metadata: each.field, asOf },
      ),
    ),
  });
  return overlays.map((overlay, index) => ({ overlay, points: results[index]?.data?.points ?? [] }));
}

/** The points of a line in the time of others. */
function pointsWithin(line: SeriesPoint[], others: SeriesPoint[]): SeriesPoint[] {
  const [first = "", last = ""] = [others[0]?.created, others.at(-1)?.created];
  return line.filter(({ created }) => created >= first && created <= last);
}

/** What the axes of several lines are. */
function noteOf(isShared: boolean, hasOtherKey: boolean, name: string): string {
  const vertical = isShared
    ? "All lines have one vertical axis."
    : `The vertical axis is that of ${name}; each other line is drawn from its own least to its greatest value.`;
  return hasOtherKey ? `${vertical} Artifacts are compared over time.` : vertical;
}
