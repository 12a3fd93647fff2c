import { type Column, count, desc, type SQL, sql } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import type { Counts } from "#contract/paging";
import { adHoc } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import type { deployment, taskRun } from "#db/schema";

/** Counts the rows of a select; with `atMost`, reads no further than one beyond it. */
export async function boundedCount(db: Database, rows: PgSelect, atMost: number | undefined): Promise<number> {
  const bounded = atMost === undefined ? rows : rows.limit(atMost + 1);
  const [result] = await db.execute(sql`select count(*)::int as count from (${bounded}) matching`);
  return Number(result?.count);
}

const MAX_VALUES = 1_000;

/** How many of the matching rows have each value of a column; rows without one are left out. */
export async function countValues(
  db: Database,
  table: typeof deployment | typeof taskRun,
  value: Column | SQL,
  matches: SQL | undefined,
): Promise<Counts> {
  const rows = db
    .select({ value: sql<string | null>`${value}`, count: count() })
    .from(table)
    .where(adHoc(matches))
    .groupBy(sql`1`);
  const found = await rows.orderBy(desc(count())).limit(MAX_VALUES);
  return Object.fromEntries(found.flatMap((row) => (row.value === null ? [] : [[row.value, row.count]])));
}
