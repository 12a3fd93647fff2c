import { sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { artifact, artifactTrash } from "#db/schema";
import { withAdvisoryLock } from "./locks";
import { uuids } from "./query/where";
import { hashOfData } from "./same-content";

/** How many versions get their hash at once, of data of so many bytes in total unless it is that of one version. */
const BATCH = { versions: 500, bytes: 8 * 1024 * 1024 };

// Any fixed number: of the processes that make hashes at the same time, the one that has this advisory lock does.
const LOCK = 0x76_69_74_68;

/**
 * Makes the hashes of some versions that have none, the newest first, in PostgreSQL. Does nothing while another process does
 * it.
 * @returns whether there may be more of them
 */
export async function makeHashes(db: Database): Promise<boolean> {
  return withAdvisoryLock(
    db,
    LOCK,
    false,
    async (tx) => (await hashSome(tx, artifact)) || (await hashSome(tx, artifactTrash)),
  );
}

/**
 * Whoever changes data locks its version before, as is done here: a hash is never that of earlier data. Versions that are
 * locked are left for later; waiting for them could be a deadlock.
 */
async function hashSome(tx: Database, table: typeof artifact | typeof artifactTrash): Promise<boolean> {
  const locked = await tx.execute<{ id: string }>(sql`
    select id from ${table} where sha256 is null and id = any(array(
      select id from (
        select id, sum(size) over (order by id desc) - size as before
        from (select id, size from ${table} where sha256 is null order by id desc limit ${BATCH.versions}) newest) sized
      where before < ${BATCH.bytes}))
    for no key update skip locked`);
  if (locked.length === 0) return false;
  const ids = locked.map(({ id }) => id);
  const hashed = await tx.execute(sql`
    update ${table} v set sha256 = ${hashOfData} from artifact_data d
    where d.artifact_id = v.id and v.id = any(${uuids(ids)}) returning v.id`);
  return hashed.length > 0;
}
