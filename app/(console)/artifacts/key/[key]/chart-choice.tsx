import type { Measure } from "#contract/series";
import { Segments } from "../../../_shell/tabs";
import { type HistoryView, historyHref, measureName, selectedMeasure } from "./view";

/** Selects the measure in the chart. */
export function ChartChoice({
  artifactKey,
  view,
  measures,
  type,
}: {
  artifactKey: string;
  view: HistoryView;
  measures: Measure[];
  type: string | null;
}) {
  const selected = selectedMeasure(view, measures);
  const choices = measures.map((measure) => ({
    name: measureName(measure, type),
    href: historyHref(artifactKey, { ...view, chart: measure }),
    current: measure === selected,
  }));
  const none = {
    name: "No chart",
    href: historyHref(artifactKey, { ...view, chart: "none" }),
    current: selected === null,
  };
  return <Segments label="Chart" tabs={[...choices, none]} />;
}
