import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { DIFF_MODES, type DiffOptions, type KeyChoice, type Rename, ROW_ORDERS, TOLERANCES } from "#diff/options";

/** The search parameters of a comparison. */
export const compareParsers = {
  /** The ids of the two versions. */
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
  /** A side as it was before its n-th change; null: as it is. */
  "from-revision": parseAsInteger,
  "to-revision": parseAsInteger,
  as: parseAsStringLiteral(DIFF_MODES),
  /** The columns that rows of tables are matched by, unless they are matched in order. */
  by: parseAsArrayOf(parseAsString).withDefault([]),
  match: parseAsStringLiteral(["key", "order"]).withDefault("key"),
  tolerance: parseAsStringLiteral(TOLERANCES).withDefault("exact"),
  order: parseAsStringLiteral(ROW_ORDERS).withDefault("table"),
  /** The old and new name of each renamed column. */
  renamed: parseAsArrayOf(parseAsString).withDefault([]),
  /** How text is shown: its lines in one column, or beside each other on a wide screen; markdown also as it is read. */
  show: parseAsStringLiteral(["source", "split", "rendered"]).withDefault("source"),
};

export type CompareView = inferParserType<typeof compareParsers>;

export const loadCompare = createLoader(compareParsers);

const serialize = createSerializer(compareParsers);

export function comparisonHref(view: Partial<CompareView>): string {
  return serialize("/artifacts/compare", view);
}

/** The options of the comparison that a view asks for. */
export function optionsOf({ as, by, match, tolerance, order, renamed }: CompareView): DiffOptions {
  return { mode: as, key: keyChoice(match, by), tolerance, order, renamed: renamesIn(renamed) };
}

function keyChoice(match: CompareView["match"], by: string[]): KeyChoice {
  if (match === "order") return "order";
  return by.length > 0 ? { columns: by } : "inferred";
}

function renamesIn(names: string[]): Rename[] {
  const renames: Rename[] = [];
  for (let at = 0; at + 1 < names.length; at += 2) renames.push({ from: names[at] ?? "", to: names[at + 1] ?? "" });
  return renames;
}
