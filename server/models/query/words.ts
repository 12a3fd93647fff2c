import { type Column, type SQL, sql } from "drizzle-orm";
import { wordVector } from "#db/schema";
import type { ParsedTerm } from "#formats/search/term";

/**
 * How PostgreSQL estimates the rows of a condition on an index: by statistics, or as few, so that it uses the index whatever
 * they say.
 */
export type Estimate = "by statistics" | "few";

function estimated(parameter: SQL, estimate: Estimate): SQL {
  return estimate === "few" ? sql`(select ${parameter})` : parameter;
}

/**
 * Whether words have those of each of some terms in a row, by the index; null where a term has no words.
 * @param without terms of one word that they do not have
 */
export function hasWords(
  column: Column | SQL,
  terms: readonly ParsedTerm[],
  { without = [], estimate = "by statistics" }: { without?: readonly ParsedTerm[]; estimate?: Estimate } = {},
): SQL | null {
  if (terms.some(({ words }) => words.length === 0)) return null;
  const required = terms.map(tsquery);
  const excluded = without.filter(({ words }) => words.length === 1).map((term) => `!${tsquery(term)}`);
  const query = [...required, ...excluded].join(" & ");
  const phrases = terms.filter(({ words }) => words.length > 1).flatMap((term) => hasWordsInRow(column, term) ?? []);
  return sql`(${sql.join([sql`${wordVector(column)} @@ ${estimated(sql`${query}::tsquery`, estimate)}`, ...phrases], sql` and `)})`;
}

/** A term for the index of words, which have letters and digits alone. */
export function tsquery({ words, isPrefix }: ParsedTerm): string {
  return words.map((word, at) => `'${word}'${isPrefix && at === words.length - 1 ? ":*" : ""}`).join(" & ");
}

/** The same of a single row, which costs less than the vector of its words; null for a term without words. */
export function hasWordsInRow(column: Column | SQL, { words, isPrefix }: ParsedTerm): SQL | null {
  if (words.length === 0) return null;
  const text = words.join(" ");
  const spaced = sql`' ' || replace(${column}, chr(10), ' ' || chr(10) || ' ') || ' '`;
  // Without a copy of the text it is soon known of most rows that they do not have it.
  return sql`(strpos(${column}, ${text}) > 0 and (${spaced}) like ${`% ${text}${isPrefix ? "" : " "}%`})`;
}

/** Of how many characters of words, of how many terms, it is looked at how often they occur. */
const MAX_COUNTED = { characters: 4_096, terms: 5 };
/** What counts as the beginning of a text, in characters of words. */
const BEGINNING = 500;

/**
 * Rows of `search_latest` in the order of how well they match terms: by key or title better than by description or columns, and
 * those better than by content, where more often and at the beginning is better. `from` names the keys of the rows.
 */
export function joinScores(from: SQL, terms: readonly ParsedTerm[]): { join: SQL; score: SQL } {
  const points = terms.map((term, at) => {
    const levels = [
      [hasWordsInRow(sql`l.key_words`, term), 8],
      [hasPartInRow(sql`l.key_names`, term), 4],
      [hasPartInRow(sql`l.names`, term), 3],
    ] as const;
    const cases = levels.flatMap(([condition, score]) => (condition ? sql`when ${condition} then ${score}::int` : []));
    const level = cases.length > 0 ? sql`case ${sql.join(cases, sql` `)} else 0 end` : sql`0`;
    return at < MAX_COUNTED.terms && term.words.length > 0 ? sql`${level} + ${inContent(term)}` : level;
  });
  // A bare 0 would be the position of a column to `order by`.
  const score = points.length > 0 ? sql`coalesce(${sql.join(points, sql` + `)}, 0)` : sql`0::int`;
  const join = sql`left join search_latest l on l.key = ${from} left join lateral (
    select ' ' || translate(left(l.words, ${MAX_COUNTED.characters}), chr(10), ' ') || ' ' as text offset 0) b on true`;
  return { join, score };
}

/** Less than one step of where words are, and up to almost as much as the last three. */
function inContent({ words, isPrefix }: ParsedTerm): SQL {
  const needle = ` ${words.join(" ")}${isPrefix ? "" : " "}`;
  const times = sql`(octet_length(b.text) - octet_length(replace(b.text, ${needle}, ''))) / ${Buffer.byteLength(needle)}`;
  return sql`0.9 * (least(${times}, 3) + (strpos(b.text, ${needle}) between 1 and ${BEGINNING})::int)`;
}

/** Whether names have a part, of a single row; null for a term without one. */
export function hasPartInRow(column: Column | SQL, { part }: ParsedTerm): SQL | null {
  return part === null ? null : sql`strpos(${column}, ${part}) > 0`;
}

/** The same by the index. */
export function hasPart(column: Column | SQL, term: ParsedTerm, estimate: Estimate = "by statistics"): SQL | null {
  const pattern = partPattern(term);
  return pattern === null ? null : sql`${column} like ${estimated(sql`${pattern}::text`, estimate)}`;
}

/** The pattern of texts that have the part of a term; null for a term without one. */
export function partPattern({ part }: ParsedTerm): string | null {
  return part === null ? null : `%${part.replace(/[\\%_]/g, "\\$&")}%`;
}
