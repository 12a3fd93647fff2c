import { type SQL, sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { searchesText } from "../query/language";
import { changedTexts } from "../query/past-text";
import { texts, uuids } from "../query/where";
import { MAX_READ, type SearchRows, searchRows, type VersionText } from "./rows";

/**
 * How many versions and keys are read at once, with so many bytes in total unless it is one. A statement stores as many
 * characters.
 */
export const SEARCH_BATCH = 500;
const MAX_BYTES = 4 * 1024 * 1024;

/** How many pending versions are counted at most. */
const MAX_PENDING = 10_000;

// Any fixed number: of the processes that fill the tables at the same time, the one that has this advisory lock does.
export const SEARCH_LOCK = 0x76_69_74_66;

interface Pending extends Record<string, unknown> {
  artifact_id: string | null;
  key: string | null;
}

/**
 * Makes what search finds some of the pending versions and keys by, the newest first. Does nothing while another process does
 * it. What changes meanwhile is pending again: a statement later than the one that takes it from the queue reads it.
 * @param versionBytes up to which size the data of versions that are not the latest is searched
 * @param atMost how many are taken
 * @returns how many were pending and are not any more
 */
export async function fillSearch(db: Database, versionBytes: number, atMost = SEARCH_BATCH): Promise<number> {
  // Mostly nothing is.
  if ((await countPending(db, 1)) === 0) return 0;
  return db.transaction(async (tx) => {
    const [row] = await tx.execute(sql`select pg_try_advisory_xact_lock(${SEARCH_LOCK}) as locked`);
    if (!row?.locked) return 0;
    const taken = await takePending(tx, atMost);
    if (taken.length === 0) return 0;
    const ids = distinct(taken.map(({ artifact_id }) => artifact_id));
    const keys = distinct(taken.map(({ key }) => key));
    await store(tx, ids, keys, await searchRows(tx, ids, keys, versionBytes));
    return taken.length;
  });
}

/**
 * Puts the pending version or key that would be read first behind all others, which are read before it from then on.
 * @returns its id or key; null where none is pending
 */
export async function postponePending(db: Database): Promise<string | null> {
  const [row] = await db.execute<Pending>(sql`
    with last as (select least(min(id), 0) as id from search_pending),
    first as (delete from search_pending where id = (select id from (${nextPending(1)}) next) returning artifact_id, key)
    insert into search_pending (id, artifact_id, key) overriding system value
    select last.id - 1, artifact_id, key from first, last returning artifact_id, key`);
  return row?.artifact_id ?? row?.key ?? null;
}

/** How many versions and keys changed since they were read for search; at most 10,000 are counted. */
export async function countPending(db: Database, atMost = MAX_PENDING): Promise<number> {
  const [row] = await db.execute<{ pending: number }>(sql`
    select count(*)::int as pending from (select from search_pending limit ${atMost}) counted`);
  return row?.pending ?? 0;
}

/** A page with how many versions are not searched as they are, where its query has words; in the past, as they were. */
export async function withPending<P extends object>(
  db: Database,
  query: string | null | undefined,
  page: P,
): Promise<P & { pending?: number }> {
  return searchesText(query) ? { ...page, pending: await countUnsearched(db) } : page;
}

/** How many versions are not searched as they are now; in the past, also those that are not searched as they were. */
export async function countUnsearched(db: Database): Promise<number> {
  const { others } = await changedTexts(db);
  return others + (await countPending(db));
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null);
}

/** The newest; those that were postponed, which have negative ids, only where there are no others. */
function nextPending(atMost: number): SQL {
  return sql`select * from search_pending where (id > 0) = exists (select from search_pending where id > 0)
    order by id desc limit ${atMost}`;
}

function takePending(tx: Database, atMost: number): Promise<Pending[]> {
  const bytes = (version: string) =>
    sql.raw(`least(coalesce(${version}.size, 0), ${MAX_READ}) + coalesce(octet_length(${version}.description), 0)
      + coalesce(octet_length(${version}.metadata::text), 0)`);
  return tx.execute<Pending>(sql`
    with next as materialized (
      select id, artifact_id, key, row_number() over (partition by key order by id desc) = 1 as first_of_key
      from (${nextPending(atMost)}) newest),
    sized as (
      select s.id, sum(1 + ${bytes("a")} + case when first_of_key then ${bytes("l")}
          + coalesce(octet_length(b.description), 0) + coalesce(octet_length(b.links::text), 0) else 0 end)
        over (order by s.id desc rows between unbounded preceding and 1 preceding) as before
      from next s left join artifact a on a.id = s.artifact_id left join artifact_collection c on c.key = s.key
        left join artifact l on l.id = c.latest_id left join collection_about b on b.key = s.key)
    delete from search_pending p using sized s where p.id = s.id and coalesce(s.before, 0) < ${MAX_BYTES}
    returning p.artifact_id, p.key`);
}

/** Rows in groups with so many characters in total unless it is one. */
function inChunks<Row extends VersionText>(rows: readonly Row[]): Row[][] {
  const chunks: Row[][] = [];
  let characters = 0;
  for (const row of rows) {
    const own = row.words.length + (row.names?.length ?? 0);
    const last = chunks.at(-1);
    const fits = last !== undefined && characters + own <= MAX_BYTES;
    if (fits) last.push(row);
    else chunks.push([row]);
    characters = fits ? characters + own : own;
  }
  return chunks;
}

async function store(tx: Database, ids: string[], keys: string[], { versions, latest }: SearchRows): Promise<void> {
  const found = new Set(versions.map(({ artifact_id }) => artifact_id));
  const deleted = ids.filter((id) => !found.has(id));
  if (deleted.length > 0) await tx.execute(sql`delete from search_version where artifact_id = any(${uuids(deleted)})`);
  for (const chunk of inChunks(versions)) {
    await tx.execute(sql`
      insert into search_version as v (artifact_id, words, names, partial)
      select artifact_id, words, names, partial from json_to_recordset(${JSON.stringify(chunk)}::json)
        as built (artifact_id uuid, words text, names text, partial boolean)
      on conflict (artifact_id) do update set words = excluded.words, names = excluded.names, partial = excluded.partial
      where (v.words, v.names, v.partial) is distinct from (excluded.words, excluded.names, excluded.partial)`);
  }
  const existing = new Set(latest.map(({ key }) => key));
  const unused = keys.filter((key) => !existing.has(key));
  if (unused.length > 0) await tx.execute(sql`delete from search_latest where key = any(${texts(unused)})`);
  for (const chunk of inChunks(latest)) {
    await tx.execute(sql`
      insert into search_latest as l (key, artifact_id, words, names, partial, key_words, key_names)
      select key, artifact_id, words, names, partial, key_words, key_names
      from json_to_recordset(${JSON.stringify(chunk)}::json) as built (key text, artifact_id uuid, words text, names text,
        partial boolean, key_words text, key_names text)
      on conflict (key) do update set artifact_id = excluded.artifact_id, words = excluded.words, names = excluded.names,
        partial = excluded.partial, key_words = excluded.key_words, key_names = excluded.key_names
      where (l.artifact_id, l.words, l.names, l.partial, l.key_words, l.key_names) is distinct from
        (excluded.artifact_id, excluded.words, excluded.names, excluded.partial, excluded.key_words, excluded.key_names)`);
  }
}
