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

/** The search parameters of a comparison. */
export const compareParsers = {
  /** The ids of the two versions. */
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  as: parseAsStringLiteral(DIFF_MODES),
  /** The columns that rows of tables are matched by, unless they are matched in order. */
  by: parseAsArrayOf(parseAsString).withDefault([]),
  match: parseAsStringLiteral(["key", "order"]).withDefault("key"),
};

export type CompareView = inferParserType<typeof compareParsers>;

export const loadCompare = createLoader(compareParsers);

const serialize = createSerializer(compareParsers);

export function comparisonHref(view: Partial<CompareView>): string {
  return serialize("/artifacts/compare", view);
}

/** How rows of tables are matched: in order, by columns, or by columns that are inferred. */
export function rowMatchOf({ by, match }: CompareView): KeyChoice {
  if (match === "order") return "order";
  return by.length > 0 ? { columns: by } : "inferred";
}
