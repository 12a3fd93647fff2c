import { and, type Column, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import type { Artifact, ArtifactRemoved, ArtifactsRemoved, ArtifactsRestored } from "#contract/artifact";
import type { CollectionRemoved, CollectionsRemoved } from "#contract/collection";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import type { Page } from "#contract/paging";
import type { TrashCount, TrashedArtifact, TrashList, TrashPage, TrashWhere } from "#contract/trash";
import { type DriverRow, statement } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifactTrash } from "#db/schema";
import { type Author, authorColumns } from "./author";
import { boundedCount } from "./query/count";
import { type Order, orderBy, readPage } from "./query/page";
import { keyLike } from "./query/version-filter";
import { uuids } from "./query/where";
import { reachable } from "./reach";
import { noVersionsError } from "./rename";
import { listOf, notFoundError, toVersion, versionColumns } from "./version";
import { withReached } from "./within-reach";

interface Reasoned {
  reason?: string | null | undefined;
}

interface Removal extends Reasoned {
  /** The labels that may be lost. */
  force?: string[] | undefined;
}

interface Changes extends Reasoned {
  ids: string[];
}

/** Moves one version to the trash; the next older one becomes the latest of its key. NOT_FOUND. */
export async function remove(
  db: Database,
  { id, ...how }: Removal & { id: string },
  author: Author,
): Promise<ArtifactRemoved> {
  const { removed } = await removeMany(db, { ids: [id], ...how }, author);
  if (!removed[0]) throw await notFoundError(db, { id });
  return removed[0];
}

/** Moves versions to the trash as one removal; ids that were not found or reached are returned as `missing`. */
export async function removeMany(
  db: Database,
  { ids, ...how }: Removal & { ids: string[] },
  author: Author,
): Promise<ArtifactsRemoved> {
  const { removal, rows } = await withReached(db, ids, author.keys, (db, reached) =>
    moveToTrash(db, { ids: makePgArray(reached), keys: null }, how, author),
  );
  const removed = rows.map(removedOf);
  return { removal, removed, missing: without(ids, removed) };
}

/** Moves every version of a key to the trash, as one removal. NOT_FOUND where it has none. */
export async function removeKey(
  db: Database,
  { key, ...how }: Removal & { key: string },
  author: Author,
): Promise<CollectionRemoved> {
  const { removal, versions } = await removeKeys(db, { keys: [key], ...how }, author);
  if (versions === 0) throw await noVersionsError(db, key, author);
  return { removal, versions };
}

/** Moves every version of several keys to the trash, as one removal; keys without versions are returned as `missing`. */
export async function removeKeys(
  db: Database,
  { keys, ...how }: Removal & { keys: string[] },
  author: Author,
): Promise<CollectionsRemoved> {
  const reached = keys.filter((key) => reachesKey(author.keys, key));
  const { removal, rows } = await moveToTrash(db, { ids: null, keys: makePgArray(reached) }, how, author);
  const found = new Set(rows.map(({ key }) => key));
  return { removal, versions: rows.length, missing: keys.filter((key) => !found.has(key)) };
}

async function moveToTrash(
  db: Database,
  which: { ids: string | null; keys: string | null },
  { force = [], reason }: Removal,
  author: Author,
) {
  const rows = await removeAll(db, { ...which, author: authorColumns(author, reason), force: makePgArray(force) });
  return { removal: String(rows[0]?.removal), rows: rows.filter(({ id }) => id !== null) };
}

/** A removal without versions is one row without an id. */
const removeAll = statement(
  ["ids", "keys", "author", "force"],
  ({ ids, keys, author, force }) => sql`
    select removal, removed.id, key, version, latest
    from (select id_at(clock_timestamp(), gen_random_uuid()) as removal offset 0) generated
      left join artifact_remove(${ids}::uuid[], ${keys}::text[], removal, ${author}::jsonb, ${force}::text[])
        removed on true`,
);

function removedOf(row: DriverRow): ArtifactRemoved {
  const numberOf = (value: unknown) => (value === null ? null : Number(value));
  const { id, key, version, latest } = row;
  return {
    id: String(id),
    key: key === null ? null : String(key),
    version: numberOf(version),
    latest: numberOf(latest),
  };
}

