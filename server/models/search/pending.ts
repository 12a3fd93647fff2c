import { sql } from "drizzle-orm";
import type { Database } from "#db/postgres";

/** How many pending versions are counted at most. */
export const MAX_PENDING = 10_000;

/** Notes that what every version and key is found by is to be made, the newest first. */
export async function noteAllForSearch(db: Database): Promise<void> {
  await db.execute(sql`insert into search_pending (artifact_id, key)
    select a.id, c.key from artifact a left join artifact_collection c on c.key = a.key and c.latest_id = a.id order by a.id`);
}

/** How many versions and keys changed since they were read for search; none above 10,000 are counted. */
export async function countPending(db: Database): Promise<number> {
  const [row] = await db.execute<{ pending: number }>(sql`
    select count(*)::int as pending from (select from search_pending limit ${MAX_PENDING}) counted`);
  return row?.pending ?? 0;
}
