import type { Measure } from "#contract/series";
import { Segments } from "../../../_shell/tabs";
import { type HistoryView, historyHref, measureName, selectedMeasure } from "./view";

/** The choice of what is drawn of the versions of a key. */
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
  const drawn = selectedMeasure(view, measures);
  const choices = measures.map((measure) => ({
    name: measureName(measure, type),
    href: historyHref(artifactKey, { ...view, chart: measure }),
    current: measure === drawn,
  }));
  const none = {
    name: "No chart",
    href: historyHref(artifactKey, { ...view, chart: "none" }),
    current: drawn === null,
  };
  return <Segments label="Chart" tabs={[...choices, none]} />;
}
