import { type SQL, sql } from "drizzle-orm";
import type { TrashPurge } from "#contract/trash";
import type { Database } from "#db/postgres";
import { uuids } from "./query/where";

const BATCH = 5000;

/** Deletes removed versions and their data for good; says how many went. */
export async function purge(db: Database, which: TrashPurge): Promise<{ purged: number }> {
  const purged =
    "ids" in which ? await purgeBatch(db, sql`id = any(${uuids(which.ids)})`) : await purgeAll(db, sql`true`);
  return { purged };
}

/** Purges what lies in the trash for longer than `days` (0 keeps for ever), idempotency keys that no longer bind, and what can no longer be restored. */
export async function sweep(db: Database, days: number): Promise<number> {
  const purged =
    days > 0 ? await purgeAll(db, sql`removed < clock_timestamp() - make_interval(days => ${days}::int)`) : 0;
  await db.execute(sql`
    delete from artifact_idempotency i where used < clock_timestamp() - interval '7 days'
      and not exists (select from artifact a where a.id = i.artifact_id)
      and not exists (select from artifact_trash t where t.id = i.artifact_id)`);
  await db.execute(sql`
    delete from backup_part where number > 0 and
      (exists (select from flow) or exists (select from artifact) or exists (select from artifact_trash))`);
  return purged;
}

async function purgeAll(db: Database, which: SQL): Promise<number> {
  const purged = await purgeBatch(db, which);
  return purged < BATCH ? purged : purged + (await purgeAll(db, which));
}

async function purgeBatch(db: Database, which: SQL): Promise<number> {
  const [row] = await db.execute(sql`
    with going as (delete from artifact_trash where id in
        (select id from artifact_trash where ${which} order by id limit ${BATCH}::int for update) returning id),
      data as (delete from artifact_data where artifact_id in (select id from going))
    select count(*)::int as purged from going`);
  return Number(row?.purged);
}