/** Restores versions with their id, number and timestamps; ids that are not in the trash are returned as `missing`. */
export async function restoreMany(db: Database, { ids, reason }: Changes, author: Author): Promise<ArtifactsRestored> {
  const by = authorColumns(author, reason);
  const restored = await withReached(db, ids, author.keys, (db, reached) =>
    restoreRows(db, sql`artifact_restore(${uuids(reached)}, null, ${by}::jsonb)`),
  );
  return { restored, missing: without(ids, restored) };
}

/** Restores one version; it becomes the latest of its key only if its number is the greatest. NOT_FOUND. */
export async function restore(
  db: Database,
  { id, reason }: Reasoned & { id: string },
  author: Author,
): Promise<Artifact> {
  const { restored } = await restoreMany(db, { ids: [id], reason }, author);
  if (!restored[0]) throw new VitrineError("NOT_FOUND", "The trash has no such artifact.");
  return restored[0];
}

/** Restores everything that is left of a removal, and that the author reaches. NOT_FOUND where nothing is. */
export async function restoreRemoval(
  db: Database,
  { removal, reason }: Reasoned & { removal: string },
  author: Author,
): Promise<{ versions: number }> {
  const by = authorColumns(author, reason);
  const restored =
    author.keys == null
      ? await restoreRows(db, sql`artifact_restore(null, ${removal}::uuid, ${by}::jsonb)`)
      : await withReached(db, await reachedOf(db, removal, author.keys), author.keys, (db, reached) =>
          restoreRows(db, sql`artifact_restore(${uuids(reached)}, null, ${by}::jsonb)`),
        );
  if (restored.length === 0) throw new VitrineError("NOT_FOUND", "The trash has nothing of this removal.");
  return { versions: restored.length };
}

async function reachedOf(db: Database, removal: string, keys: string): Promise<string[]> {
  const rows = await reachable(db, keys)
    .select({ id: artifactTrash.id })
    .from(artifactTrash)
    .where(eq(artifactTrash.removal, removal));
  return rows.map(({ id }) => id);
}

async function restoreRows(db: Database, call: SQL): Promise<Artifact[]> {
  return (await db.execute(sql`select ${versionColumns()} from ${call}`)).map(toVersion);
}

function without(ids: string[], rows: { id: string }[]): string[] {
  const found = new Set(rows.map((row) => row.id));
  return ids.filter((id) => !found.has(id));
}

const {
  createdBy,
  updatedBy,
  reason,
  createdXid,
  createdService,
  createdRequest,
  createdRun,
  createdVersions,
  removedBy,
  labels,
  ...columns
} = getTableColumns(artifactTrash);

/** The columns of a version in the trash that the API returns: one too many or too few is a type error. */
const trashFields = columns satisfies Record<keyof Omit<TrashedArtifact, "data" | "preview" | "labels">, Column> &
  Record<Exclude<keyof typeof columns, keyof TrashedArtifact>, never>;

const selectedFields = { ...trashFields, tags: listOf(artifactTrash.tags) };

const newestFirst: Order<TrashedArtifact> = {
  value: artifactTrash.removed,
  type: "timestamptz",
  id: artifactTrash.id,
  descending: true,
  of: (row) => row.removed,
};

function matching(where: TrashWhere | undefined): SQL | undefined {
  return and(
    where?.key == null ? undefined : eq(artifactTrash.key, where.key),
    keyLike(artifactTrash.key, { contains: where?.keyContains }),
  );
}

/** The versions in the trash, the last deleted first, by limit and offset. */
export async function list(db: Database, { where, limit, offset }: TrashList): Promise<TrashedArtifact[]> {
  const rows = db.select(selectedFields).from(artifactTrash).where(matching(where)).orderBy(orderBy(newestFirst));
  return rows.limit(limit).offset(offset);
}

/** The versions in the trash, the last deleted first, a page at a time. BAD_REQUEST for a cursor of another query. */
export async function page(db: Database, input: TrashPage): Promise<Page<TrashedArtifact>> {
  return readPage(input, newestFirst, ["trash", input.where ?? {}], (from, by, limit) =>
    db
      .select(selectedFields)
      .from(artifactTrash)
      .where(and(matching(input.where), from))
      .orderBy(by)
      .limit(limit),
  );
}

/** How many versions are in the trash; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: TrashCount): Promise<number> {
  const rows = db.select({ id: artifactTrash.id }).from(artifactTrash).where(matching(where));
  return boundedCount(db, rows.$dynamic(), atMost);
}
