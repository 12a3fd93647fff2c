import type { Measure } from "#contract/series";
import { Segments } from "../../../_shell/tabs";
import { drawnOf, type HistoryView, historyHref, measureName } from "./view";

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
  const drawn = drawnOf(view, measures);
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
