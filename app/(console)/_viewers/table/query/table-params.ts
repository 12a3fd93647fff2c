import { parseAsJson, parseAsNativeArrayOf, parseAsString } from "nuqs/server";

/** The search parameters of a table; the list clears them when it peeks at another artifact. */
export const tableParsers = {
  "table-search": parseAsString.withDefault(""),
  /** `people.asc` or `people.desc`. */
  "table-sort": parseAsString.withDefault(""),
  /** Texts of filters by column. */
  "table-filter": parseAsJson(parseFilters).withDefault({}),
};

/** A row by its name, the columns of its key, and a column. */
export const rowParsers = {
  row: parseAsNativeArrayOf(parseAsString),
  "row-by": parseAsNativeArrayOf(parseAsString),
  column: parseAsString,
};

export const NO_TABLE_PARAMS = {
  "table-search": null,
  "table-sort": null,
  "table-filter": null,
  row: null,
  "row-by": null,
  column: null,
};

function parseFilters(value: unknown): Record<string, string> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
}
