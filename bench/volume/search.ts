import type { Database } from "#db/postgres";
import { countPending, fillSearch } from "#server/models/search/fill";
import { log } from "../harness/postgres";

/** Fills search for all versions that wait for it; its indexes are created after the rows. */
export async function fillSearchTables(db: Database): Promise<void> {
  if ((await countPending(db)) === 0) return;
  const start = performance.now();
  const indexes = await db.execute<{ name: string; definition: string }>(`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid in ('search_version'::regclass, 'search_latest'::regclass) and not i.indisunique`);
  for (const { name } of indexes) await db.execute(`drop index "${name}"`);
  let filled = 0;
  for (let some = await fillSearch(db, 16 * 1024); some > 0; some = await fillSearch(db, 16 * 1024)) {
    filled += some;
    if (filled % 50_000 < some) log(`${filled} versions …`);
  }
  await db.transaction(async (tx) => {
    await tx.execute("set local statement_timeout = 0");
    await tx.execute("set local maintenance_work_mem = '512MB'");
    for (const { definition } of indexes) await tx.execute(definition);
  });
  await db.execute("vacuum analyze search_version");
  await db.execute("vacuum analyze search_latest");
  log(`${filled} versions are searched after ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
