import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { SeriesPoint } from "#contract/series";
import { formatMeasure, layoutChart } from "../../../_chart/chart-layout";
import { Plot } from "../../../_chart/plot";

/** The numbers of a column of one row over versions. */
export function RowChart({
  label,
  points,
  hrefOf,
}: {
  label: string;
  points: SeriesPoint[];
  hrefOf: (version: number) => string;
}) {
  const router = useRouter();
  const [hovered, setHovered] = useState<number | null>(null);
  const layout = useMemo(() => layoutChart(points, false), [points]);
  const at = Math.min(hovered ?? points.length - 1, points.length - 1);
  const point = points[at];
  if (!layout || !point) return null;
  const format = (value: number, short = false) => formatMeasure(value, "number", false, short);
  const extremes = layout.extremes && {
    ...layout.extremes,
    leastText: format(points[layout.extremes.least]?.value ?? 0, true),
    greatestText: format(points[layout.extremes.greatest]?.value ?? 0, true),
  };
  return (
    <Plot
      label={`${label} by version`}
      layout={layout}
      at={at}
      openIndex={-1}
      openShare={null}
      valueText={`v${point.version}: ${format(point.value)}`}
      extremes={extremes}
      selectedOthers={[]}
      format={(value) => format(value, true)}
      onHover={setHovered}
      onOpen={() => router.push(hrefOf(point.version))}
    >
      {hovered !== null && (
        <p className="rounded border border-edge bg-surface px-2 py-1 text-xs shadow-lg">
          v{point.version}: <strong className="font-medium">{format(point.value)}</strong>
        </p>
      )}
    </Plot>
  );
}
