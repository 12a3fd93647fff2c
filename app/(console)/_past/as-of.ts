import { createParser } from "nuqs/server";

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?Z$/;

/** A timestamp that a page shows the past of, as text in UTC; null for another text. */
export function asOfText(text: unknown): string | null {
  if (typeof text !== "string" || !TIMESTAMP.test(text)) return null;
  const time = Date.parse(text);
  const year = Number(text.slice(0, 4));
  return Number.isNaN(time) || year < 1970 || year > 2200 ? null : secondsOf(text);
}

/** With seconds, as the API requires. */
function secondsOf(text: string): string {
  return text.length === "2026-11-01T09:00Z".length ? `${text.slice(0, -1)}:00Z` : text;
}

/** The search parameter of lists and pages that show the past. */
export const parseAsOf = createParser({ parse: asOfText, serialize: String });

/** The value of a field for date and time, in the local time zone, of a timestamp. */
export function localValue(timestamp: string): string {
  const time = new Date(timestamp);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The timestamp of a value of a field for date and time; null where it is none. */
export function timestampOf(local: string): string | null {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? null : asOfText(time.toISOString());
}

/** Pages that show the past: lists of artifacts and runs, and what they list. */
const PAGES = /^\/(?:artifacts(?:\/key\/|\/artifact\/|\/view\/|$)|runs(?:\/|$))/;

/** The address of a page with the time whose past it shows; of a page that cannot, or that has one, as it is. */
export function pastAddress(href: string, asOf: string): string {
  const [path = "", search = ""] = href.split("?");
  const parameters = new URLSearchParams(search);
  if (!PAGES.test(path) || parameters.has("asOf") || parameters.get("tab") === "edit") return href;
  parameters.set("asOf", asOf);
  return `${path}?${parameters}`;
}
