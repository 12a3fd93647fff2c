import { eq, sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import type { CollectionRename, KeyRenamed } from "#contract/rename";
import type { Database } from "#db/postgres";
import { keyRedirect } from "#db/schema";
import { type Author, authorColumns } from "./author";
import { texts } from "./query/where";

/** How many versions a key may have, in the trash too, to be renamed within the 30 s of a statement. */
const MAX_RENAMED = 200_000;

/**
 * Gives all versions of a key another key, under the locks of both.
 * @throws VitrineError BAD_REQUEST for the same key; NOT_FOUND where the key has no versions; CONFLICT where the new one has
 * any, in the trash too, and where the key has more than 200,000
 */
export async function rename(db: Database, { key, to, reason }: CollectionRename, author: Author): Promise<KeyRenamed> {
  if (key === to) throw new VitrineError("BAD_REQUEST", 'The field "to" must be another key.', { field: "to" });
  await expectFew(db, key);
  const by = authorColumns(author, reason);
  const [row] = await db.execute<{ versions: string; occupied: boolean; deleted: boolean }>(
    sql`select * from collection_rename(${key}::text, ${to}::text, ${by}::jsonb)`,
  );
  const versions = Number(row?.versions);
  if (versions === 0) throw await noVersionsError(db, key, author);
  if (row?.occupied) {
    const message = row.deleted
      ? `Key "${to}" has versions in the trash; choose another key, or delete them permanently.`
      : `Key "${to}" has versions already; choose another key.`;
    throw new VitrineError("CONFLICT", message, { field: "to", key: to });
  }
  return { key: to, previous: key, versions };
}

async function expectFew(db: Database, key: string): Promise<void> {
  const [row] = await db.execute<{ versions: string }>(sql`
    select c.live + (select count(*) from (select from artifact_trash t where t.key = c.key limit ${MAX_RENAMED + 1}) deleted)
      as versions from artifact_collection c where c.key = ${key}`);
  if (!row || Number(row.versions) <= MAX_RENAMED) return;
  const most = MAX_RENAMED.toLocaleString("en-US");
  throw new VitrineError("CONFLICT", `Key "${key}" has more than ${most} versions, too many to be renamed.`, { key });
}

/** The key that a key without versions, deleted ones included, was renamed to; null where it was not. */
export async function targetOf(db: Database, key: string): Promise<string | null> {
  return (await targetsOf(db, [key])).get(key) ?? null;
}

/** Those of keys without versions that were renamed, with their new keys. */
export async function targetsOf(db: Database, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db.execute<{ key: string; target: string }>(sql`
    select r.key, r.target from key_redirect r where r.key = any(${texts(keys)})
      and not exists (select from artifact_collection c where c.key = r.key and c.live > 0)
      and not exists (select from artifact_trash t where t.key = r.key)`);
  return new Map(rows.map(({ key, target }) => [key, target]));
}

/** The keys that a key had before, each with when it was renamed. */
export async function previousKeys(db: Database, key: string): Promise<{ key: string; until: string }[]> {
  return db
    .select({ key: keyRedirect.key, until: keyRedirect.renamed })
    .from(keyRedirect)
    .where(eq(keyRedirect.target, key));
}

/** NOT_FOUND for a key without versions, with `renamedTo` where it was renamed to one that the author reaches. */
export async function noVersionsError(db: Database, key: string, author: Author): Promise<VitrineError> {
  const renamedTo = await targetOf(db, key);
  if (renamedTo === null || !reachesKey(author.keys, renamedTo)) {
    return new VitrineError("NOT_FOUND", `Key "${key}" has no versions.`, { key });
  }
  return new VitrineError("NOT_FOUND", `Key "${key}" was renamed to "${renamedTo}".`, { key, renamedTo });
}
