import { sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { texts, uuids } from "../query/where";
import { MAX_READ, type SearchRows, searchRows } from "./rows";

/** How many versions and keys are read at once, with so many bytes in total unless it is one. */
export const SEARCH_BATCH = 500;
const MAX_BYTES = 4 * 1024 * 1024;

/** How many pending versions are counted at most. */
const MAX_PENDING = 10_000;

// Any fixed number: of the processes that fill the tables at the same time, the one that has this advisory lock does.
const LOCK = 0x76_69_74_66;

interface Pending extends Record<string, unknown> {
  artifact_id: string | null;
  key: string | null;
}

/**
 * Makes what search finds some of the pending versions and keys by, the newest first. Does nothing while another process does
 * it. What changes meanwhile is pending again: a statement later than the one that takes it from the queue reads it.
 * @param versionBytes up to which size the data of versions that are not the latest is searched
 * @returns how many were pending and are not any more
 */
export async function fillSearch(db: Database, versionBytes: number): Promise<number> {
  // Mostly nothing is.
  if ((await countPending(db, 1)) === 0) return 0;
  return db.transaction(async (tx) => {
    const [row] = await tx.execute(sql`select pg_try_advisory_xact_lock(${LOCK}) as locked`);
    if (!row?.locked) return 0;
    const taken = await takePending(tx);
    if (taken.length === 0) return 0;
    const ids = distinct(taken.map(({ artifact_id }) => artifact_id));
    const keys = distinct(taken.map(({ key }) => key));
    await store(tx, ids, keys, await searchRows(tx, ids, keys, versionBytes));
    return taken.length;
  });
}

/** Notes that what every version and key is found by is to be made, the newest first. */
export async function noteAllForSearch(db: Database): Promise<void> {
  await db.execute(sql`insert into search_pending (artifact_id, key)
    select a.id, c.key from artifact a left join artifact_collection c on c.key = a.key and c.latest_id = a.id order by a.id`);
}

/** How many versions and keys changed since they were read for search; at most 10,000 are counted. */
export async function countPending(db: Database, atMost = MAX_PENDING): Promise<number> {
  const [row] = await db.execute<{ pending: number }>(sql`
    select count(*)::int as pending from (select from search_pending limit ${atMost}) counted`);
  return row?.pending ?? 0;
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null);
}

function takePending(tx: Database): Promise<Pending[]> {
  const bytes = (size: string) => sql`least(coalesce(${sql.raw(size)}, 0), ${MAX_READ})`;
  return tx.execute<Pending>(sql`
    with next as materialized (
      select id, artifact_id, key, row_number() over (partition by key order by id desc) = 1 as first_of_key
      from (select * from search_pending order by id desc limit ${SEARCH_BATCH}) newest),
    sized as (
      select s.id, sum(1 + ${bytes("a.size")} + case when first_of_key then ${bytes("c.size")} else 0 end)
        over (order by s.id desc rows between unbounded preceding and 1 preceding) as before
      from next s left join artifact a on a.id = s.artifact_id left join artifact_collection c on c.key = s.key)
    delete from search_pending p using sized s where p.id = s.id and coalesce(s.before, 0) < ${MAX_BYTES}
    returning p.artifact_id, p.key`);
}

async function store(tx: Database, ids: string[], keys: string[], { versions, latest }: SearchRows): Promise<void> {
  const found = new Set(versions.map(({ artifact_id }) => artifact_id));
  const deleted = ids.filter((id) => !found.has(id));
  if (deleted.length > 0) await tx.execute(sql`delete from search_version where artifact_id = any(${uuids(deleted)})`);
  if (versions.length > 0) {
    await tx.execute(sql`
      insert into search_version as v (artifact_id, words, names, partial)
      select artifact_id, words, names, partial from json_to_recordset(${JSON.stringify(versions)}::json)
        as built (artifact_id uuid, words text, names text, partial boolean)
      on conflict (artifact_id) do update set words = excluded.words, names = excluded.names, partial = excluded.partial
      where (v.words, v.names, v.partial) is distinct from (excluded.words, excluded.names, excluded.partial)`);
  }
  const existing = new Set(latest.map(({ key }) => key));
  const unused = keys.filter((key) => !existing.has(key));
  if (unused.length > 0) await tx.execute(sql`delete from search_latest where key = any(${texts(unused)})`);
  if (latest.length > 0) {
    await tx.execute(sql`
      insert into search_latest as l (key, artifact_id, words, names, partial, key_words, key_names)
      select key, artifact_id, words, names, partial, key_words, key_names
      from json_to_recordset(${JSON.stringify(latest)}::json) as built (key text, artifact_id uuid, words text, names text,
        partial boolean, key_words text, key_names text)
      on conflict (key) do update set artifact_id = excluded.artifact_id, words = excluded.words, names = excluded.names,
        partial = excluded.partial, key_words = excluded.key_words, key_names = excluded.key_names
      where (l.artifact_id, l.words, l.names, l.partial, l.key_words, l.key_names) is distinct from
        (excluded.artifact_id, excluded.words, excluded.names, excluded.partial, excluded.key_words, excluded.key_names)`);
  }
}
