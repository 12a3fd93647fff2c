import { or, type SQL, sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection } from "#db/schema";
import { type ParsedTerm, parseTerm, type TextTerm } from "#formats/search/term";
import { texts, uuids } from "../query/where";
import { hasPart, hasWords, hasWordsInRow } from "./term";

/** Versions and keys that a term finds are listed in the statement up to so many: beyond, rows are checked one by one. */
const MAX_LISTED = 5_000;

/**
 * The rows that a term finds, as a condition on `artifact`, or with the scope `collection` on `artifact_collection`. What is
 * rare is found before, so that the statement begins with it whatever else it has; what is common is found soon in any order.
 */
export async function termMatches(db: Database, input: TextTerm, scope: "artifact" | "collection"): Promise<SQL> {
  const term = parseTerm(input);
  if (term.words.length === 0 && term.part === null) return sql`false`;
  if (scope === "collection") {
    const keys = await listed(db, allKeys(term));
    if (keys === null) return inRow(sql`search_latest l where l.key = ${artifactCollection.key}`, "whole", term);
    return keys.length > 0 ? sql`${artifactCollection.key} = any(${texts(keys)})` : sql`false`;
  }
  const ids = await listed(db, versions(term));
  const keys = await listed(db, namedKeys(term));
  const byId =
    ids === null
      ? or(
          inRow(sql`search_version l where l.artifact_id = ${artifact.id}`, "version", term),
          inRow(sql`search_latest l where l.artifact_id = ${artifact.id}`, "version", term),
        )
      : ids.length > 0 && sql`${artifact.id} = any(${uuids(ids)})`;
  const byKey =
    keys === null
      ? inRow(sql`search_latest l where l.key = ${artifact.key}`, "key", term)
      : keys.length > 0 && sql`${artifact.key} = any(${texts(keys)})`;
  return or(byId || undefined, byKey || undefined) ?? sql`false`;
}

/** Null where there are too many. */
async function listed(db: Database, select: SQL): Promise<string[] | null> {
  const rows = await db.execute<{ found: string }>(sql`${select} limit ${MAX_LISTED + 1}`);
  return rows.length > MAX_LISTED ? null : [...new Set(rows.map(({ found }) => found))];
}

/** Selects by each of some conditions apart, so that each is answered by its index. */
function anyOf(conditions: (SQL | null)[], select: (condition: SQL) => SQL): SQL {
  return sql.join(
    conditions.flatMap((each) => (each ? select(each) : [])),
    sql` union all `,
  );
}

function versions(term: ParsedTerm): SQL {
  const words = sql`l.words`;
  const names = sql`l.names`;
  const conditions = [hasWords(words, term), hasPart(names, term)];
  return sql`${anyOf(conditions, (condition) => sql`select artifact_id as found from search_version l where ${condition}`)}
    union all ${anyOf(conditions, (condition) => sql`select artifact_id from search_latest l where ${condition}`)}`;
}

function namedKeys(term: ParsedTerm): SQL {
  return anyOf(
    [hasWords(sql`l.key_words`, term), hasPart(sql`l.key_names`, term)],
    (condition) => sql`select key as found from search_latest l where ${condition}`,
  );
}

function allKeys(term: ParsedTerm): SQL {
  const conditions = [hasWords(sql`l.words`, term), hasPart(sql`l.names`, term)];
  return sql`${namedKeys(term)} union all
    ${anyOf(conditions, (condition) => sql`select key from search_latest l where ${condition}`)}`;
}

/** Looks up the only row of `from`, and what it is of: nothing that could be computed for all rows before. */
function inRow(from: SQL, of: "version" | "key" | "whole", term: ParsedTerm): SQL {
  const conditions = [
    ...(of === "key" ? [] : [hasWordsInRow(sql`l.words`, term), hasPart(sql`l.names`, term)]),
    ...(of === "version" ? [] : [hasWordsInRow(sql`l.key_words`, term), hasPart(sql`l.key_names`, term)]),
  ];
  const matches = or(...conditions.flatMap((each) => each ?? []));
  return sql`coalesce((select ${matches} from ${from}), false)`;
}
