import { sql } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import type { Database } from "#db/postgres";

/** Counts the rows of a select; with `atMost`, reads no further than one beyond it. */
export async function boundedCount(db: Database, rows: PgSelect, atMost: number | undefined): Promise<number> {
  const bounded = atMost === undefined ? rows : rows.limit(atMost + 1);
  const [result] = await db.execute(sql`select count(*)::int as count from (${bounded}) matching`);
  return Number(result?.count);
}
