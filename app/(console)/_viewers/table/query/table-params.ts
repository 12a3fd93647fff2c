import { parseAsInteger, parseAsJson, parseAsNativeArrayOf, parseAsString } from "nuqs/server";

/** The search parameters of a table. */
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

/** What the reader of the page corrects of a delimited file; empty is detected. */
export const delimitedParsers = {
  "csv-separator": parseAsString.withDefault(""),
  "csv-header": parseAsString.withDefault(""),
  "csv-quote": parseAsString.withDefault(""),
  "csv-encoding": parseAsString.withDefault(""),
  /** The path of the file that these are for. */
  "table-file": parseAsString.withDefault(""),
};

/** The rows before those that are shown of a file, and its path. */
export const partParsers = {
  "rows-after": parseAsInteger.withDefault(0),
  "table-file": parseAsString.withDefault(""),
};

/** All of them, which another artifact or file does not keep. */
export const allTableParsers = { ...tableParsers, ...rowParsers, ...delimitedParsers, ...partParsers };

export const NO_TABLE_PARAMS = emptied(allTableParsers);

function emptied<Name extends string>(parsers: Record<Name, unknown>): Record<Name, null> {
  // `fromEntries` forgets the names.
  return Object.fromEntries(Object.keys(parsers).map((name) => [name, null])) as Record<Name, null>;
}

function parseFilters(value: unknown): Record<string, string> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
}
