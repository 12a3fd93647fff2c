import type { Measure } from "#contract/series";
import { Segments } from "../../../_shell/tabs";
import { useView } from "./use-view";
import { type KeyView, measureName, selectedMeasure } from "./view";

/** Selects what the horizontal axis of the chart shows. */
export function AxisChoice({ artifactKey, view }: { artifactKey: string; view: KeyView }) {
  const { hrefOf } = useView(artifactKey);
  const tabs = (["version", "time"] as const).map((axis) => ({
    name: axis === "version" ? "Versions" : "Time",
    href: hrefOf({ axis }),
    current: view.axis === axis,
  }));
  return <Segments label="Horizontal axis" tabs={tabs} />;
}

/** Selects the measure in the chart. */
export function ChartChoice({
  artifactKey,
  view,
  measures,
  type,
}: {
  artifactKey: string;
  view: KeyView;
  measures: Measure[];
  type: string | null;
}) {
  const { hrefOf } = useView(artifactKey);
  const selected = selectedMeasure(view, measures);
  const choices = measures.map((measure) => ({
    name: measureName(measure, type),
    href: hrefOf({ chart: measure }),
    current: measure === selected,
  }));
  const none = { name: "No chart", href: hrefOf({ chart: "none" }), current: selected === null };
  return <Segments label="Chart" tabs={[...choices, none]} />;
}
