import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import type { Measure, SeriesPoint } from "#contract/series";
import { formatBytes, formatCount, formatNumber } from "#formats/number";

/** The chart's own coordinates, which are stretched to the available space. */
export const CHART_WIDTH = 1000;
export const CHART_HEIGHT = 100;

/** Shapes of a chart: SVG paths in its own coordinates; points and ticks as shares (0 to 1) of its width and height. */
export interface ChartLayout {
  line: string;
  area: string;
  points: { x: number; y: number }[];
  levels: { value: number; y: number }[];
  /** The marks of the axis of versions or time. */
  marks: { label: string; x: number }[];
  /** The indexes of the least and the greatest value; null where all are the same. */
  extremes: { least: number; greatest: number } | null;
}

/** What the horizontal axis shows. */
export type Axis = "version" | "time";

const DAY = 86_400_000;

/** Below it the distance of ticks underflows to zero. */
const MIN_RANGE = 1e-300;

/** Null when the range of the values is too large or too small for a number. With `percent` the axis is from 0 to 100. */
export function layoutChart(points: SeriesPoint[], percent: boolean, axis: Axis = "version"): ChartLayout | null {
  const values = points.map(({ value }) => value);
  const [low, high] = percent ? [0, 100] : boundsOf(Math.min(...values), Math.max(...values));
  if (!Number.isFinite(high - low) || high - low < MIN_RANGE) return null;
  const { positionOf, marks } = axis === "time" ? timeAxis(points) : versionAxis(points);
  const y = scaleLinear([low, high], [CHART_HEIGHT, 0]);
  if (!percent) y.nice(4);
  const across = (point: SeriesPoint) => positionOf(point) * CHART_WIDTH;
  const up = (point: SeriesPoint) => y(point.value);
  return {
    line: line(across, up)(points) ?? "",
    area: area(across, CHART_HEIGHT, up)(points) ?? "",
    points: points.map((point) => ({ x: positionOf(point), y: up(point) / CHART_HEIGHT })),
    levels: y.ticks(3).map((value) => ({ value, y: y(value) / CHART_HEIGHT })),
    marks,
    extremes: extremesOf(values),
  };
}

interface AxisLayout {
  /** The position of a point as a share of the width. */
  positionOf: (point: SeriesPoint) => number;
  marks: ChartLayout["marks"];
}

function versionAxis(points: SeriesPoint[]): AxisLayout {
  const x = scaleLinear([points[0]?.version ?? 0, points.at(-1)?.version ?? 1], [0, 1]);
  const marks = x.ticks(6).filter(Number.isInteger);
  return {
    positionOf: ({ version }) => x(version),
    marks: marks.map((version) => ({ label: `v${formatCount(version)}`, x: x(version) })),
  };
}

/** In UTC, so that the server and the browser draw the same. Points of one instant are in the middle. */
function timeAxis(points: SeriesPoint[]): AxisLayout {
  const [first = 0, last = 0] = [points[0], points.at(-1)].map((point) => (point ? Date.parse(point.created) : 0));
  const x = scaleUtc([first, last], [0, 1]);
  const format = timeFormat(last - first);
  return {
    positionOf: ({ created }) => (first === last ? 0.5 : x(Date.parse(created))),
    marks: first === last ? [] : x.ticks(5).map((date) => ({ label: format.format(date), x: x(date) })),
  };
}

function timeFormat(span: number): Intl.DateTimeFormat {
  const parts: Intl.DateTimeFormatOptions =
    span > 3 * 365 * DAY
      ? { year: "numeric" }
      : span > 90 * DAY
        ? { month: "short", year: "numeric" }
        : span > 3 * DAY
          ? { day: "numeric", month: "short" }
          : span > 300_000
            ? { hour: "2-digit", minute: "2-digit" }
            : { hour: "2-digit", minute: "2-digit", second: "2-digit" };
  return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" });
}

function extremesOf(values: number[]): ChartLayout["extremes"] {
  const least = values.indexOf(Math.min(...values));
  const greatest = values.indexOf(Math.max(...values));
  return least === greatest ? null : { least, greatest };
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
  if (Math.abs(value) >= 1e15) return withMinus(value.toExponential(3));
  const text = withMinus(short ? compact.format(value) : formatNumber(value));
  if (measure === "rows" && !short) return `${text} ${value === 1 ? "row" : "rows"}`;
  return percent ? `${text} %` : text;
}

/** With the minus sign instead of the hyphen at the start. */
function withMinus(text: string): string {
  return text.replace(/^-/, "−");
}
