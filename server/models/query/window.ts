import { type Column, getTableName, type SQL, sql } from "drizzle-orm";
import { MAX_LIMIT } from "#contract/limits";
import type { QueryFilter } from "#contract/query/query-filter";
import { AD_HOC } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { artifact } from "#db/schema";
import { type ParsedTerm, parseTerm } from "#formats/search/term";
import { selectInOrder } from "./page";
import { firstOf, type Reading } from "./sample";
import { byRarity, named } from "./text";
import { hasPart, hasWords } from "./words";

/** How many rows of an order are read at most, by its index alone. */
const MAX_WINDOW = 50_000;
/** How many times as many rows are expected to match as are read: estimates take words for independent of each other. */
const SURE = { least: 2, most: 5 };
/** In how many versions a term is expected that is looked for there: all of a rarer one are soon found. */
const EXPECTED = { least: 1_000, most: 20_000 };
/** How many keys such a term has at most, and how many versions each is expected to have. */
const MAX_KEYS = 300;
const VERSIONS = 20;

/**
 * The ids that a statement reads where the first rows of its order have enough of what it finds: what the index has of one term
 * between the least and the greatest id of these rows, looked at in their order. Null where there are too few.
 * @param terms terms that all rows have which the statement finds
 * @param which what the statement requires of each row
 * @param least in how many versions the rarest term is expected at least
 */
export async function firstInWindow<Row>(
  db: Database,
  reading: Reading<Row>,
  id: Column,
  terms: readonly ParsedTerm[],
  which: SQL | undefined,
  least = EXPECTED.least,
): Promise<string[] | null> {
  if (reading.limit > MAX_LIMIT || !which) return null;
  const { term, share } = (await rarest(db, terms, least)) ?? { term: null, share: 0 };
  const each = reading.limit / share;
  if (!term || SURE.least * each > MAX_WINDOW) return null;
  const rows = Math.min(MAX_WINDOW, Math.ceil(SURE.most * each));
  const window = selectInOrder(reading.order, reading.position, rows, reading.select);
  const tables = sql`looked_at as materialized (${window}), ends as materialized (
    select (select id from looked_at order by id limit 1) as first, (select id from looked_at order by id desc limit 1) as last),`;
  const among = sql`${id} = any(array(
    select id from looked_at where id in (select found from (${candidates(term)}) candidates)))`;
  const found = await firstOf(db, reading, id, among, which, tables);
  return found.length < reading.limit ? null : found;
}

/** The rarest term, unless it is too rare or too frequent, and the share of versions that are expected to have all terms. */
async function rarest(
  db: Database,
  terms: readonly ParsedTerm[],
  least: number,
): Promise<{ term: ParsedTerm; share: number } | null> {
  // Nothing is known of how many words have a beginning.
  if (terms.length === 0 || terms.some(({ isPrefix }) => isPrefix)) return null;
  const rated = await byRarity(db, terms);
  const counts = rated.map((term) => sql`(select count(*) from (${named(term, "few")} limit ${MAX_KEYS + 1}) keys)`);
  const all = sql`(select greatest(reltuples, 1) from pg_class where oid = ${getTableName(artifact)}::regclass)`;
  const [row] = await db.execute<{ counts: string }>(
    sql`select concat_ws(' ', ${sql.join([all, ...counts], sql`, `)}) as counts ${sql.raw(AD_HOC)}`,
  );
  const [versions = 1, ...keys] = row?.counts.split(" ").map(Number) ?? [];
  const expected = rated
    .map((term, at) => ({ term, keys: keys[at] ?? 0, rows: term.rows + VERSIONS * (keys[at] ?? 0) }))
    .sort((one, other) => one.rows - other.rows);
  const first = expected.find((each) => each.keys <= MAX_KEYS);
  if (!first || first.rows < least || first.rows > EXPECTED.most) return null;
  const share = expected.reduce((product, { rows }) => product * Math.min(1, rows / versions), 1);
  return { term: first.term, share };
}

/** Selects the versions that have a term, of those in the window all. */
function candidates(term: ParsedTerm): SQL {
  const inside = sql`l.artifact_id between (select first from ends) and (select last from ends)`;
  const conditions = [hasWords(sql`l.words`, [term]), hasPart(sql`l.names`, term)].flatMap((each) => each ?? []);
  const selects = conditions.flatMap((condition) => [
    sql`select artifact_id as found from search_version l where ${condition} and ${inside}`,
    sql`select artifact_id as found from search_latest l where ${condition}`,
  ]);
  const ofKeys = sql`select ${artifact.id} from ${artifact} where ${artifact.key} in (${named(term, "few")})`;
  return sql.join([...selects, ofKeys], sql` union all `);
}

/** The terms that every row has which matches all of some filters. */
export function termsOfAll(parts: readonly QueryFilter[]): ParsedTerm[] {
  const terms = parts.flatMap((part) => (part.kind === "text" ? parseTerm(part.term) : []));
  return terms.some(isEmptyTerm) ? [] : terms;
}

/** Whether a term has neither words nor a part, so that it finds nothing. */
export function isEmptyTerm({ words, part }: ParsedTerm): boolean {
  return words.length === 0 && part === null;
}
