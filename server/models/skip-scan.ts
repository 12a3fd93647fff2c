import { sql } from "drizzle-orm";
import type { KeyFolder } from "#contract/collection";
import type { Database } from "#db/postgres";
import { artifactCollection } from "#db/schema";
import { isIn } from "./query/where";

/**
 * The folders directly in a folder, by name, with how many keys that have versions are in each: each is found by one
 * look-up in the index of keys, and counted in it alone.
 * @param most of how many folders and keys directly in the folder are looked up
 * @returns null where there are more
 */
export async function foldersByIndex(db: Database, folder: string, most: number): Promise<KeyFolder[] | null> {
  const { key } = artifactCollection;
  const within = isIn(key, folder) ?? sql`true`;
  const name = sql`split_part(substr(found.key, ${folder.length + 1}::int), '/', 1)`;
  const isFolder = sql`strpos(substr(found.key, ${folder.length + 1}::int), '/') > 0`;
  // The first text after all keys in the folder of a key, or after a key that is in none.
  const next = sql`case when ${isFolder} then ${folder}::text || ${name} || '0' else found.key || chr(1) end`;
  const countOf = (which: ReturnType<typeof sql>) => sql`
    (select count(*) from ${artifactCollection} where ${which} ${key} > ${folder}::text || folder.name || '/'
      and ${key} < ${folder}::text || folder.name || '0')`;
  const rows = await db.execute<{ ended: boolean; name: string | null; keys: string }>(sql`
    with recursive found (key, step) as (
      select (select ${key} from ${artifactCollection} where ${within} order by ${key} limit 1), 1
      union all
      select (select ${key} from ${artifactCollection} where ${within} and ${key} >= ${next} order by ${key} limit 1), step + 1
      from found where found.key is not null and step <= ${most}::int)
    select ended, name, case when ended then ${countOf(sql``)} - ${countOf(sql`${artifactCollection.latestId} is null and`)} end as keys
    from (select bool_or(found.key is null) as ended from found) walk
      left join (select ${name} as name from found where ${isFolder}) folder on true
    order by name`);
  if (!rows[0]?.ended) return null;
  return rows.flatMap(({ name, keys }) =>
    name === null || Number(keys) === 0 ? [] : [{ folder: `${folder}${name}/`, keys: Number(keys) }],
  );
}
