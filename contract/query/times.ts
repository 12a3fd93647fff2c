const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})$/i;
const MICROS_OF_DAY = 86_400_000_000n;

/** The first and the last microsecond of a timestamp as written: those of a day in UTC, or the same one. */
export interface Span {
  first: string;
  last: string;
}

/** The span of a day, or of a date and time with an offset, between the years 1970 and 2200; null for another text. */
export function spanOf(text: string): Span | null {
  const day = DAY.test(text);
  if (!day && !INSTANT.test(text)) return null;
  const withSeconds = text.replace(/(T\d{2}:\d{2})(?=[Z+-])/i, "$1:00").toUpperCase();
  const start = microsOf(day ? `${text}T00:00:00Z` : withSeconds);
  const year = Number(text.slice(0, 4));
  if (start === null || year < 1970 || year > 2200 || !isInCalendar(text)) return null;
  return day
    ? { first: timestampOf(start), last: timestampOf(start + MICROS_OF_DAY - 1n) }
    : { first: withSeconds, last: withSeconds };
}

/** `Date` takes the 30th of February for a day in March, and hours of 24. */
function isInCalendar(text: string): boolean {
  const date = text.slice(0, 10);
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return false;
  const offset = /[+-](\d{2}):(\d{2})$/.exec(text.slice(10));
  return !/T24/i.test(text) && (!offset || (Number(offset[1]) < 16 && Number(offset[2]) < 60));
}

/** A timestamp some microseconds later. */
export function shifted(timestamp: string, micros: bigint): string {
  return timestampOf((microsOf(timestamp) ?? 0n) + micros);
}

export function isAfter(one: string, other: string): boolean {
  return (microsOf(one) ?? 0n) > (microsOf(other) ?? 0n);
}

function microsOf(timestamp: string): bigint | null {
  const [, fraction = ""] = /\.(\d+)/.exec(timestamp) ?? [];
  const time = Date.parse(timestamp.replace(/\.\d+/, ""));
  return Number.isNaN(time) ? null : BigInt(time) * 1000n + BigInt(fraction.padEnd(6, "0"));
}

function timestampOf(micros: bigint): string {
  // A division rounds towards zero, and times before 1970 are negative.
  const seconds = (micros - (((micros % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n;
  const fraction = String(micros - seconds * 1_000_000n).padStart(6, "0");
  return new Date(Number(seconds) * 1000).toISOString().replace(/\.\d+Z$/, `.${fraction}Z`);
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** The units of ages: seconds, minutes, hours, days, weeks. */
export const AGE_UNITS = Object.keys(SECONDS);

const MAX_DAYS = 36_500;

/** Microseconds, of a whole number with a unit up to 36,500 days; null for another text. */
export function microsOfAge(text: string): bigint | null {
  const [, number = "", unit = ""] = /^(\d{1,12})([a-z])$/i.exec(text) ?? [];
  const seconds = Number(number) * (SECONDS[unit.toLowerCase()] ?? Number.NaN);
  return seconds <= MAX_DAYS * 86_400 ? BigInt(seconds) * 1_000_000n : null;
}

/** The timestamp so many microseconds before a time in milliseconds. */
export function timestampBefore(now: number, micros: bigint): string {
  return timestampOf(BigInt(Math.floor(now)) * 1000n - micros);
}
