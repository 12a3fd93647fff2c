import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { DIFF_MODES } from "#diff/mode";
import type { KeyChoice } from "#diff/table";

/** What the URL of a comparison may say: the two versions, the way to compare, and what names the rows of tables. */
export const compareParsers = {
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  as: parseAsStringLiteral(DIFF_MODES),
  by: parseAsArrayOf(parseAsString).withDefault([]),
  match: parseAsStringLiteral(["key", "order"]).withDefault("key"),
};

/** A comparison, as its URL says it. */
export type CompareView = inferParserType<typeof compareParsers>;

/** Reads the comparison from the search parameters of the page. */
export const loadCompare = createLoader(compareParsers);

const serialize = createSerializer(compareParsers);

/** The address of a comparison. */
export function comparisonUrl(view: Partial<CompareView>): string {
  return serialize("/artifacts/compare", view);
}

/** What names the rows of tables in this view. */
export function rowMatchOf({ by, match }: CompareView): KeyChoice {
  if (match === "order") return "order";
  return by.length > 0 ? { columns: by } : "inferred";
}
