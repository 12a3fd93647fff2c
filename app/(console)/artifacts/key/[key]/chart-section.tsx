"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useApi } from "#app/_data/client";
import type { Measure } from "#contract/series";
import { Segments } from "../../../tabs";
import { seriesQuery } from "./queries";
import { drawnOf, type HistoryView, historyHref } from "./view";

const Chart = dynamic(() => import("./chart").then((module) => module.Chart));

const NAME: Record<Measure, string> = { number: "Number", rows: "Rows", size: "Size" };

/** A measure drawn over the versions of a key, and the choice of it; nothing where one version alone has it. */
export function ChartSection({
  artifactKey,
  view,
  measures,
  type,
  open,
}: {
  artifactKey: string;
  view: HistoryView;
  measures: Measure[];
  type: string | null;
  open: number;
}) {
  const drawn = drawnOf(view, measures);
  const { data: series } = useQuery({
    ...seriesQuery(useApi(), artifactKey, drawn ?? "number"),
    enabled: drawn !== null,
  });
  const nameOf = (measure: Measure) => (measure === "number" && type === "progress" ? "Progress" : NAME[measure]);
  const choices = [
    ...measures.map((measure) => ({
      name: nameOf(measure),
      href: historyHref(artifactKey, { ...view, chart: measure }),
      current: measure === drawn,
    })),
    { name: "No chart", href: historyHref(artifactKey, { ...view, chart: "none" }), current: drawn === null },
  ];
  return (
    <section aria-label="Chart" className="mt-5">
      <Segments label="What is drawn of the versions" tabs={choices} />
      {drawn && series && series.points.length > 1 && (
        <Chart
          name={nameOf(drawn)}
          measure={drawn}
          percent={drawn === "number" && type === "progress"}
          series={series}
          open={open}
          hrefOf={(version) => historyHref(artifactKey, { ...view, version, from: null })}
        />
      )}
      {drawn && series && series.points.length < 2 && (
        <p className="mt-3 text-faint text-sm">With a second version there is something to draw.</p>
      )}
    </section>
  );
}
