import { sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import type { Database } from "#db/postgres";
import { lockExisting } from "./lock-keys";
import { uuids } from "./query/where";

/** How often a write starts again while its keys are renamed. */
const ATTEMPTS = 5;

/**
 * Writes versions under the locks of their keys, so that none of them is renamed to what a role does not reach between the
 * check and the write.
 * @param ids of versions, in the trash or not
 * @param write gets those of the ids that the role reaches; all, and no transaction, for a role without patterns
 */
export async function withReached<Result>(
  db: Database,
  ids: string[],
  keys: string | null | undefined,
  write: (db: Database, reached: string[]) => Promise<Result>,
): Promise<Result> {
  if (keys == null) return write(db, ids);
  for (let attempt = 1; ; attempt++) {
    // A lock that was taken too late is released by the end of the transaction, before others are taken in order.
    const done = await db.transaction(async (tx) => {
      const before = await keysOf(tx, ids, keys);
      const locked = new Set(await lockExisting(tx, [...new Set(before.values())]));
      const reached = await keysOf(tx, ids, keys);
      const isLocked = [...reached.values()].every((key) => locked.has(key));
      if (!isLocked && attempt < ATTEMPTS) return null;
      const writable = ids.filter((id) => locked.has(reached.get(id) ?? ""));
      return { result: await write(tx, writable) };
    });
    if (done) return done.result;
  }
}

/** The same for one version. @throws VitrineError NOT_FOUND where the role does not reach it */
export async function withReachedVersion<Result>(
  db: Database,
  id: string,
  keys: string | null | undefined,
  write: (db: Database) => Promise<Result>,
): Promise<Result> {
  return withReached(db, [id], keys, async (db, [reached]) => {
    if (reached === undefined) throw new VitrineError("NOT_FOUND", `Artifact ${id} was not found.`);
    return write(db);
  });
}

/** The keys of those of some versions that a role reaches, by id. */
async function keysOf(tx: Database, ids: string[], keys: string): Promise<Map<string, string>> {
  const rows = await tx.execute<{ id: string; key: string | null }>(sql`
    select id, key from artifact where id = any(${uuids(ids)})
    union all select id, key from artifact_trash where id = any(${uuids(ids)})`);
  return new Map(rows.flatMap(({ id, key }) => (key !== null && reachesKey(keys, key) ? [[id, key]] : [])));
}
