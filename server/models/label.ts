import { eq, sql } from "drizzle-orm";
import { protectedError, VitrineError } from "#contract/error";
import {
  type CollectionLabel,
  type LabelChange,
  type LabelOfKey,
  MAX_LABELS,
  type ProtectLabels,
} from "#contract/label";
import type { Database } from "#db/postgres";
import { label, protectedLabel } from "#db/schema";
import { type Author, authorColumns } from "./author";
import { recordEvent } from "./event";
import { lockExisting } from "./lock-keys";
import { texts } from "./query/where";
import { noVersionsError } from "./rename";
import { notFoundError } from "./version";

/**
 * Sets or removes a label under the lock of its key; what it names already changes nothing.
 * @throws VitrineError NOT_FOUND for a key or version that does not exist; CONFLICT with `current` where it names another
 * version than `ifVersion`, and for more than 100 labels; FORBIDDEN for a protected label without the role admin
 */
export async function setLabel(
  db: Database,
  { key, label: name, version, ifVersion, reason }: CollectionLabel,
  author: Author,
): Promise<LabelChange> {
  return db.transaction(async (tx) => {
    const [locked] = await lockExisting(tx, [key]);
    if (locked === undefined) throw await noVersionsError(tx, key, author);
    const [state] = await tx.execute<{
      previous: string | null;
      id: string | null;
      found: boolean;
      count: string;
      isProtected: boolean;
    }>(sql`
      select (select l.version from label l where l.key = k and l.name = ${name}) as previous,
        (select a.id from artifact a where a.key = k and a.version = ${version}::bigint) as id,
        exists (select from artifact_collection c where c.key = k and c.live > 0) as found,
        (select count(*) from label l where l.key = k) as count,
        exists (select from protected_label p where p.name = ${name}) as "isProtected"
      from (select ${key}::text collate "C" as k) named`);
    if (!state?.found) throw await noVersionsError(tx, key, author);
    const previous = state.previous === null ? null : Number(state.previous);
    if (ifVersion !== undefined && ifVersion !== previous) {
      const named = previous === null ? "is not set" : `names v${previous}`;
      throw new VitrineError("CONFLICT", `The label "${name}" of "${key}" ${named}: it was changed meanwhile.`, {
        current: { key, label: name, version: previous },
      });
    }
    if (state.isProtected && !author.isAdmin) throw protectedError(name);
    if (version !== null && state.id === null) throw await notFoundError(tx, { key, version });
    if (version !== null && previous === null && Number(state.count) >= MAX_LABELS) {
      const message = `Key "${key}" has ${MAX_LABELS} labels already, the most that a key can have.`;
      throw new VitrineError("CONFLICT", message, { key, field: "label" });
    }
    const change = { key, label: name, version, previous };
    if (version === previous) return change;
    if (version === null) await tx.execute(sql`delete from label where key = ${key} and name = ${name}`);
    else {
      await tx.execute(sql`
        insert into label (key, name, artifact_id, version, updated)
        values (${key}, ${name}, ${state.id}::uuid, ${version}, clock_timestamp())
        on conflict (key, name) do update set artifact_id = excluded.artifact_id, version = excluded.version,
          updated = greatest(excluded.updated, label.updated + interval '1 microsecond')`);
    }
    const fields = (of: number | null) => JSON.stringify({ label: name, version: of });
    await tx.execute(sql`
      select event_record(${authorColumns(author, reason)}::jsonb, 'collection.label', ${key}, ${state.id}::uuid,
        ${version ?? previous}::bigint, ${fields(previous)}::jsonb, ${fields(version)}::jsonb)`);
    return change;
  });
}

/** The labels of a key, by name. */
export async function labelsOf(db: Database, key: string): Promise<LabelOfKey[]> {
  const rows = await db
    .select({ row: label, isProtected: protectedLabel.name })
    .from(label)
    .leftJoin(protectedLabel, eq(protectedLabel.name, label.name))
    .where(eq(label.key, key))
    .orderBy(label.name);
  return rows.map(({ row: { name, artifactId: id, ...row }, isProtected }) => ({
    ...row,
    id,
    label: name,
    protected: isProtected !== null,
  }));
}

/** The protected labels, by name. */
export async function protectedLabels(db: Database): Promise<string[]> {
  const rows = await db.select().from(protectedLabel).orderBy(protectedLabel.name);
  return rows.map(({ name }) => name);
}

/** Replaces the protected labels. Returns them, by name. */
export async function protectLabels(
  db: Database,
  { labels, reason }: ProtectLabels,
  author: Author,
): Promise<string[]> {
  const names = [...new Set(labels)].sort();
  return db.transaction(async (tx) => {
    // Two lists at once would otherwise become their union.
    await tx.execute(sql`lock table protected_label in share row exclusive mode`);
    const before = await protectedLabels(tx);
    await tx.execute(sql`delete from protected_label where name <> all(${texts(names)})`);
    await tx.execute(sql`insert into protected_label select unnest(${texts(names)}) on conflict do nothing`);
    const change = { before: { labels: before }, after: { labels: names } };
    await recordEvent(tx, author, { verb: "admin.protectLabels", ...change, ...(reason && { reason }) });
    return names;
  });
}
