/** How the texts of a column write dates: the order of year, month and day, or the month by its English name. */
export interface DateForm {
  kind: "date";
  order: DateOrder;
}

type DateOrder = "ymd" | "dmy" | "mdy" | "named";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = "(?<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6})\\.?";
const TIME =
  "(?:(?:\\s*,)?[T\\s]\\s*(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d(?:[.,]\\d+)?))?\\s?(?<half>[ap]m)?\\s?(?<zone>Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?)?";
const WEEKDAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,?\\s)?";
const PATTERNS: Record<DateOrder, RegExp[]> = {
  ymd: [pattern("(?<year>\\d{4})(?<sign>[-/.])(?<month>\\d{1,2})\\k<sign>(?<day>\\d{1,2})")],
  dmy: [pattern("(?<day>\\d{1,2})(?<sign>[-/.])(?<month>\\d{1,2})\\k<sign>(?<year>\\d{4})")],
  mdy: [pattern("(?<month>\\d{1,2})(?<sign>[-/])(?<day>\\d{1,2})\\k<sign>(?<year>\\d{4})")],
  named: [
    pattern(`${WEEKDAY}(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?[\\s-]${MONTH},?[\\s-](?<year>\\d{4})`),
    pattern(`${WEEKDAY}${MONTH}\\s(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s(?<year>\\d{4})`),
  ],
};
const MAX_LENGTH = 64;

function pattern(date: string): RegExp {
  return new RegExp(`^${date}${TIME}$`, "i");
}

/**
 * How all texts write dates, or null if some are not dates or if the order of day and month is not certain. Blank texts
 * are ignored; `isMissing` tells which others are.
 */
export function dateFormOf(texts: Iterable<string>, isMissing: (text: string) => boolean): DateForm | null {
  let orders: DateOrder[] = ["ymd", "dmy", "mdy", "named"];
  let count = 0;
  for (const text of texts) {
    if (isMissing(text)) continue;
    orders = orders.filter((order) => !Number.isNaN(timeIn(text, order)));
    if (orders.length === 0) return null;
    count += 1;
  }
  const [order, other] = orders;
  return count > 0 && order && !other ? { kind: "date", order } : null;
}

/** The point in time that a text stands for, in milliseconds, or NaN. ISO 8601 is read too. */
export function dateIn(text: string, { order }: DateForm): number {
  const time = timeIn(text, order);
  return Number.isNaN(time) ? timeIn(text, "ymd") : time;
}

/** A time without a zone counts as UTC. */
function timeIn(text: string, order: DateOrder): number {
  if (text.length > MAX_LENGTH) return Number.NaN;
  const trimmed = text.trim();
  for (const each of PATTERNS[order]) {
    const parts = each.exec(trimmed)?.groups;
    if (parts) return timeOf(parts);
  }
  return Number.NaN;
}

function timeOf({
  year,
  month = "",
  day,
  hour = "0",
  minute,
  second = "0",
  half,
  zone,
}: Record<string, string>): number {
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  const monthAt = named < 0 ? Number(month) - 1 : named;
  const midnight = Date.UTC(Number(year), monthAt, Number(day));
  const date = new Date(midnight);
  if (date.getUTCMonth() !== monthAt || date.getUTCDate() !== Number(day)) return Number.NaN;
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  const minutes = hours * 60 + Number(minute ?? 0) - zoneMinutes(zone);
  return midnight + minutes * 60_000 + Number(second.replace(",", ".")) * 1000;
}

function zoneMinutes(zone = ""): number {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
