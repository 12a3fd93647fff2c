// Made once: a formatter takes longer to make than to format hundreds of times, and a list formats each row several times.
const DAY_OF_YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const MONTH_OF_YEAR = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const EXACT_UTC = exactFormat("UTC");
let local = { offset: Number.NaN, format: EXACT_UTC };

function exactFormat(timeZone?: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  });
}

/** That of the local time zone, which may change while a page is open. */
function localFormat(): Intl.DateTimeFormat {
  const offset = new Date().getTimezoneOffset();
  if (offset !== local.offset) local = { offset, format: exactFormat() };
  return local.format;
}

const SPANS: [unit: string, seconds: number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/**
 * How long before `now` (milliseconds) a timestamp is: `now`, `42 s`, `5 min`, `3 h`, `12 d`, with `suffix` after a
 * span; beyond 30 days its date. A timestamp ahead of a slow clock is `now`.
 */
export function ageOf(timestamp: string, now: number, suffix = ""): string {
  const seconds = Math.floor((now - Date.parse(timestamp)) / 1000);
  if (seconds < 5) return suffix ? "just now" : "now";
  if (seconds > 30 * 86_400) return dateOf(timestamp, now);
  for (const [unit, length] of SPANS) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}${suffix}`;
  }
  return "now";
}

function dateOf(timestamp: string, now: number): string {
  const date = new Date(timestamp);
  const sameYear = date.getUTCFullYear() === new Date(now).getUTCFullYear();
  return (sameYear ? DAY_OF_YEAR : MONTH_OF_YEAR).format(date);
}

const LONG_SPANS: [unit: string, seconds: number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** The time between two timestamps in its greatest unit: `1 month`, `3 hours`; `less than a second`. */
export function spanBetween(one: string, other: string): string {
  const seconds = Math.abs(Date.parse(one) - Date.parse(other)) / 1000;
  for (const [unit, length] of LONG_SPANS) {
    if (seconds < length) continue;
    const count = Math.floor(seconds / length);
    return `${count} ${unit}${count === 1 ? "" : "s"}`;
  }
  return "less than a second";
}

/** The exact time of a timestamp, in the local time zone unless UTC is asked for. */
export function exact(timestamp: string, timeZone?: "UTC"): string {
  return (timeZone ? EXACT_UTC : localFormat()).format(new Date(timestamp));
}

/** The exact time of a timestamp in the local time zone and, on a second line, in UTC where that differs. */
export function exactInBothZones(timestamp: string): string {
  const local = exact(timestamp);
  const utc = exact(timestamp, "UTC");
  return local === utc ? utc : `${local}\n${utc}`;
}
