const SPANS: [unit: string, seconds: number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/**
 * How long before `now` (milliseconds) an instant was: `now`, `42 s`, `5 min`, `3 h`, `12 d`, with `suffix` after a
 * span; beyond 30 days its date. An instant ahead of a slow clock is `now`.
 */
export function ageOf(instant: string, now: number, suffix = ""): string {
  const seconds = Math.floor((now - Date.parse(instant)) / 1000);
  if (seconds < 5) return suffix ? "just now" : "now";
  if (seconds > 30 * 86_400) return dateOf(instant, now);
  for (const [unit, length] of SPANS) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}${suffix}`;
  }
  return "now";
}

function dateOf(instant: string, now: number): string {
  const date = new Date(instant);
  const sameYear = date.getUTCFullYear() === new Date(now).getUTCFullYear();
  const form = sameYear
    ? ({ day: "numeric", month: "short" } as const)
    : ({ month: "short", year: "numeric" } as const);
  return new Intl.DateTimeFormat("en-GB", { ...form, timeZone: "UTC" }).format(date);
}

/** The exact time of an instant, in the reader's own zone or the one named. */
export function exact(instant: string, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(instant));
}

/** The exact time of an instant for whoever asks: in their own zone, and in UTC where that is another. */
export function exactBoth(instant: string): string {
  const here = exact(instant);
  const utc = exact(instant, "UTC");
  return here === utc ? utc : `${here}\n${utc}`;
}
