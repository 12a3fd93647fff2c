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
