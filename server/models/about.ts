import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { About, CollectionUpdate } from "#contract/about";
import { VitrineError } from "#contract/error";
import type { Database } from "#db/postgres";
import { collectionAbout, timestampText } from "#db/schema";
import { type Author, authorColumns } from "./author";
import { lockExisting } from "./lock-keys";
import { texts } from "./query/where";
import { recordset } from "./recordset";
import { storedTags } from "./tag";

/** The facts of a key as JSON; null where it has none. `key` is an expression. */
function aboutOf(key: SQL): SQL {
  // The timestamp is text as in other rows.
  return sql`(
    select json_build_object('title', b.title, 'description', b.description, 'owner', b.owner,
      'links', coalesce(b.links, '[]'), 'tags', coalesce(b.tags, '{}'), 'updated', b.updated::text)
    from collection_about b where b.key = ${key})`;
}

/** The same for lists: a database where no key has facts, which is found out once, does not look for those of each row. */
export function aboutWhereAny(key: SQL): SQL {
  return sql`case when exists (select from collection_about) then ${aboutOf(key)} end`;
}

/** The facts that `aboutOf` selects. */
export function toAbout(json: unknown): About | null {
  if (typeof json !== "string") return null;
  const about: About = JSON.parse(json);
  return { ...about, updated: timestampText(about.updated) };
}

/** The facts of a key; null where it has none, and for an unknown key. */
export async function readAbout(db: Database, key: string): Promise<About | null> {
  const [row] = await db.execute(sql`select ${aboutOf(sql`${key}`)} as about`);
  return toAbout(row?.about);
}

const FIELDS = ["title", "description", "owner", "links", "tags"] as const;

/**
 * Changes the facts of a key under its lock: absent keeps, null clears.
 * @throws VitrineError NOT_FOUND for a key without versions; CONFLICT with `current` where they were updated since `ifUpdated`
 */
export async function updateAbout(
  db: Database,
  { key, ifUpdated, reason, ...input }: z.output<typeof CollectionUpdate>,
  author: Author,
): Promise<About> {
  return db.transaction(async (tx) => {
    const locked = await lockExisting(tx, [key]);
    const [state] = await tx.execute<{ about: string | null; stale: boolean }>(sql`
      select ${aboutOf(sql`c.key`)} as about,
        (select updated from collection_about b where b.key = c.key) is distinct from ${ifUpdated ?? null}::timestamptz as stale
      from artifact_collection c where c.key = any(${texts(locked)}) and c.live > 0`);
    if (!state) throw new VitrineError("NOT_FOUND", `Key "${key}" has no versions.`, { key });
    const current = toAbout(state.about);
    if (ifUpdated !== undefined && state.stale) {
      const message = `The facts of "${key}" were changed since you loaded them: reload them and save again.`;
      throw new VitrineError("CONFLICT", message, { key, current });
    }
    const next = { ...withoutUpdated(current), ...fieldsOf(input) };
    const changed = FIELDS.filter(
      (field) => JSON.stringify(next[field]) !== JSON.stringify(withoutUpdated(current)[field]),
    );
    if (current && changed.length === 0) return current;
    const row = { ...next, links: next.links.length > 0 ? next.links : null, tags: storedTags(next.tags) };
    await tx.execute(sql`
      insert into collection_about as b (key, title, description, owner, links, tags, updated, updated_by)
      select ${key}, title, description, owner, links, tags, clock_timestamp(), ${author.actor.id}::uuid
      from ${recordset(collectionAbout, [row])} as row
      on conflict (key) do update set title = excluded.title, description = excluded.description, owner = excluded.owner,
        links = excluded.links, tags = excluded.tags, updated_by = excluded.updated_by,
        updated = greatest(excluded.updated, b.updated + interval '1 microsecond')`);
    if (changed.length > 0) {
      const fields = (of: Facts) => JSON.stringify(Object.fromEntries(changed.map((field) => [field, of[field]])));
      await tx.execute(sql`
        select event_record(${authorColumns(author, reason)}::jsonb, 'collection.update', ${key}, null, null,
          ${fields(withoutUpdated(current))}::jsonb, ${fields(next)}::jsonb)`);
    }
    const stored = await readAbout(tx, key);
    if (!stored) throw new Error("the facts of a key are stored");
    return stored;
  });
}

type Facts = Omit<About, "updated">;

const NONE: Facts = { title: null, description: null, owner: null, links: [], tags: [] };

function withoutUpdated(about: About | null): Facts {
  if (!about) return NONE;
  const { updated, ...facts } = about;
  return facts;
}

/** The fields of an input that are not absent, as they are returned. */
function fieldsOf({ links, tags, ...texts }: Omit<z.output<typeof CollectionUpdate>, "key" | "ifUpdated" | "reason">) {
  const present = Object.entries(texts).filter(([, text]) => text !== undefined);
  return {
    ...Object.fromEntries(present),
    ...(links !== undefined && { links: (links ?? []).map(({ url, text = null }) => ({ url, text })) }),
    ...(tags !== undefined && { tags: storedTags(tags) ?? [] }),
  };
}
