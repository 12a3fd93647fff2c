"use client";

import { openHere } from "#app/_ui/shallow-link";
import type { Artifact } from "#contract/artifact";
import { AxisChoice, ChartChoice } from "./chart-choice";
import { SeriesChart } from "./series-chart";
import { useView } from "./use-view";
import { availableMeasures, selectedMeasure } from "./view";

/** The chart of a key as of a time, with the choice of what it shows. */
export function PastChart({
  artifactKey,
  artifact,
  newest,
  asOf,
}: {
  artifactKey: string;
  /** The open version. */
  artifact: Artifact;
  /** The latest version then. */
  newest: Artifact;
  asOf: string;
}) {
  const { view, hrefOf } = useView(artifactKey);
  const measures = availableMeasures(newest);
  const measure = selectedMeasure(view, measures);
  return (
    <section aria-label="Chart as of that time" className="my-5 space-y-3 print:hidden">
      <div className="flex justify-end">
        <ChartChoice artifactKey={artifactKey} view={view} measures={measures} type={newest.type} />
      </div>
      {measure && (
        <SeriesChart
          key={measure}
          artifactKey={artifactKey}
          measure={measure}
          type={newest.type}
          axis={view.axis}
          axisChoice={<AxisChoice artifactKey={artifactKey} view={view} />}
          open={artifact.version ?? 0}
          overlays={view.with}
          metadata={artifact.metadata}
          zoom={view.zoom}
          asOf={asOf}
          onOverlays={(overlays) => openHere(hrefOf({ with: overlays }))}
          onZoom={(zoom) => openHere(hrefOf({ zoom }))}
          hrefOf={(version) => hrefOf({ version: version === newest.version ? null : version, from: null })}
        />
      )}
    </section>
  );
}
