import type { Column } from "#formats/column";
import { positionOf } from "./sorted";

/** A bar of a histogram. */
export interface Bar {
  /** What it covers: `10 to 19`, `Jan 2026`. */
  label: string;
  count: number;
  /** The filter of its column that leaves exactly its rows. */
  filter: string;
}

const MAX_BARS = 18;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
/** Steps of equal length, in milliseconds; a week begins on Monday, which is day 4 after the epoch. */
const TIME_STEPS = [1, 5, 10, 50, 100, 500]
  .concat([1, 5, 15, 30].map((count) => count * SECOND))
  .concat([1, 5, 15, 30].map((count) => count * MINUTE))
  .concat([1, 3, 6, 12].map((count) => count * HOUR))
  .concat([DAY, 7 * DAY]);
const MONDAY = 4 * DAY;
/** In months. */
const CALENDAR_STEPS = [1, 3, 6].concat([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => years * 12));

/** The histogram of sorted, finite numbers. Where no nice edges are exact, one bar covers them all. */
export function numberBars(sorted: Float64Array, form: Column["form"]): Bar[] {
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  if (sorted.length === 0) return [];
  const written = (number: number) => numberText(number, form);
  const isWhole = sorted.every(Number.isInteger);
  const step = niceStep(least, most, isWhole);
  const edgeOf = (at: number) => Number(`${at * step.digit}e${step.power}`);
  const isExact = Math.max(Math.abs(least), Math.abs(most)) / edgeOf(1) < Number.MAX_SAFE_INTEGER / 10;
  if (least === most || !isExact) {
    const filter = least === most ? `= ${written(least)}` : `${written(least)}..${written(most)}`;
    return [
      {
        label: least === most ? written(least) : `${written(least)} to ${written(most)}`,
        count: sorted.length,
        filter,
      },
    ];
  }
  let first = Math.floor(least / edgeOf(1));
  // The quotient may round to the next edge.
  while (edgeOf(first) > least) first -= 1;
  while (edgeOf(first + 1) <= least) first += 1;
  const isUnit = isWhole && edgeOf(1) === 1;
  const bars: Bar[] = [];
  for (let at = first; edgeOf(at) <= most; at += 1) {
    const [from, next] = [edgeOf(at), edgeOf(at + 1)];
    // The last bar includes its upper edge, rather than to leave it a bar of its own.
    const isLast = !isUnit && next >= most;
    const [start, end] = [positionOf(sorted, from), isLast ? sorted.length : positionOf(sorted, next)];
    const closed = isLast && next === most ? next : isWhole ? next - 1 : null;
    bars.push({
      label: isUnit ? written(from) : `${written(from)} to ${written(closed ?? next)}`,
      count: end - start,
      filter: isUnit
        ? `= ${written(from)}`
        : closed === null
          ? `${written(from)}..<${written(next)}`
          : `${written(from)}..${written(closed)}`,
    });
    if (isLast) break;
  }
  return bars;
}

/** The least of 1, 2 and 5 times a power of ten that leaves at most so many bars. */
function niceStep(least: number, most: number, isWhole: boolean): { digit: number; power: number } {
  const rough = most / MAX_BARS - least / MAX_BARS;
  const power = Math.max(isWhole ? 0 : -320, Math.floor(Math.log10(rough)));
  const digit = [1, 2, 5].find((each) => Number(`${each}e${power}`) >= rough);
  return digit === undefined ? { digit: 1, power: power + 1 } : { digit, power };
}

/** As the filter of the column reads it. */
function numberText(number: number, form: Column["form"]): string {
  const text = String(number);
  return form?.kind === "number" ? text.replace(".", form.decimal) : text;
}

/** The histogram of sorted points in time, in milliseconds, by calendar units in UTC. */
export function dateBars(sorted: Float64Array): Bar[] {
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  if (sorted.length === 0) return [];
  const isDays = sorted.every((time) => time % DAY === 0);
  const edges = timeEdges(least, most, isDays ? DAY : 1);
  return edges.slice(0, -1).map((from, at) => {
    const next = edges[at + 1] ?? from;
    return {
      label: dateLabel(from, next),
      count: positionOf(sorted, next) - positionOf(sorted, from),
      filter: `${timeText(from)}..<${timeText(next)}`,
    };
  });
}

/** From the last edge that is not after the least time to the first after the most. */
function timeEdges(least: number, most: number, minStep: number): number[] {
  const span = most - least;
  const step = TIME_STEPS.find((each) => each >= minStep && span / each < MAX_BARS);
  const edges: number[] = [];
  if (step !== undefined) {
    const origin = step === 7 * DAY ? MONDAY : 0;
    let edge = Math.floor((least - origin) / step) * step + origin;
    for (; edge <= most; edge += step) edges.push(edge);
    return [...edges, edge];
  }
  const months = CALENDAR_STEPS.find((each) => span / (each * MONTH) < MAX_BARS) ?? 12_000;
  const start = new Date(least);
  let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months;
  for (; monthStart(month) <= most; month += months) edges.push(monthStart(month));
  return [...edges, monthStart(month)];
}

/** The start of a month that is counted from the year 0. */
function monthStart(month: number): number {
  const date = new Date(0);
  return date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
}

/** A point in time in UTC as a filter reads it, as short as it can be: `2026-01-31`, `2026-01-31 18:30`. */
export function timeText(time: number): string {
  const text = new Date(time).toISOString();
  if (time % DAY === 0) return text.slice(0, 10);
  return text.slice(0, time % MINUTE === 0 ? 16 : time % SECOND === 0 ? 19 : 23).replace("T", " ");
}

function dateLabel(from: number, next: number): string {
  const [text, last] = [timeText(from), timeText(next - 1)];
  if (text.length > 10) return `${text} to ${timeText(next)}`;
  if (next - from === DAY) return text;
  if (text.endsWith("-01-01") && last.slice(5, 10) === "12-31") {
    return text.slice(0, 4) === last.slice(0, 4) ? text.slice(0, 4) : `${text.slice(0, 4)} to ${last.slice(0, 4)}`;
  }
  const isMonth = text.endsWith("-01") && next - from > 27 * DAY && next - from < 32 * DAY;
  return isMonth ? text.slice(0, 7) : `${text} to ${last.slice(0, 10)}`;
}
