import { parseAsJson, parseAsString } from "nuqs/server";

/** The search parameters of a table; the list clears them when it peeks at another artifact. */
export const tableParsers = {
  "table-search": parseAsString.withDefault(""),
  /** `people.asc` or `people.desc`. */
  "table-sort": parseAsString.withDefault(""),
  /** Texts of filters by column. */
  "table-filter": parseAsJson(parseFilters).withDefault({}),
};

export const NO_TABLE_PARAMS = { "table-search": null, "table-sort": null, "table-filter": null };

function parseFilters(value: unknown): Record<string, string> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
}
