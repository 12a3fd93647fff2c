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
  /** The lines beside it. */
  others: { line: string; points: { x: number; y: number }[] }[];
  /** Whether all lines have one vertical axis; else each of the others has its own, from its least to its greatest value. */
  isShared: boolean;
  /** The indexes of the least and the greatest value; null where all are the same. */
  extremes: { least: number; greatest: number } | null;
}

/** What the horizontal axis shows. */
export type Axis = "version" | "time";

const DAY = 86_400_000;

/** Below it the distance of ticks underflows to zero. */
const MIN_RANGE = 1e-300;

/**
 * Null when the range of the values is too large or too small for a number. With `percent` the axis is from 0 to 100.
 * @param others the points of lines beside it. They share its vertical axis if their values are less than ten times as
 * large or small.
 */
export function layoutChart(
  points: SeriesPoint[],
  percent: boolean,
  axis: Axis = "version",
  others: SeriesPoint[][] = [],
): ChartLayout | null {
  const values = points.map(({ value }) => value);
  const isShared = others.every((other) => isComparable(values, valuesOf(other)));
  const shown = isShared ? [...values, ...others.flatMap(valuesOf)] : values;
  const least = Math.min(...shown);
  const greatest = Math.max(...shown);
  const [low, high] = percent ? [Math.min(0, least), Math.max(100, greatest)] : boundsOf(least, greatest);
  if (!Number.isFinite(high - low) || high - low < MIN_RANGE) return null;
  const all = [points, ...others];
  const { positionOf, marks } = axis === "time" ? timeAxis(all) : versionAxis(all);
  const y = scaleLinear([low, high], [CHART_HEIGHT, 0]);
  if (!percent) y.nice(4);
  const across = (point: SeriesPoint) => positionOf(point) * CHART_WIDTH;
  const up = (point: SeriesPoint) => y(point.value);
  const otherLine = (other: SeriesPoint[]) => {
    const scale = isShared ? y : ownScale(valuesOf(other));
    const position = (point: SeriesPoint) => scale(point.value);
    return {
      line: line(across, position)(other) ?? "",
      points: other.map((point) => ({ x: positionOf(point), y: position(point) / CHART_HEIGHT })),
    };
  };
  return {
    line: line(across, up)(points) ?? "",
    area: area(across, CHART_HEIGHT, up)(points) ?? "",
    points: points.map((point) => ({ x: positionOf(point), y: up(point) / CHART_HEIGHT })),
    levels: y.ticks(3).map((value) => ({ value, y: y(value) / CHART_HEIGHT })),
    marks,
    others: others.map(otherLine),
    isShared,
    extremes: extremesOf(values),
  };
}

const valuesOf = (points: SeriesPoint[]) => points.map(({ value }) => value);

const MAX_RATIO = 10;

/** Whether values fill one axis well enough. */
function isComparable(one: number[], other: number[]): boolean {
  const [a, b] = [one, other].map((values) => Math.max(0, ...values.map(Math.abs)));
  return !a || !b || (a / b < MAX_RATIO && b / a < MAX_RATIO);
}

function ownScale(values: number[]) {
  const [low, high] = boundsOf(Math.min(...values), Math.max(...values));
  return scaleLinear(Number.isFinite(high - low) ? [low, high] : [0, 1], [CHART_HEIGHT, 0]);
}

interface AxisLayout {
  /** The position of a point as a share of the width. */
  positionOf: (point: SeriesPoint) => number;
  marks: ChartLayout["marks"];
}

/** The ends of lines by a measure of their points, whose order is that of time. */
function endsOf(lines: SeriesPoint[][], of: (point: SeriesPoint) => number): [first: number, last: number] {
  const ends = lines.flatMap((points) => [points[0], points.at(-1)].flatMap((point) => (point ? [of(point)] : [])));
  return [Math.min(...ends), Math.max(...ends)];
}

function versionAxis(lines: SeriesPoint[][]): AxisLayout {
  const x = scaleLinear(
    endsOf(lines, ({ version }) => version),
    [0, 1],
  );
  const marks = x.ticks(6).filter(Number.isInteger);
  return {
    positionOf: ({ version }) => x(version),
    marks: marks.map((version) => ({ label: `v${formatCount(version)}`, x: x(version) })),
  };
}

/** In UTC, so that the server and the browser draw the same. Points of one instant are in the middle. */
function timeAxis(lines: SeriesPoint[][]): AxisLayout {
  const [first, last] = endsOf(lines, ({ created }) => Date.parse(created));
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
