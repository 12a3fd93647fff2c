import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import type { Measure, SeriesPoint } from "#contract/series";
import { formatBytes, formatNumber } from "#formats/number";

/** The chart's own coordinates, which are stretched to the available space. */
export const CHART_WIDTH = 1000;
export const CHART_HEIGHT = 100;

/** Shapes of a chart: SVG paths in its own coordinates; points and ticks as shares (0 to 1) of its width and height. */
export interface ChartLayout {
  line: string;
  area: string;
  points: { x: number; y: number }[];
  levels: { value: number; y: number }[];
  versions: { value: number; x: number }[];
}

/** Below it the distance of ticks underflows to zero. */
const MIN_RANGE = 1e-300;

/** Null when the range of the values is too large or too small for a number. With `percent` the axis is from 0 to 100. */
export function layoutChart(points: SeriesPoint[], percent: boolean): ChartLayout | null {
  const values = points.map(({ value }) => value);
  const [low, high] = percent ? [0, 100] : boundsOf(Math.min(...values), Math.max(...values));
  if (!Number.isFinite(high - low) || high - low < MIN_RANGE) return null;
  const x = scaleLinear([points[0]?.version ?? 0, points.at(-1)?.version ?? 1], [0, CHART_WIDTH]);
  const y = scaleLinear([low, high], [CHART_HEIGHT, 0]);
  if (!percent) y.nice(4);
  const across = (point: SeriesPoint) => x(point.version);
  const up = (point: SeriesPoint) => y(point.value);
  return {
    line: line(across, up)(points) ?? "",
    area: area(across, CHART_HEIGHT, up)(points) ?? "",
    points: points.map((point) => ({ x: across(point) / CHART_WIDTH, y: up(point) / CHART_HEIGHT })),
    levels: y.ticks(3).map((value) => ({ value, y: y(value) / CHART_HEIGHT })),
    versions: x
      .ticks(6)
      .filter(Number.isInteger)
      .map((value) => ({ value, x: x(value) / CHART_WIDTH })),
  };
}

/** From zero if the values then still fill most of the height; with space around a flat line. */
function boundsOf(least: number, greatest: number): [number, number] {
  if (least === greatest) return least === 0 ? [0, 1] : [least - Math.abs(least) / 2, least + Math.abs(least) / 2];
  return [least > 0 && least < greatest / 2 ? 0 : least, greatest];
}

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 4 });

/** A value of a measure as text, with `short` for an axis label. */
export function formatMeasure(value: number, measure: Measure, percent: boolean, short = false): string {
  if (measure === "size") return formatBytes(value);
  if (Math.abs(value) >= 1e15) return value.toExponential(3);
  const text = short ? compact.format(value) : formatNumber(value);
  if (measure === "rows" && !short) return `${text} ${value === 1 ? "row" : "rows"}`;
  return percent ? `${text} %` : text;
}
