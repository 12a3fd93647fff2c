import { sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { uuids } from "./query/where";

/** Versions by id, and those of a removal; in the trash or not. */
export interface Which {
  ids: string[];
  removal: string | null;
}

/** The keys of versions: a writer locks the key of each. */
export async function keysOf(db: Database, { ids, removal }: Which): Promise<{ id: string; key: string | null }[]> {
  return db.execute<{ id: string; key: string | null }>(sql`
    select id, key from artifact where id = any(${uuids(ids)})
    union all select id, key from artifact_trash where id = any(${uuids(ids)}) or removal = ${removal}::uuid`);
}
