import { and, eq, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Artifact, ArtifactRemoved, ArtifactsRemoved, ArtifactsRestored } from "#contract/artifact";
import { StoreError } from "#contract/error";
import type { Page } from "#contract/query";
import type { TrashCount, TrashedArtifact, TrashList, TrashPage, TrashWhere } from "#contract/trash";
import type { Database } from "#db/postgres";
import { artifact, artifactTrash } from "#db/schema";
import { boundedCount } from "./count";
import { lockKeys } from "./lock";
import { type Order, orderBy, walked } from "./page";
import { gone, versionColumns, versionOf } from "./version";
import { uuids } from "./where";

/** Moves one version to the trash; the next older one becomes the latest of its key. NOT_FOUND when it does not live. */
export async function remove(db: Database, id: string): Promise<ArtifactRemoved> {
  const { removed } = await removeMany(db, [id]);
  if (!removed[0]) throw await gone(db, { id });
  return removed[0];
}

/** Moves versions to the trash as one removal; ids that do not live are listed as missing. */
export async function removeMany(db: Database, ids: string[]): Promise<ArtifactsRemoved> {
  return db.transaction(async (tx) => {
    const found = await tx
      .select({ id: artifact.id, key: artifact.key })
      .from(artifact)
      .where(sql`id = any(${uuids(ids)})`);
    const removal = uuid();
    const removed = await moveToTrash(tx, await locked(tx, found), removal);
    return { removal, removed, missing: without(ids, removed) };
  });
}

/** Locks the keys of versions that were found; only these may be moved, as one that comes up since has no lock. */
async function locked(tx: Database, found: { id: string; key: string | null }[]): Promise<SQL> {
  await lockKeys(
    tx,
    found.map(({ key }) => key),
  );
  return sql`id = any(${uuids(found.map(({ id }) => id))})`;
}

/** Brings versions back from the trash under their id, number and moment; ids that are not there are listed as missing. */
export async function restoreMany(db: Database, ids: string[]): Promise<ArtifactsRestored> {
  const restored = await restoreWhere(db, sql`id = any(${uuids(ids)})`);
  return { restored, missing: without(ids, restored) };
}

/** Brings one version back; it becomes the latest only if no greater number lives. NOT_FOUND when not in the trash. */
export async function restore(db: Database, id: string): Promise<Artifact> {
  const [row] = await restoreWhere(db, sql`id = ${id}::uuid`);
  if (!row) throw new StoreError("NOT_FOUND", "There is no such artifact in the trash.");
  return row;
}

/** Undoes a removal whole. NOT_FOUND when nothing of it is in the trash. */
export async function restoreRemoval(db: Database, removal: string): Promise<{ versions: number }> {
  const restored = await restoreWhere(db, sql`removal = ${removal}::uuid`);
  if (restored.length === 0) throw new StoreError("NOT_FOUND", "Nothing of this removal is in the trash.");
  return { versions: restored.length };
}

function without(ids: string[], rows: { id: string }[]): string[] {
  const found = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !found.has(id));
}

/** Moves the living versions that match, under locks already held, and points their keys at what lives now. */
export async function moveToTrash(tx: Database, which: SQL, removal: string): Promise<ArtifactRemoved[]> {
  const raw = await tx.execute(sql`
    with going as (delete from artifact where id in (select id from artifact where ${which} order by id for update)
      returning ${versionColumns})
    insert into artifact_trash (${versionColumns}, removed, removal)
    select ${versionColumns}, clock_timestamp(), ${removal}::uuid from going returning *`);
  const removed = raw.map(versionOf);
  const latest = await point(tx, removed, sql`-`);
  return removed.map(({ id, key, version }) => ({ id, key, version, latest: latest.get(key) ?? null }));
}

async function restoreWhere(db: Database, which: SQL): Promise<Artifact[]> {
  return db.transaction(async (tx) => {
    const found = await tx.select({ id: artifactTrash.id, key: artifactTrash.key }).from(artifactTrash).where(which);
    const among = await locked(tx, found);
    const raw = await tx.execute(sql`
      with coming as (delete from artifact_trash where id in (select id from artifact_trash where ${among} order by id for update)
        returning ${versionColumns})
      insert into artifact (${versionColumns}) select ${versionColumns} from coming returning *`);
    const restored = raw.map(versionOf);
    await point(tx, restored, sql`+`);
    return restored;
  });
}

/** Points each moved version's key at its greatest living number, in a new statement after the move. */
async function point(tx: Database, moved: Artifact[], sign: SQL): Promise<Map<string | null, number>> {
  const keys = moved.map(({ key }) => key).filter((key) => key !== null);
  if (keys.length === 0) return new Map();
  const rows = await tx.execute(sql`
    update artifact_collection c set live = c.live ${sign} moved.n,
      (latest_id, created, updated, type, flow_run_id, task_run_id) =
        (select a.id, a.created, a.updated, a.type, a.flow_run_id, a.task_run_id
         from artifact a where a.key = c.key order by a.version desc limit 1)
    from (select key, count(*) as n from json_array_elements_text(${JSON.stringify(keys)}::json) key group by key) moved
    where c.key = moved.key
    returning c.key, (select version from artifact a where a.id = c.latest_id) as version`);
  return new Map(rows.filter((row) => row.version !== null).map((row) => [String(row.key), Number(row.version)]));
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
