import type { Database } from "#db/postgres";
import { asOf } from "#server/models/as-of";
import { firstPage } from "../queries/calls";

interface SearchCase {
  name: string;
  run(): Promise<unknown>;
}

/** The middle of the year in which all rows were created. */
const PAST = "2026-05-01T00:00:00Z";

/**
 * Searches for words that one version, few, many and all versions have, of all versions and of the latest; then some in other
 * orders, and in the past.
 */
export function searchCases(db: Database): SearchCase[] {
  const some = () => Math.floor(Math.random() * 100_000);
  const queries: [string, () => string][] = [
    ["a number of one version", () => `"Run ${some()}"`],
    [
      "a word of few keys",
      () => `${["billing", "fraud", "sensor"][some() % 3]}-${["drift", "quality"][some() % 2]}-${some() % 1_000}`,
    ],
    ["a part of a key", () => `ling-dri`],
    ["a word of a third", () => "wrote"],
    ["a phrase of a third", () => '"found no gaps"'],
    ["two words", () => `gaps ${some() % 1_000}`],
    ["two words, one of them of few", () => `gaps ${(some() % 4_096).toString(16).padStart(3, "0")}a*`],
    ["two words, one of them of many keys", () => `sales ${some() % 1_000}`],
    ["three words", () => `gaps wrote ${some() % 1_000}`],
    ["a beginning", () => `${(some() % 4_096).toString(16).padStart(3, "0")}a*`],
    ["a beginning of most", () => "r*"],
    ["a word that nothing has", () => `nothing${some()}`],
    ["a word and a type", () => "type:table name"],
    ["a word and not another", () => "gaps -table"],
  ];
  const now = (["artifact", "collection"] as const).flatMap((noun) =>
    queries.map(([name, query]) => ({
      name: `${noun}: ${name}`,
      run: () => firstPage(db, noun, { query: query() }, "CREATED_DESC"),
    })),
  );
  const common = ["a word of a third", "two words", "two words, one of them of many keys"];
  const others = queries
    .filter(([name]) => common.includes(name))
    .flatMap(([name, query]) => [
      { name: `artifact by size: ${name}`, run: () => firstPage(db, "artifact", { query: query() }, "SIZE_DESC") },
      {
        name: `artifact in the past: ${name}`,
        run: () => firstPage(asOf(db, PAST, null), "artifact", { query: query() }, "CREATED_DESC"),
      },
    ]);
  return [...now, ...others];
}
