import type { Database } from "#db/postgres";
import { firstPage } from "../queries/calls";

interface SearchCase {
  name: string;
  run(): Promise<unknown>;
}

/** Searches for words that one version, few, many and all versions have, of all versions and of the latest. */
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
    ["a beginning", () => `${(some() % 4_096).toString(16).padStart(3, "0")}a*`],
    ["a beginning of most", () => "r*"],
    ["a word that nothing has", () => `nothing${some()}`],
    ["a word and a type", () => "type:table name"],
    ["a word and not another", () => "gaps -table"],
  ];
  return (["artifact", "collection"] as const).flatMap((noun) =>
    queries.map(([name, query]) => ({
      name: `${noun}: ${name}`,
      run: () => firstPage(db, noun, { query: query() }, "CREATED_DESC"),
    })),
  );
}
