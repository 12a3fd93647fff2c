import { and, type SQL, sql } from "drizzle-orm";
import { NIL } from "uuid";
import { FILE, FILES } from "#contract/file-type";
import type { TrashPurge } from "#contract/trash";
import type { Database } from "#db/postgres";
import { artifact, artifactTrash } from "#db/schema";
import { type Author, authorColumns, SYSTEM } from "./author";
import { insertEvents, oldestEvent, recordEvent } from "./event";
import { withAdvisoryLock } from "./locks";
import { uuids } from "./query/where";
import { isReached } from "./reach";
import { deleteOfUnusedKeys, keysWithMore } from "./unused-keys";

/** How many versions or events are deleted at once, and how many files of versions unless they are of one. */
const BATCH = 5000;
const BATCH_FILES = 100_000;

// Any fixed number: of the processes that sweep at the same time, the one that has this advisory lock does.
export const SWEEP_LOCK = 0x76_69_74_73;

/** Deletes versions in the trash that the author reaches permanently, with their data: one event for each id, or one for each batch of all. */
export async function purge(db: Database, which: TrashPurge, author: Author): Promise<{ purged: number }> {
  const by = authorColumns(author, which.reason);
  const reached = isReached(sql`key`, author.keys);
  const purged =
    "ids" in which
      ? await sumOfBatches(() =>
          purgeBatch(db, sql`${and(sql`id = any(${uuids(which.ids)})`, reached)}`, (from) =>
            insertEvents(by, { ...PURGE, key: sql`key`, artifactId: sql`id`, version: sql`version`, from }),
          ),
        )
      : await sumOfBatches(() => purgeBatch(db, reached ?? sql`true`, (from) => batchEvent(by, from)));
  return { purged };
}

const PURGE = { verb: "artifact.purge" } as const;

function batchEvent(author: string, purged: SQL): SQL {
  const from = sql`(select count(*) as versions from ${purged} having count(*) > 0) counted`;
  return insertEvents(author, { ...PURGE, after: sql`jsonb_build_object('versions', versions)`, from });
}

export interface RetentionDays {
  /** For versions in the trash; 0: for ever. */
  trash: number;
  /** For events; 0: for ever. */
  audit: number;
}

/**
 * Deletes what is kept for a limited time: versions in the trash, events, idempotency keys older than 7 days whose
 * artifact is deleted, API keys that were revoked 90 days ago, sessions that have expired, and parts of a backup that can
 * no longer be restored.
 * Does nothing while another process sweeps the same database. Where versions cannot be deleted, the others are.
 * @returns how many versions
 */
export async function sweep(db: Database, { trash, audit }: RetentionDays): Promise<number> {
  const expired = sql`removed < clock_timestamp() - make_interval(days => ${trash}::int)`;
  const by = authorColumns(SYSTEM);
  const batch = () => unlessSwept(db, async (tx) => purgeBatch(tx, expired, (from) => batchEvent(by, from)));
  try {
    return trash > 0 ? await sumOfBatches(batch) : 0;
  } finally {
    await sweepOthers(db, audit);
  }
}

async function sweepOthers(db: Database, audit: number): Promise<void> {
  if (audit > 0) await sumOfBatches(() => unlessSwept(db, (tx) => purgeEvents(tx, audit)));
  // Also those of keys whose last versions a program of schema 0017 or earlier deleted.
  await deleteOfUnusedKeys(db);
  await unlessSwept(db, async (tx) => {
    await tx.execute(sql`
      delete from artifact_idempotency i where used < clock_timestamp() - interval '7 days'
        and not exists (select from artifact a where a.id = i.artifact_id)
        and not exists (select from artifact_trash t where t.id = i.artifact_id)`);
    await tx.execute(sql`
      delete from backup_part where number > 0 and
        (exists (select from flow) or exists (select from artifact) or exists (select from artifact_trash))`);
    await tx.execute(sql`delete from ended_session where expires < clock_timestamp()`);
    await tx.execute(sql`delete from api_key where revoked < clock_timestamp() - interval '90 days'`);
    await tx.execute(sql`delete from person_session where expires < clock_timestamp()`);
    return 0;
  });
}

function unlessSwept(db: Database, work: (tx: Database) => Promise<number>): Promise<number> {
  return withAdvisoryLock(db, SWEEP_LOCK, 0, work);
}

async function sumOfBatches(purge: () => Promise<number>): Promise<number> {
  const purged = await purge();
  return purged === 0 ? 0 : purged + (await sumOfBatches(purge));
}

/** @param logged the insert of the events of the deleted rows */
async function purgeBatch(db: Database, which: SQL, logged: (purged: SQL) => SQL): Promise<number> {
  const [row] = await db.execute(sql`
    with next as materialized (
        select id, case type when ${FILE} then 1 when ${FILES} then coalesce(rows, 0) else 0 end::bigint as files
        from artifact_trash where ${which} order by id limit ${BATCH}::int for update),
      purged as (delete from artifact_trash where id in (
        select id from (select id, sum(files) over (order by id) - files as before from next) n
        where before < ${BATCH_FILES}::int) returning id, key, version),
      data as (delete from artifact_data where artifact_id in (select id from purged)),
      logged as (${logged(sql`purged`)})
    select count(*)::int as purged,
      ${keysWithMore("purged")} as keys
    from purged`);
  if (Array.isArray(row?.keys)) await deleteOfUnusedKeys(db, row.keys);
  return Number(row?.purged);
}

/**
 * Deletes a batch of the events that are older, by their ids, which are made of their time. Versions that stand for the
 * events of their creates do so no longer below the watermark.
 */
async function purgeEvents(tx: Database, days: number): Promise<number> {
  const expired = (table: typeof artifact | typeof artifactTrash) => sql`
    select from ${table} where created_xid is not null and id < (select id from oldest) and id >= ${oldestEvent}`;
  const [row] = await tx.execute(sql`
    with oldest as materialized (
        select id_at(clock_timestamp() - make_interval(days => ${days}::int), ${NIL}::uuid) as id),
      purged as (delete from event where id in (
        select id from event where id < (select id from oldest) order by id limit ${BATCH}::int) returning id),
      creates as materialized (
        select count(*) from (${expired(artifact)} union all ${expired(artifactTrash)}) expired having count(*) > 0),
      replaced as (delete from event_watermark w using oldest, creates where w.id < oldest.id),
      moved as (insert into event_watermark select oldest.id from oldest, creates)
    select (select count(*) from purged)::int as purged, coalesce((select count from creates), 0)::int as creates`);
  const purged = Number(row?.purged);
  const events = purged + Number(row?.creates);
  if (events > 0) await recordEvent(tx, SYSTEM, { verb: "event.purge", after: { events } });
  return purged;
}
