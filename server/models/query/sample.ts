import { and, type Column, getTableName, type SQL, sql } from "drizzle-orm";
import { AD_HOC } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { indexOrder, type Order, type Position, type SelectRows, selectInOrder } from "./page";
import type { Listed } from "./text";
import { texts, uuids } from "./where";

/** How many rows are looked at first, which have so many bytes of words at most. */
const SAMPLE = { rows: 500, bytes: 4 * 1024 * 1024 };

/** The rows that a statement reads: the first ones of an order, from a position, under a condition. */
export interface Reading<Row> {
  order: Order<Row>;
  position: Position | null;
  /** Infinity: all. */
  limit: number;
  select: SelectRows;
  /** How many rows are looked at before. */
  looksAt?: number;
}

/** How much a statement would find by looking at each row. */
export type Found =
  /** All ids that it finds. */
  | { ids: string[] }
  /** Whether it is done with these rows, and whether it is soon done. */
  | { isFull: boolean; isFrequent: boolean };

/**
 * Looks at the first rows of those that a statement reads.
 * @param typed what the statement requires beside free text
 * @param text what it requires of each row
 * @param isLatest whether rows are latest versions
 */
export async function lookAtFirst<Row>(
  db: Database,
  { order, position, limit, select, looksAt = SAMPLE.rows }: Reading<Row>,
  typed: SQL | undefined,
  text: SQL,
  isLatest: boolean,
): Promise<Found> {
  const first = selectInOrder(order, position, looksAt, (from, join) => select(and(typed, from), join));
  const bytes = (table: SQL) => sql`coalesce((select sum(octet_length(l.words)) from ${table} l
    where l.artifact_id in (select id from looked_at)), 0)`;
  const weight = isLatest
    ? bytes(sql`search_latest`)
    : sql`${bytes(sql`search_version`)} + ${bytes(sql`search_latest`)}`;
  const found = select(and(sql`${order.id} = any(array(select id from looked_at))`, sql`(${text})`));
  const [row] = await db.execute<{ rows: number; found: string | null }>(sql`
    with looked_at as materialized (${first})
    select (select count(*) from looked_at)::int as rows,
      case when ${weight} <= ${SAMPLE.bytes} then array_to_string(array(select id from (${found}) found), ',') end as found
    ${sql.raw(AD_HOC)}`);
  if (!row || row.found === null) return { isFull: false, isFrequent: false };
  const ids = row.found === "" ? [] : row.found.split(",");
  if (row.rows < looksAt) return { ids };
  // See docs/decisions.md: until the limit so many rows are looked at as the index finds in about the same time.
  return { isFull: ids.length >= limit, isFrequent: ids.length ** 2 >= limit };
}

/**
 * The ids that a statement reads where it finds nothing but some of few rows.
 * @param which what the statement requires of each row
 */
export async function firstAmong<Row>(
  db: Database,
  reading: Reading<Row>,
  { id, key }: { id: Column; key: Column },
  { ids, keys }: Listed,
  which: SQL,
): Promise<string[]> {
  if (ids.length + keys.length === 0) return [];
  return firstOf(db, reading, id, sql`${id} = any(${uuids(ids)}) or ${key} = any(${texts(keys)})`, which);
}

/**
 * The same of the rows under a condition. They are put in order, then looked at until there are enough: PostgreSQL, which takes
 * each of them for a likely match, would read a whole table in that order.
 * @param tables common table expressions that the condition names
 */
export async function firstOf<Row>(
  db: Database,
  { order, position, limit, select }: Reading<Row>,
  id: Column,
  among: SQL,
  which: SQL,
  tables = sql``,
): Promise<string[]> {
  const table = sql.identifier(getTableName(id.table));
  const first = selectInOrder(order, position, limit, (from, join) => select(and(which, from), join));
  const rows = await db.execute<{ id: string }>(sql`
    select id from (
      with ${tables} ${table} as not materialized (
        select * from ${table} where ${among} order by ${indexOrder(order, position?.backward)} offset 0) ${first}) among
    ${sql.raw(AD_HOC)}`);
  return rows.map((row) => row.id);
}
