import { and, type Column, not, or, type SQL, sql } from "drizzle-orm";
import { AD_HOC } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { artifact } from "#db/schema";
import type { ParsedTerm } from "#formats/search/term";
import { pastOf } from "./filtered";
import { texts, uuids } from "./where";
import { type Estimate, hasPart, hasPartInRow, hasWords, hasWordsInRow, partPattern, tsquery } from "./words";

/** Rows that free text is looked for in: versions, by columns with their id and their key. */
export interface TextTarget {
  id: Column;
  key: Column;
  /** Whether all of them are the latest version of a key, now. */
  isLatest: boolean;
}

/** What free text finds: the condition of its rows, and those that they are among, where they are few. */
export interface FoundText {
  condition: SQL;
  among: Listed | null;
}

/** Rows by their ids, and by their keys; how many they are at most. */
export interface Listed {
  ids: readonly string[];
  keys: readonly string[];
  rows: number;
}

export const NONE: Listed = { ids: [], keys: [], rows: 0 };

/** The rows of any of some lists; null where one of them is not known. */
export function amongAny(lists: readonly (Listed | null)[]): Listed | null {
  const known = lists.flatMap((list) => list ?? []);
  if (known.length < lists.length) return null;
  return {
    ids: known.flatMap(({ ids }) => ids),
    keys: known.flatMap(({ keys }) => keys),
    rows: known.reduce((rows, list) => rows + list.rows, 0),
  };
}

/** The rows that have all of some terms, of which there is one at least, and none of others. */
export type FindText = (terms: ParsedTerm[], without: ParsedTerm[]) => Promise<FoundText>;

/** Versions and keys that terms find are listed in a statement up to so many; beyond, it finds them itself. */
const MAX_LISTED = 5_000;

/** From so many ids on PostgreSQL may read in the order of the list, which then begins and ends where they do. */
const MANY_LISTED = 500;
/** Of more keys than these it is not looked up how many versions they have. */
const FEW_KEYS = 1_000;
/** How many rows of one term are looked at for the others; where each may have more, their indexes are combined. */
const MAX_CANDIDATES = 10_000;
/** Of more terms than these the others are looked for in what these find. */
const MAX_COMBINED = 3;
/** Up to so many terms each way in which the indexes have them is a condition of its own, however rare one of them is. */
const FEW_TERMS = 2;
/** As many versions as keys are expected to have. */
const VERSIONS = 20;
/** How often a statement may select each version or key. */
const EACH = 3;
/** What is expected to be in so many times as many rows as are listed is not listed. */
const SURE = 10;

/** Looks at each row that a statement reads: good where many of them match, or where it reads few. */
export function textInRows(target: TextTarget): FindText {
  return async (terms, without) => ({ condition: every(target, terms, without), among: null });
}

function every(target: TextTarget, terms: readonly ParsedTerm[], without: readonly ParsedTerm[] = []): SQL {
  return (
    and(...terms.map((term) => inRow(target, term)), ...without.map((term) => not(inRow(target, term)))) ?? sql`true`
  );
}

/** Looks up the only rows of a version in the tables of search, so that nothing can be computed for all rows before. */
function inRow({ id, key, isLatest }: TextTarget, term: ParsedTerm): SQL {
  const ofKey = ofAny([hasWordsInRow(sql`l.key_words`, term), hasPartInRow(sql`l.key_names`, term)]);
  const ofVersion = inText(term);
  const lookUp = (condition: SQL, from: SQL) => sql`coalesce((select ${condition} from ${from}), false)`;
  if (isLatest) return lookUp(sql`${ofVersion} or ${ofKey}`, sql`search_latest l where l.key = ${key}`);
  const latest = sql`(l.artifact_id = ${id} and ${ofVersion}) or ${ofKey}`;
  return sql`(${lookUp(ofVersion, sql`search_version l where l.artifact_id = ${id}`)}
    or ${lookUp(latest, sql`search_latest l where l.key = ${key}`)})`;
}

function ofAny(conditions: (SQL | null)[]): SQL {
  return sql`(${or(...conditions.flatMap((each) => each ?? [])) ?? sql`false`})`;
}

/**
 * Finds by the indexes what is not in many rows. Words of a version are looked for together, so that words which are common
 * alone are found where they are rare together; those that are words of the key are looked for in the versions of such keys.
 * @param atMost how many versions or keys are listed in the statement
 */
