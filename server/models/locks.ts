import { sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { uuids } from "./query/where";

/** Versions by id, and those of a removal; in the trash or not. */
interface Which {
  ids: string[];
  removal: string | null;
}

export interface Keyed extends Record<string, unknown> {
  id: string;
  key: string | null;
}

/** The keys of versions: a writer locks the key of each. */
export async function keysOf(db: Database, { ids, removal }: Which): Promise<Keyed[]> {
  return db.execute<Keyed>(sql`
    select id, key from artifact where id = any(${uuids(ids)})
    union all select id, key from artifact_trash where id = any(${uuids(ids)}) or removal = ${removal}::uuid`);
}

/** Runs work in a transaction that has an advisory lock, or returns `otherwise` where another transaction has it. */
export function withAdvisoryLock<Result>(
  db: Database,
  lock: number,
  otherwise: Result,
  work: (tx: Database) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (tx) => {
    const [row] = await tx.execute(sql`select pg_try_advisory_xact_lock(${lock}) as locked`);
    return row?.locked ? work(tx) : otherwise;
  });
}
