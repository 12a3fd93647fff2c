import { sql } from "drizzle-orm";
import type { CollectionMarkAllRead, CollectionMarkRead, CollectionUnread, ReadMark, Unread } from "#contract/unread";
import type { Database } from "#db/postgres";
import { timestampText } from "#db/schema";
import { type Author, holdPerson } from "./author";
import { texts } from "./query/where";
import { noVersionsError } from "./rename";

/**
 * The keys whose latest version an author has not seen: created since they first looked, or marked all as read, and after
 * the version that they saw last. The newest come first.
 */
export async function listUnread(db: Database, { keys, limit }: CollectionUnread, { actor }: Author): Promise<Unread> {
  const [reader] = await db.execute<{ since: string }>(sql`
    select since::text as since from reader where actor_id = ${actor.id}::uuid`);
  if (!reader) return { since: null, items: [] };
  const among = keys ? sql`and c.key = any(${texts(keys)})` : sql``;
  // Two look-ups for `seen`, as one by both conditions reads every version since. Where the key is equal, PostgreSQL may read
  // the versions of all keys in the order of time.
  const rows = await db.execute<{
    key: string;
    id: string;
    version: string;
    created: string;
    seen: { id: string; version: number } | null;
  }>(sql`
    select c.key, c.latest_id as id, c.version, c.created::text as created,
      (select json_build_object('id', a.id, 'version', a.version) from (
          (select a.id, a.version from artifact a where a.key = c.key and a.version <= m.version
            order by a.version desc limit 1)
          union all
          (select a.id, a.version from artifact a
            where a.key >= c.key and (a.key, a.created) <= (c.key, ${reader.since}::timestamptz)
            order by a.key desc, a.created desc, a.id desc limit 1)) a
        order by a.version desc limit 1) as seen
    from artifact_collection c
      left join read_mark m on m.actor_id = ${actor.id}::uuid and m.key = c.key
    where c.latest_id is not null and c.created > ${reader.since}::timestamptz
      and (m.version is null or m.version < c.version) ${among}
    order by c.created desc, c.latest_id desc limit ${limit}::int`);
  return {
    since: timestampText(reader.since),
    items: rows.map(({ version, created, seen, ...row }) => ({
      ...row,
      version: Number(version),
      created: timestampText(created),
      seen: typeof seen === "string" ? JSON.parse(seen) : seen,
    })),
  };
}

/** Starts an author's reading where it has not begun: what exists is read. */
export async function startReading(db: Database, { actor }: Pick<Author, "actor">): Promise<void> {
  await db.execute(sql`
    insert into reader (actor_id, since) values (${actor.id}::uuid, clock_timestamp()) on conflict do nothing`);
}

/**
 * Marks a version of a key as the latest one that an author has seen, unless they saw a newer one.
 * @throws VitrineError NOT_FOUND for a key without versions; UNAUTHORIZED where the person was deleted meanwhile
 */
export async function markRead(db: Database, { key, version }: CollectionMarkRead, author: Author): Promise<ReadMark> {
  return db.transaction(async (tx) => {
    await holdPerson(tx, author);
    await startReading(tx, author);
    // The key is not renamed meanwhile; versions of it may be published.
    const [mark] = await tx.execute<{ version: string }>(sql`
      insert into read_mark as m (actor_id, key, version)
        select ${author.actor.id}::uuid, c.key, least(${version}::bigint, c.version)
        from artifact_collection c where c.key = ${key} and c.live > 0 for key share of c
      on conflict (actor_id, key) do update set version = greatest(m.version, excluded.version)
      returning m.version`);
    if (!mark) throw await noVersionsError(tx, key, author);
    return { key, version: Number(mark.version) };
  });
}

/**
 * Marks all versions that were created until a time as read. Returns from when on they are not.
 * @throws VitrineError UNAUTHORIZED where the person was deleted meanwhile
 */
export async function markAllRead(
  db: Database,
  { until }: CollectionMarkAllRead,
  author: Author,
): Promise<{ since: string }> {
  return db.transaction(async (tx) => {
    await holdPerson(tx, author);
    const [row] = await tx.execute<{ since: string }>(sql`
      insert into reader as r (actor_id, since)
        values (${author.actor.id}::uuid, least(${until}::timestamptz, clock_timestamp()))
      on conflict (actor_id) do update set since = greatest(r.since, excluded.since) returning r.since::text as since`);
    if (!row) throw new Error("an upsert returns its row");
    return { since: timestampText(row.since) };
  });
}