export function textByIndex(db: Database, target: TextTarget, atMost = MAX_LISTED): FindText {
  return async (unsorted, without) => {
    const terms = await byRarity(db, unsorted);
    const [rarest] = terms;
    if (!rarest) return { condition: sql`true`, among: null };
    // Without words that often come with it, a common one may be rare.
    const isTooMany = terms.length + without.length === 1 && rarest.rows > SURE * atMost;
    const selects = [...(isTooMany ? [] : [content(target, terms, without)]), ...terms.map((term) => named(term))];
    const found = await listed(db, selects, atMost);
    const own = isTooMany ? null : (found.shift() ?? null);
    const keys = terms.map((term, at): Named => ({ list: found[at] ?? null, term }));
    const byKey = await foundByKey(db, target, keys, terms, atMost);
    const among = own && byKey.among ? amongThese(target, own, byKey.among) : null;
    // What is looked at is few rows, or what the index has left out mostly.
    const excluded = without.map((term) => sql`(${own ? inRow(target, term) : inStatement(target, term)}) is not true`);
    const byContent = own ? await isListed(db, target, own, among) : contentIn(target, terms, without);
    return { condition: and(or(byContent, byKey.condition), ...excluded) ?? sql`false`, among };
  };
}

/** What terms find where one of them at least is found by the key. */
async function foundByKey(
  db: Database,
  target: TextTarget,
  keys: readonly Named[],
  terms: readonly RatedTerm[],
  atMost: number,
): Promise<FoundText> {
  const known = [...new Set(keys.flatMap(({ list }) => list ?? []))];
  const areAll = keys.every(({ list }) => list !== null);
  if (areAll && known.length === 0) return { condition: sql`false`, among: NONE };
  const among = areAll ? await fewOf(db, target, known, atMost) : null;
  if (terms.length === 1) return { condition: hasKeyOf(target, keys), among };
  if (!among) return byRarest(db, target, keys, terms, atMost);
  const each = keys.map((named) => and(hasKeyOf(target, [named]), every(target, except(terms, named.term))));
  return { condition: or(...each) ?? sql`false`, among };
}

/** A term, and in how many versions it is expected: by their words, as a part of a name, and in all. */
interface RatedTerm extends ParsedTerm {
  byWords: number;
  byPart: number;
  rows: number;
}

/** Terms by how rare PostgreSQL expects them to be, without a look at their rows. */
export async function byRarity(db: Database, terms: readonly ParsedTerm[]): Promise<RatedTerm[]> {
  const estimates = terms.flatMap((term) => [
    sql`search_estimate(${term.words.length > 0 ? tsquery(term) : null}::tsquery, null)`,
    sql`search_estimate(null, ${partPattern(term)}::text)`,
  ]);
  const [row] = await db.execute<{ rows: string }>(
    sql`select concat_ws(' ', ${sql.join(estimates, sql`, `)}) as rows ${sql.raw(AD_HOC)}`,
  );
  const rows = row?.rows.split(" ").map(Number) ?? [];
  return terms
    .map((term, at): RatedTerm => {
      const [byWords = 0, byPart = 0] = rows.slice(2 * at);
      return { ...term, byWords, byPart, rows: byWords + byPart };
    })
    .sort((one, other) => one.rows - other.rows);
}

function except<Term extends ParsedTerm>(terms: readonly Term[], left: Term): Term[] {
  return terms.filter((term) => term !== left);
}

/** The keys that a term finds; null for too many. */
interface Named {
  list: string[] | null;
  term: RatedTerm;
}

/** @param use to `find` rows by their key, or to `check` those that are found otherwise */
function hasKeyOf({ key }: { key: Column | SQL }, keys: readonly Named[], use: "find" | "check" = "find"): SQL {
  const known = [...new Set(keys.flatMap(({ list }) => list ?? []))];
  // To estimate how often each key of an array is there takes longer than to check all rows by a hash table of them.
  const isKnown =
    use === "check" && known.length > FEW_KEYS
      ? sql`(${key} in (select unnest(${texts(known)}))) is true`
      : sql`${key} = any(${texts(known)})`;
  const listed = known.length > 0 ? isKnown : undefined;
  const found = keys.flatMap(({ list, term }) =>
    list === null ? sql`${key} in (select found from (${named(term, "few")} offset 0) keys)` : [],
  );
  return or(listed, ...found) ?? sql`false`;
}

/** The versions of keys; null for many. */
async function fewOf(
  db: Database,
  { isLatest }: TextTarget,
  keys: readonly string[],
  atMost: number,
): Promise<Listed | null> {
  if (keys.length > Math.min(atMost, FEW_KEYS)) return null;
  if (isLatest) return { ids: [], keys, rows: keys.length };
  const [row] = await db.execute<{ versions: number }>(sql`select count(*)::int as versions
    from (select from ${artifact} where ${artifact.key} = any(${texts(keys)}) limit ${atMost + 1}) known ${sql.raw(AD_HOC)}`);
  const rows = row?.versions ?? 0;
  return rows <= atMost ? { ids: [], keys, rows } : null;
}

