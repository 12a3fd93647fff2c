import { createParser } from "nuqs/server";
import type { TimestampCondition } from "#contract/filter";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Spans back from now, as the URL names them. */
export const SPANS: Record<string, { words: string; length: number; step: number }> = {
  "1h": { words: "last hour", length: HOUR, step: HOUR / 60 },
  "24h": { words: "last 24 hours", length: DAY, step: HOUR },
  "7d": { words: "last 7 days", length: 7 * DAY, step: DAY },
  "30d": { words: "last 30 days", length: 30 * DAY, step: DAY },
};

const RANGE = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/;

/** When artifacts were created, as the URL says it: a span back from now (`7d`), or days in UTC with both ends or one (`2026-11-01..2026-11-05`). */
export const parseAsCreated = createParser({
  parse: (text) => (Object.hasOwn(SPANS, text) || rangeOf(text) ? text : null),
  serialize: String,
});

/** The two days of a range, or null where the text is none. */
export function rangeOf(text: string): { from: string; to: string } | null {
  const [, from = "", to = ""] = RANGE.exec(text) ?? [];
  const days = [from, to].filter(Boolean);
  return days.length > 0 && days.every(isDay) ? { from, to } : null;
}

/** What is asked at a moment (milliseconds). A span begins at a round moment, so that it stays one question for a while. */
export function createdCondition(text: string, now: number): TimestampCondition {
  const span = Object.hasOwn(SPANS, text) ? SPANS[text] : undefined;
  if (span) return { after: new Date(Math.floor((now - span.length) / span.step) * span.step).toISOString() };
  const { from, to } = rangeOf(text) ?? { from: "", to: "" };
  return {
    ...(from && { after: `${from}T00:00:00Z` }),
    ...(to && { before: `${to}T23:59:59.999999Z` }),
  };
}

/** The same in words: `last 7 days`, `2026-11-01 to 2026-11-05`. */
export function createdWords(text: string): string {
  const span = Object.hasOwn(SPANS, text) ? SPANS[text] : undefined;
  if (span) return span.words;
  const { from, to } = rangeOf(text) ?? { from: "", to: "" };
  if (!to) return `since ${from}`;
  return from ? `${from} to ${to}` : `until ${to}`;
}

function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const moment = Date.parse(`${text}T00:00:00Z`);
  // A day that no month has is carried into the next by some readers of dates.
  return year >= 1970 && year <= 2200 && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}
