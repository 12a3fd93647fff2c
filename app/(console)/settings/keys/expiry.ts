import { pluralize } from "#formats/number";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** For how many days a new key is valid. */
export const LIFETIMES = [
  { days: 30, name: "30 days" },
  { days: 90, name: "90 days" },
  { days: 365, name: "1 year" },
  { days: null, name: "Never" },
];

/** When a key expires that is valid for some days from now. */
export function expiryIn(days: number | null): string | null {
  return days === null ? null : new Date(Date.now() + days * DAY).toISOString();
}

/** When a key expires, or that it has: `in 90 days`, of which the first has just begun. */
export function expiryText(expires: string, now: number): string {
  const left = Date.parse(expires) - now;
  if (left <= 0) return "Expired";
  if (left > DAY) return `in ${pluralize(Math.ceil(left / DAY), "day")}`;
  return left > HOUR ? `in ${pluralize(Math.ceil(left / HOUR), "hour")}` : "within an hour";
}