/** The rows that have a term by their key and the others in any way: those that the rarest finds, if it is listed. */
async function byRarest(
  db: Database,
  target: TextTarget,
  keys: readonly Named[],
  terms: readonly RatedTerm[],
  atMost: number,
): Promise<FoundText> {
  const cost = ({ list, term }: Named) =>
    list === null ? Number.POSITIVE_INFINITY : VERSIONS * list.length + term.rows;
  const [first] = keys.toSorted((one, other) => cost(one) - cost(other));
  if (!first || first.list === null)
    return { condition: sql`(${hasKeyOf(target, keys)} and ${every(target, terms)})`, among: null };
  const others = keys.filter((each) => each !== first);
  const rest = every(target, except(terms, first.term));
  const byKey = and(hasKeyOf(target, [first]), rest);
  const among = await fewOf(db, target, first.list, atMost);
  if (others.every(({ list }) => list?.length === 0)) return { condition: byKey ?? sql`false`, among };
  const withFirst = content(target, [first.term], []);
  // The keys of many versions of the past are not looked up soon.
  const select = pastOf(db) === null ? inKeysOf(target, withFirst, others, atMost) : withFirst;
  const [own = null] = await listed(db, [select], atMost);
  if (own === null)
    return { condition: or(byKey, and(hasKeyOf(target, others), every(target, terms))) ?? sql`false`, among: null };
  const all = among && amongThese(target, own, among);
  const isOther = and(hasKeyOf(target, others, "check"), others.length > 1 ? rest : undefined);
  const condition = or(and(await isListed(db, target, own, all), isOther), byKey) ?? sql`false`;
  return { condition, among: all };
}

/** Selects of what a statement finds that which has the key of a term; null, too, where there is more than can be looked at. */
function inKeysOf(target: TextTarget, found: SQL, keys: readonly Named[], atMost: number): SQL {
  const most = EACH * atMost;
  const inKeys = target.isLatest
    ? sql`select f.found from (select distinct found from found_first) f where ${hasKeyOf({ key: sql`f.found` }, keys, "check")}`
    : sql`select ${artifact.id} as found from ${artifact}
        where ${artifact.id} = any(array(select found from found_first)) and ${hasKeyOf(artifact, keys, "check")}`;
  return sql`with found_first as materialized (${found} limit ${most + 1})
    ${inKeys}
    union all select null from (select count(*) as rows from found_first) counted where counted.rows > ${most}`;
}

/** @param found ids, of latest versions keys */
function amongThese({ isLatest }: TextTarget, found: readonly string[], { ids, keys, rows }: Listed): Listed {
  const all = rows + found.length;
  return isLatest ? { ids, keys: [...keys, ...found], rows: all } : { ids: [...ids, ...found], keys, rows: all };
}

/**
 * @param found ids, of latest versions keys
 * @param among those that are read first; null where they are not
 */
async function isListed(
  db: Database,
  { id, key, isLatest }: TextTarget,
  found: readonly string[],
  among: Listed | null,
): Promise<SQL> {
  if (found.length === 0) return sql`false`;
  if (isLatest) return sql`${key} = any(${texts(found)})`;
  const isOne = sql`${id} = any(${uuids(found)})`;
  if (id !== artifact.id || among || found.length < MANY_LISTED) return isOne;
  const [row] = await db.execute<{ first: string | null; last: string | null }>(
    sql`select min(${artifact.created}) as first, max(${artifact.created}) as last from ${artifact}
      where ${isOne} ${sql.raw(AD_HOC)}`,
  );
  if (!row?.first) return sql`false`;
  return sql`(${isOne} and ${artifact.created} between ${row.first}::timestamptz and ${row.last}::timestamptz)`;
}

/** What a term finds, in the statement itself. */
function inStatement(target: TextTarget, term: ParsedTerm): SQL {
  const [byWords, byPart, rows] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const rated = { ...term, byWords, byPart, rows };
  return sql`(${contentIn(target, [rated], [])} or ${hasKeyOf(target, [{ list: null, term: rated }])})`;
}

/** What content finds, in the statement itself, computed once: rows are looked up in it in the order of the list. */
function contentIn(target: TextTarget, terms: readonly RatedTerm[], without: readonly ParsedTerm[]): SQL {
  const column = target.isLatest ? target.key : target.id;
  return sql`(${column} in (select found from (${content(target, terms, without, "few")} offset 0) versions)) is true`;
}

