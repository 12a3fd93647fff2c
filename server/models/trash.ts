import { and, eq, type SQL, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import { v7 as uuid } from "uuid";
import type { Artifact, ArtifactRemoved, ArtifactsRemoved, ArtifactsRestored } from "#contract/artifact";
import type { CollectionRemoved, CollectionsRemoved } from "#contract/collection";
import { VitrineError } from "#contract/error";
import type { Page } from "#contract/query";
import type { TrashCount, TrashedArtifact, TrashList, TrashPage, TrashWhere } from "#contract/trash";
import { type DriverRow, statement } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifactTrash } from "#db/schema";
import { boundedCount } from "./query/count";
import { type Order, orderBy, walked } from "./query/page";
import { uuids } from "./query/where";
import { gone, versionOf } from "./version";

/** Moves one version to the trash; the next older one becomes the latest of its key. NOT_FOUND when it does not live. */
export async function remove(db: Database, id: string): Promise<ArtifactRemoved> {
  const { removed } = await removeMany(db, [id]);
  if (!removed[0]) throw await gone(db, { id });
  return removed[0];
}

/** Moves versions to the trash as one removal; ids that do not live are listed as missing. */
export async function removeMany(db: Database, ids: string[]): Promise<ArtifactsRemoved> {
  const removal = uuid();
  const removed = (await bury(db, { ids: makePgArray(ids), removal })).map(removedOf);
  return { removal, removed, missing: without(ids, removed) };
}

/** Moves every version of a key to the trash, as one removal. NOT_FOUND when none lives. */
export async function removeKey(db: Database, key: string): Promise<CollectionRemoved> {
  const { removal, versions } = await removeKeys(db, [key]);
  if (versions === 0) throw new VitrineError("NOT_FOUND", `No version of "${key}" lives.`, { key });
  return { removal, versions };
}

/** Moves every version of several keys to the trash, as one removal; keys of which none lives are listed as missing. */
export async function removeKeys(db: Database, keys: string[]): Promise<CollectionsRemoved> {
  const removal = uuid();
  const removed = await buryKeys(db, { keys: makePgArray(keys), removal });
  const found = new Set(removed.map(({ key }) => key));
  return { removal, versions: removed.length, missing: keys.filter((key) => !found.has(key)) };
}

const bury = statement(
  ["ids", "removal"],
  ({ ids, removal }) => sql`select * from artifact_remove(${ids}::uuid[], ${removal}::uuid)`,
);

const buryKeys = statement(
  ["keys", "removal"],
  ({ keys, removal }) => sql`select key from artifact_remove_keys(${keys}::text[], ${removal}::uuid)`,
);

function removedOf(raw: DriverRow): ArtifactRemoved {
  const numberOf = (value: unknown) => (value === null ? null : Number(value));
  const { id, key, version, latest } = raw;
  return {
    id: String(id),
    key: key === null ? null : String(key),
    version: numberOf(version),
    latest: numberOf(latest),
  };
}

/** Brings versions back from the trash under their id, number and moment; ids that are not there are listed as missing. */
export async function restoreMany(db: Database, ids: string[]): Promise<ArtifactsRestored> {
  const restored = await brought(db, sql`artifact_restore(${uuids(ids)}, null)`);
  return { restored, missing: without(ids, restored) };
}

/** Brings one version back; it becomes the latest only if no greater number lives. NOT_FOUND when not in the trash. */
export async function restore(db: Database, id: string): Promise<Artifact> {
  const { restored } = await restoreMany(db, [id]);
  if (!restored[0]) throw new VitrineError("NOT_FOUND", "There is no such artifact in the trash.");
  return restored[0];
}

/** Undoes a removal whole. NOT_FOUND when nothing of it is in the trash. */
export async function restoreRemoval(db: Database, removal: string): Promise<{ versions: number }> {
  const restored = await brought(db, sql`artifact_restore(null, ${removal}::uuid)`);
  if (restored.length === 0) throw new VitrineError("NOT_FOUND", "Nothing of this removal is in the trash.");
  return { versions: restored.length };
}

async function brought(db: Database, call: SQL): Promise<Artifact[]> {
  return (await db.execute(sql`select * from ${call}`)).map(versionOf);
}

function without(ids: string[], rows: { id: string }[]): string[] {
  const found = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !found.has(id));
}

const newestFirst: Order<TrashedArtifact> = {
  value: artifactTrash.removed,
  type: "timestamptz",
  id: artifactTrash.id,
  descending: true,
  of: (row) => row.removed,
};

function matching(where: TrashWhere | undefined): SQL | undefined {
  return where?.key == null ? undefined : eq(artifactTrash.key, where.key);
}

/** The removed versions, the last removed first, by limit and offset. */
export async function list(db: Database, { where, limit, offset }: TrashList): Promise<TrashedArtifact[]> {
  const rows = db.select().from(artifactTrash).where(matching(where)).orderBy(orderBy(newestFirst));
  return rows.limit(limit).offset(offset);
}

/** The removed versions, the last removed first, a page at a time. BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: TrashPage): Promise<Page<TrashedArtifact>> {
  return walked(input, newestFirst, ["trash", input.where ?? {}], (from, by, limit) =>
    db
      .select()
      .from(artifactTrash)
      .where(and(matching(input.where), from))
      .orderBy(by)
      .limit(limit),
  );
}

/** How many removed versions there are; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: TrashCount): Promise<number> {
  const rows = db.select({ id: artifactTrash.id }).from(artifactTrash).where(matching(where));
  return boundedCount(db, rows.$dynamic(), atMost);
}
