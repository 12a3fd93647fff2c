import type { TimestampCondition } from "../filter";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Time spans back from now, as named in the URL; `length` and `step` in milliseconds. */
export const SPANS: Record<string, { label: string; length: number; step: number }> = {
  "1h": { label: "Last hour", length: HOUR, step: HOUR / 60 },
  "24h": { label: "Last 24 hours", length: DAY, step: HOUR },
  "7d": { label: "Last 7 days", length: 7 * DAY, step: DAY },
  "30d": { label: "Last 30 days", length: 30 * DAY, step: DAY },
};

const RANGE = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/;

/** Whether a text is a span (`7d`), or a range of UTC days that can be open at one end (`2026-11-01..2026-11-05`). */
export function isTimeText(text: string): boolean {
  return Object.hasOwn(SPANS, text) || parseRange(text) !== null;
}

export function parseRange(text: string): { from: string; to: string } | null {
  const [, from = "", to = ""] = RANGE.exec(text) ?? [];
  const days = [from, to].filter(Boolean);
  return days.length > 0 && days.every(isDay) ? { from, to } : null;
}

/** The condition at a time (milliseconds). A span starts at a multiple of its step, so that the query key stays equal for a while. */
export function timeCondition(text: string, now: number): TimestampCondition {
  const span = Object.hasOwn(SPANS, text) ? SPANS[text] : undefined;
  if (span) return { after: new Date(Math.floor((now - span.length) / span.step) * span.step).toISOString() };
  const { from, to } = parseRange(text) ?? { from: "", to: "" };
  return {
    ...(from && { after: `${from}T00:00:00Z` }),
    ...(to && { before: `${to}T23:59:59.999999Z` }),
  };
}

/** For display after the name of a field: `last 7 days`, `2026-11-01 to 2026-11-05`. */
export function timeLabel(text: string): string {
  const span = Object.hasOwn(SPANS, text) ? SPANS[text] : undefined;
  if (span) return span.label.toLowerCase();
  const { from, to } = parseRange(text) ?? { from: "", to: "" };
  if (!to) return `since ${from}`;
  return from ? `${from} to ${to}` : `until ${to}`;
}

function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const time = Date.parse(`${text}T00:00:00Z`);
  // Some engines parse 30 February as 2 March.
  return year >= 1970 && year <= 2200 && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