/** The ids or keys that each of some statements selects; null where there are too many, or one is null. */
async function listed(db: Database, selects: SQL[], atMost: number): Promise<(string[] | null)[]> {
  const parts = selects.map(
    (select, part) =>
      sql`select ${sql.raw(String(part))} as part, found::text from (${select} limit ${EACH * atMost + 1}) part${sql.raw(String(part))}`,
  );
  const rows = await db.transaction(async (tx) => {
    // PostgreSQL takes the vector of a row for cheap: it would make those of a whole table.
    await tx.execute(
      sql`select set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`,
    );
    return tx.execute<{ part: number; found: string | null }>(
      sql`${sql.join(parts, sql` union all `)} ${sql.raw(AD_HOC)}`,
    );
  });
  const found = selects.map((): (string | null)[] => []);
  for (const row of rows) found[row.part]?.push(row.found);
  return found.map((each) => {
    const distinct = [...new Set(each)].filter((one) => one !== null);
    return each.includes(null) || each.length > EACH * atMost || distinct.length > atMost ? null : distinct;
  });
}

/** Selects the versions that have all of some terms, or for latest versions their keys; the rarest term is the first. */
function content(
  target: TextTarget,
  terms: readonly RatedTerm[],
  without: readonly ParsedTerm[],
  estimate: Estimate = "by statistics",
): SQL {
  const [rarest] = terms;
  const isOne = terms.length > FEW_TERMS && rarest !== undefined && rarest.rows <= MAX_CANDIDATES;
  const conditions = isOne ? byOne(terms, without, estimate) : combined(terms, without, estimate);
  const found = target.isLatest ? sql`key` : sql`artifact_id`;
  const tables = target.isLatest ? [sql`search_latest`] : [sql`search_version`, sql`search_latest`];
  const selects = tables.flatMap((table) =>
    conditions.flatMap((condition) =>
      condition ? sql`select ${found} as found from ${table} l where ${condition}` : [],
    ),
  );
  return selects.length > 0
    ? sql.join(selects, sql` union all `)
    : sql`select ${found} as found from search_latest where false`;
}

/** Conditions that together find all terms: all as words, and what the indexes have of the first, looked at for the others. */
function byOne(
  terms: readonly ParsedTerm[],
  without: readonly ParsedTerm[],
  estimate: Estimate,
): (SQL | null | undefined)[] {
  const [first, ...others] = terms;
  if (!first) return [];
  const rest = others.map(inText);
  const partsOfOthers = others.flatMap((term) => hasPartInRow(sql`l.names`, term) ?? []);
  const words = hasWords(sql`l.words`, [first], { without, estimate });
  const part = hasPart(sql`l.names`, first, estimate);
  return [
    hasWords(sql`l.words`, terms, { without, estimate }),
    words && partsOfOthers.length > 0 ? and(words, or(...partsOfOthers), ...rest) : null,
    part && and(part, ...rest),
  ];
}

/** The same where each of them has many: by the index that has fewest, or by those of words and of names together. */
function combined(
  terms: readonly RatedTerm[],
  without: readonly ParsedTerm[],
  estimate: Estimate,
): (SQL | null | undefined)[] {
  const rest = terms.slice(MAX_COMBINED).map(inText);
  return choices(terms.slice(0, MAX_COMBINED)).map(([asWords, asParts]) => {
    const inWords = Math.min(...asWords.map(({ byWords }) => byWords));
    const inNames = Math.min(...asParts.map(({ byPart }) => byPart));
    const isOne = estimate === "few" || Math.min(inWords, inNames) <= MAX_CANDIDATES;
    const words =
      isOne && inNames < inWords
        ? asWords.map((term) => hasWordsInRow(sql`l.words`, term))
        : asWords.length > 0
          ? [hasWords(sql`l.words`, asWords, { without, estimate })]
          : [];
    const parts = asParts.map((term) =>
      isOne && (inWords <= inNames || term.byPart > inNames)
        ? hasPartInRow(sql`l.names`, term)
        : hasPart(sql`l.names`, term, estimate),
    );
    const each = [...words, ...parts];
    return each.some((condition) => condition === null) ? null : and(...each.flatMap((one) => one ?? []), ...rest);
  });
}

/** Whether the text of a version, without that of its key, has a term. */
function inText(term: ParsedTerm): SQL {
  return ofAny([hasWordsInRow(sql`l.words`, term), hasPartInRow(sql`l.names`, term)]);
}

/** Every way to divide terms into two groups. */
function choices<Term>(terms: readonly Term[]): [words: Term[], parts: Term[]][] {
  return terms.reduce<[Term[], Term[]][]>(
    (groups, term) =>
      groups.flatMap(([words, parts]): [Term[], Term[]][] => [
        [[...words, term], parts],
        [words, [...parts, term]],
      ]),
    [[[], []]],
  );
}

/** Selects the keys that a term finds by key, title, description or links. */
export function named(term: ParsedTerm, estimate: Estimate = "by statistics"): SQL {
  const conditions = [hasWords(sql`l.key_words`, [term], { estimate }), hasPart(sql`l.key_names`, term, estimate)];
  return sql.join(
    conditions.flatMap((each) => (each ? sql`select key as found from search_latest l where ${each}` : [])),
    sql` union all `,
  );
}
