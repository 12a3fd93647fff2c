import { sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import { MAX_TAGS } from "#contract/limits";
import type { ArtifactsTagged, ArtifactTagMany, CollectionsTagged, CollectionTagMany } from "#contract/tag";
import type { Database } from "#db/postgres";
import { type Author, authorColumns } from "./author";
import { lockExisting } from "./lock-keys";
import { keysOf } from "./locks";
import { texts, uuids } from "./query/where";
import { withReached } from "./within-reach";

/** Tags as they are stored: sorted, each once, and null for none; undefined stays. */
export function storedTags(tags: string[] | null | undefined): string[] | null | undefined {
  if (tags == null) return tags;
  return tags.length > 0 ? [...new Set(tags)].sort() : null;
}

interface Change {
  add?: string[] | undefined;
  remove?: string[] | undefined;
}

interface Tagged {
  tags: string[];
  previous: string[];
}

/** The tags of something after a change, of which `name` is what it is called; null where they stay the same. */
function changeTags(previous: string[], { add = [], remove = [] }: Change, name: string): Tagged | null {
  const remaining = previous.filter((tag) => !remove.includes(tag));
  const tags = storedTags([...remaining, ...add]) ?? [];
  if (tags.length > MAX_TAGS) {
    const message = `${name} would have ${tags.length} tags, and can have at most ${MAX_TAGS}.`;
    throw new VitrineError("CONFLICT", message, { field: "add" });
  }
  return tags.join("\n") === previous.join("\n") ? null : { tags, previous };
}

/**
 * Adds tags to versions and removes others, in one transaction; each change can be reverted like any update.
 * @param keep how many revisions of a version are kept
 * @throws VitrineError CONFLICT where a version would have more than 50 tags: then nothing is changed
 */
export async function tagVersions(
  db: Database,
  { ids: named, reason, ...change }: ArtifactTagMany,
  author: Author,
  keep: number,
): Promise<ArtifactsTagged> {
  return withReached(db, named, author.keys, (db, ids) => tagReached(db, { named, ids, reason, change }, author, keep));
}

async function tagReached(
  db: Database,
  {
    named,
    ids,
    reason,
    change,
  }: { named: string[]; ids: string[]; reason?: string | null | undefined; change: Change },
  author: Author,
  keep: number,
): Promise<ArtifactsTagged> {
  return db.transaction(async (tx) => {
    const keys = (await keysOf(tx, { ids, removal: null })).flatMap(({ key }) => key ?? []);
    await tx.execute(sql`select artifact_lock_keys(${texts(keys)})`);
    await tx.execute(sql`select artifact_lock_keyless(${uuids(ids)})`);
    const rows = await tx.execute<{
      id: string;
      key: string | null;
      version: string | null;
      tags: string[] | null;
    }>(sql`
      select id, key, version, tags from artifact where id = any(${uuids(ids)}) order by key, version, id`);
    const changed = rows.flatMap(({ id, key, version, tags }) => {
      const name = key === null ? `Artifact ${id}` : `Version ${key}@${version}`;
      const tagged = changeTags(tags ?? [], change, name);
      return tagged ? [{ id, key, version: version === null ? null : Number(version), ...tagged }] : [];
    });
    await tx.execute(sql`
      select from json_to_recordset(${JSON.stringify(changed)}::json) as changed (id uuid, tags jsonb),
        artifact_update(changed.id, null, null, jsonb_build_object('tags', nullif(changed.tags, '[]')),
          ${authorColumns(author, reason)}::jsonb, ${keep}::int)`);
    const found = new Set(rows.map(({ id }) => id));
    return { changed, missing: named.filter((id) => !found.has(id)) };
  });
}

/**
 * Adds tags to keys and removes others, in one transaction.
 * @throws VitrineError CONFLICT where a key would have more than 50 tags: then nothing is changed
 */
export async function tagKeys(
  db: Database,
  { keys: named, reason, ...change }: CollectionTagMany,
  author: Author,
): Promise<CollectionsTagged> {
  const keys = named.filter((key) => reachesKey(author.keys, key));
  return db.transaction(async (tx) => {
    const locked = await lockExisting(tx, keys);
    const rows = await tx.execute<{ key: string; tags: string[] | null }>(sql`
      select c.key, b.tags from artifact_collection c left join collection_about b on b.key = c.key
      where c.key = any(${texts(locked)}) and c.live > 0 order by c.key`);
    const changed = rows.flatMap(({ key, tags }) => {
      const tagged = changeTags(tags ?? [], change, `Key "${key}"`);
      return tagged ? [{ key, ...tagged }] : [];
    });
    await tx.execute(sql`
      with changed as (
        select key, tags as tags_after, previous,
          case when tags <> '[]' then array(select jsonb_array_elements_text(tags)) end as tags
        from json_to_recordset(${JSON.stringify(changed)}::json) as changed (key text, tags jsonb, previous jsonb)),
      stored as (
        insert into collection_about as b (key, tags, updated, updated_by)
        select key, tags, clock_timestamp(), ${author.actor.id}::uuid from changed
        on conflict (key) do update set tags = excluded.tags, updated_by = excluded.updated_by,
          updated = greatest(excluded.updated, b.updated + interval '1 microsecond'))
      select event_record(${authorColumns(author, reason)}::jsonb, 'collection.update', key, null, null,
        jsonb_build_object('tags', previous), jsonb_build_object('tags', tags_after)) from changed`);
    const found = new Set(rows.map(({ key }) => key));
    return { changed, missing: named.filter((key) => !found.has(key)) };
  });
}
