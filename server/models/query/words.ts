import { type Column, type SQL, sql } from "drizzle-orm";
import { wordVector } from "#db/schema";
import type { ParsedTerm } from "#formats/search/term";

/** Whether words have those of a term in a row, by the index; null for a term without words. */
export function hasWords(column: Column | SQL, term: ParsedTerm): SQL | null {
  const { words, isPrefix } = term;
  if (words.length === 0) return null;
  const last = words.length - 1;
  // Words have letters and digits alone.
  const query = words.map((word, at) => `'${word}'${isPrefix && at === last ? ":*" : ""}`).join(" & ");
  const indexed = sql`${wordVector(column)} @@ ${query}::tsquery`;
  return last === 0 ? indexed : sql`(${indexed} and ${hasWordsInRow(column, term)})`;
}

/** The same of a single row, which costs less than the vector of its words; null for a term without words. */
export function hasWordsInRow(column: Column | SQL, { words, isPrefix }: ParsedTerm): SQL | null {
  if (words.length === 0) return null;
  const spaced = sql`' ' || replace(${column}, chr(10), ' ' || chr(10) || ' ') || ' '`;
  return sql`(${spaced}) like ${`% ${words.join(" ")}${isPrefix ? "" : " "}%`}`;
}

/** How well rows of `search_latest` match terms: by key or title better than by description or columns, and those than by content. */
export function scoreOf(terms: readonly ParsedTerm[]): SQL {
  const points = terms.map((term) => {
    const levels = [
      [hasWordsInRow(sql`l.key_words`, term), 8],
      [hasPart(sql`l.key_names`, term), 4],
      [hasPart(sql`l.names`, term), 2],
    ] as const;
    const cases = levels.flatMap(([condition, score]) => (condition ? sql`when ${condition} then ${score}::int` : []));
    return cases.length > 0 ? sql`case ${sql.join(cases, sql` `)} else 0 end` : sql`0`;
  });
  return points.length > 0 ? sql.join(points, sql` + `) : sql`0`;
}

/** Whether names have a part; null for a term without one. */
export function hasPart(column: Column | SQL, { part }: ParsedTerm): SQL | null {
  return part === null ? null : sql`${column} like ${`%${part.replace(/[\\%_]/g, "\\$&")}%`}`;
}
