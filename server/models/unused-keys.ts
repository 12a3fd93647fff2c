import { sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { texts } from "./query/where";

/** What belongs to keys themselves, and is deleted when they have no versions any more. */
const TABLES = ["collection_about", "pin", "read_mark"] as const;

/** The keys among those of `from` with facts, pins or read marks, as an array; null for none. */
export const keysWithMore = (from: string) => sql`(
  select array_agg(distinct m.key::text) from (${sql.join(
    TABLES.map((table) => sql`select key from ${sql.identifier(table)}`),
    sql` union all `,
  )}) m where m.key in (select key from ${sql.identifier(from)}))`;

/**
 * Deletes the facts, pins and read marks of keys that have no versions any more, in the trash neither.
 * @param keys those that may have none; absent: all
 */
export async function deleteOfUnusedKeys(db: Database, keys?: string[]): Promise<void> {
  for (const each of TABLES) {
    const table = sql.identifier(each);
    const unused = sql`not exists (select from artifact a where a.key = b.key)
      and not exists (select from artifact_trash t where t.key = b.key)`;
    const among = keys ? sql`key = any(${texts(keys)})` : sql`true`;
    const rows = await db.execute<{ key: string }>(
      sql`select distinct key from ${table} b where ${among} and ${unused}`,
    );
    if (rows.length === 0) continue;
    const found = texts(rows.map(({ key }) => key));
    await db.transaction(async (tx) => {
      // A key that got a version meanwhile keeps them.
      await tx.execute(sql`select artifact_lock_keys(${found})`);
      await tx.execute(sql`delete from ${table} b where key = any(${found}) and ${unused}`);
    });
  }
}
