import { and, or, type SQL, sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import type { TextTerm } from "#contract/query/tree";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection } from "#db/schema";
import { type ParsedTerm, parseTerm } from "#formats/search/term";
import { pastOf } from "./filtered";
import { texts, uuids } from "./where";
import { hasPart, hasWords, hasWordsInRow } from "./words";

/** Versions and keys that a term finds are listed in the statement up to so many: beyond, rows are checked one by one. */
const MAX_LISTED = 5_000;

/** From so many ids on PostgreSQL may read in the order of the list, which then begins and ends where they do. */
const MANY_LISTED = 500;

/**
 * How many of the newest rows are looked at first. Where a term is in `many` of them, a page is soon full in the order of a list,
 * and the index would read far more; where it is in `some`, the same holds if the index has too many.
 */
const NEWEST = { rows: 500, many: 25, some: 3 };

/** Words of more bytes are not looked at first. */
const MAX_LOOKED_AT = 16_384;

/**
 * The rows that a term finds, as a condition on `artifact`, or with the scope `collection` on `artifact_collection`. What is
 * rare is found before, so that the statement begins with it whatever else it has; what is common is found soon in any order.
 * @throws VitrineError BAD_REQUEST in the past, which has no index
 */
export async function termMatches(db: Database, input: TextTerm, scope: "artifact" | "collection"): Promise<SQL> {
  if (pastOf(db) !== null) {
    const message = "Words find what there is now: leave them out of where.query with asOf, or use key:*word*.";
    throw new VitrineError("BAD_REQUEST", message, { field: "where.query" });
  }
  const term = parseTerm(input);
  if (term.words.length === 0 && term.part === null) return sql`false`;
  if (scope === "collection") {
    const inNewest = await countInNewest(db, newestKeys(), "whole", term);
    const [keys = null] = inNewest < NEWEST.many ? await listed(db, [allKeys(term)]) : [];
    if (keys === null) return inRow(sql`search_latest l where l.key = ${artifactCollection.key}`, "whole", term);
    return keys.length > 0 ? sql`${artifactCollection.key} = any(${texts(keys)})` : sql`false`;
  }
  const inNewest = await countInNewest(
    db,
    sql`select * from search_version order by artifact_id desc`,
    "version",
    term,
  );
  const isCommon = inNewest >= NEWEST.many;
  const [keys = null, ids = null] = await listed(db, isCommon ? [namedKeys(term)] : [namedKeys(term), versions(term)]);
  const byId = ids === null ? commonIds(term, inNewest >= NEWEST.some) : ids.length > 0 && (await listedIds(db, ids));
  const byKey =
    keys === null
      ? inRow(sql`search_latest l where l.key = ${artifact.key}`, "key", term)
      : keys.length > 0 && sql`${artifact.key} = any(${texts(keys)})`;
  return or(byId || undefined, byKey || undefined) ?? sql`false`;
}

function newestKeys(): SQL {
  return sql`select l.* from artifact_collection c join search_latest l on l.key = c.key
    where c.latest_id is not null order by c.created desc, c.latest_id desc`;
}

async function countInNewest(db: Database, newest: SQL, of: "version" | "whole", term: ParsedTerm): Promise<number> {
  const [row] = await db.execute<{ found: number }>(sql`
    select count(*)::int as found from (${newest} limit ${NEWEST.rows}) l
    where octet_length(l.words) <= ${MAX_LOOKED_AT} and (${matchesIn(of, term)})`);
  return row?.found ?? 0;
}

async function listedIds(db: Database, ids: string[]): Promise<SQL | undefined> {
  const isListed = sql`${artifact.id} = any(${uuids(ids)})`;
  if (ids.length < MANY_LISTED) return isListed;
  const [row] = await db.execute<{ first: string | null; last: string | null }>(
    sql`select min(${artifact.created}) as first, max(${artifact.created}) as last from ${artifact} where ${isListed}`,
  );
  if (!row?.first) return sql`false`;
  return and(isListed, sql`${artifact.created} between ${row.first}::timestamptz and ${row.last}::timestamptz`);
}

function commonIds(term: ParsedTerm, isSoonFound: boolean): SQL | undefined {
  if (!isSoonFound) return sql`${artifact.id} in (${versions(term)})`;
  return or(
    inRow(sql`search_version l where l.artifact_id = ${artifact.id}`, "version", term),
    inRow(sql`search_latest l where l.artifact_id = ${artifact.id}`, "version", term),
  );
}

/** The ids or keys that each of some statements selects; null where there are too many. */
async function listed(db: Database, selects: SQL[]): Promise<(string[] | null)[]> {
  const parts = selects.map(
    (select, part) =>
      sql`select ${part}::int as part, found::text from (${select} limit ${MAX_LISTED + 1}) part${sql.raw(String(part))}`,
  );
  const rows = await db.execute<{ part: number; found: string }>(sql.join(parts, sql` union all `));
  return selects.map((_, part) => {
    const found = rows.filter((row) => row.part === part).map((row) => row.found);
    return found.length > MAX_LISTED ? null : [...new Set(found)];
  });
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

/** Looks up the only row of `from`, so that nothing can be computed for all rows before. */
function inRow(from: SQL, of: "version" | "key" | "whole", term: ParsedTerm): SQL {
  return sql`coalesce((select ${matchesIn(of, term)} from ${from}), false)`;
}

/** Whether a row of the tables of search has a term, by what the version has, the key, or both. */
function matchesIn(of: "version" | "key" | "whole", term: ParsedTerm): SQL {
  const conditions = [
    ...(of === "key" ? [] : [hasWordsInRow(sql`l.words`, term), hasPart(sql`l.names`, term)]),
    ...(of === "version" ? [] : [hasWordsInRow(sql`l.key_words`, term), hasPart(sql`l.key_names`, term)]),
  ];
  return or(...conditions.flatMap((each) => each ?? [])) ?? sql`false`;
}
