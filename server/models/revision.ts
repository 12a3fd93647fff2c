import { and, desc, eq, getTableColumns, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Artifact } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { RawJson } from "#contract/raw-json";
import type {
  ArtifactRevert,
  ArtifactRevisionRead,
  ArtifactRevisions,
  Revision,
  RevisionDetail,
} from "#contract/revision";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { actor, artifact, artifactData, artifactRevision } from "#db/schema";
import { change, staleError } from "./artifact";
import { type Author, authorColumns } from "./author";
import { blobIn, loadBlob, STORED_DATA } from "./data/load";
import { measure } from "./measure";
import { byColumn } from "./recordset";
import { withData } from "./store-data";
import { storedTags } from "./tag";
import { listOf, notFoundError, toVersion } from "./version";
import { withReachedVersion } from "./within-reach";

const { artifactId, actorId, dataId, changed, ...fields } = getTableColumns(artifactRevision);

const columns = {
  ...fields,
  tags: listOf(fields.tags),
  // As JSON, which needs no reader of PostgreSQL's arrays.
  changed: sql<string>`to_json(${changed})`,
  actor: { id: actor.id, kind: actor.kind, name: actor.name },
};

function select(db: Database, which: SQL | undefined) {
  return db
    .select(columns)
    .from(artifactRevision)
    .leftJoin(actor, eq(actor.id, actorId))
    .where(which)
    .orderBy(desc(artifactRevision.revision));
}

function toRevision({ changed, ...row }: Awaited<ReturnType<typeof select>>[number]): Revision {
  return { ...row, changed: JSON.parse(changed) };
}

/** The revisions of a version, the newest first. NOT_FOUND for a version that does not exist. */
export async function revisions(db: Database, { id, limit, before }: ArtifactRevisions): Promise<Revision[]> {
  const from = before == null ? undefined : lt(artifactRevision.revision, before);
  const rows = await select(db, and(eq(artifactId, id), from)).limit(limit);
  if (rows.length === 0) await expectVersion(db, id);
  return rows.map(toRevision);
}

async function expectVersion(db: Database, id: string): Promise<void> {
  const [found] = await db.select({ id: artifact.id }).from(artifact).where(eq(artifact.id, id));
  if (!found) throw await notFoundError(db, { id });
}

/**
 * One revision with its data. NOT_FOUND where the version or the revision does not exist.
 * @param known what need not be loaded again
 */
export async function revision(
  db: Database,
  input: ArtifactRevisionRead,
  known: LoadedBlob | null = null,
): Promise<RevisionDetail<RawJson>> {
  const [row] = await select(db, and(eq(artifactId, input.id), eq(artifactRevision.revision, input.revision)));
  const stored = row && (await storedOf(db, input));
  if (!row || stored === undefined) {
    await expectVersion(db, input.id);
    throw new VitrineError("NOT_FOUND", `The version has no revision ${input.revision}.`, { field: "revision" });
  }
  const sha256 = blobIn(stored);
  if (sha256 === null) return { ...toRevision(row), data: RawJson.fromText(stored) };
  const { data } = known?.sha256 === sha256 ? known : await loadVerified(db, input.id, sha256);
  return { ...toRevision(row), data };
}

/** Data that is a blob, which was compared with its hash. */
interface LoadedBlob {
  sha256: string;
  data: RawJson;
}

async function loadVerified(db: Database, id: string, sha256: string): Promise<LoadedBlob> {
  return { sha256, data: await loadBlob(db, sha256, { id, isVerified: true }) };
}

/**
 * `STORED_DATA` of what a version had before a change: that of the first change since which changed it, or its own; undefined for a
 * version that does not exist.
 */
async function storedOf(db: Database, { id, revision }: ArtifactRevisionRead): Promise<string | undefined> {
  const replaced = sql`(
    select r.data_id from ${artifactRevision} r
    where r.artifact_id = ${id}::uuid and r.revision >= ${revision} and r.data_id is not null
    order by r.revision limit 1)`;
  const [row] = await db.execute<{ data: string }>(sql`
    select ${STORED_DATA} as data from ${artifact} a
      join ${artifactData} d on d.artifact_id = coalesce(${replaced}, a.id)
    where a.id = ${id}::uuid ${LARGE_VALUES}`);
  return row?.data;
}

/** How often a revert starts again while others change the version. */
const ATTEMPTS = 5;

/**
 * Gives a version the fields that it had before a change, as one more change.
 * @param keep how many revisions of a version are kept
 * @throws VitrineError NOT_FOUND; CONFLICT with the current row where it was updated since `ifUpdated`, or all the time
 */
export async function revert(
  db: Database,
  input: z.output<typeof ArtifactRevert>,
  author: Author,
  keep: number,
): Promise<Artifact> {
  const { id, revision } = input;
  // No lock is held while the blob store is read.
  const stored = await withReachedVersion(db, id, author.keys, (db) => storedOf(db, { id, revision }));
  const sha256 = stored === undefined ? null : blobIn(stored);
  const known = sha256 === null ? null : await loadVerified(db, id, sha256);
  return withReachedVersion(db, id, author.keys, (db) => revertReached(db, input, author, keep, known));
}

async function revertReached(
  db: Database,
  { id, revision: number, ifUpdated, reason }: z.output<typeof ArtifactRevert>,
  author: Author,
  keep: number,
  known: LoadedBlob | null,
): Promise<Artifact> {
  const by = authorColumns(author, reason);
  for (let attempt = 1; ; attempt++) {
    const [current] = await db
      .select({ type: artifact.type, updated: artifact.updated })
      .from(artifact)
      .where(eq(artifact.id, id));
    if (!current) throw await notFoundError(db, { id });
    const { data, ...old } = await revision(db, { id, revision: number }, known);
    const { preview, ...measured } = await measure(current.type, data);
    const fields = byColumn(artifact, {
      description: old.description,
      metadata: old.metadata,
      tags: storedTags(old.tags),
      ...measured,
    });
    // What the revision has as a blob is stored.
    const [row] = await withData(db, data, measured.sha256, (db, stored) => {
      const changes = JSON.stringify({ ...fields, preview, revert_to: number, data_blob: stored.blob ?? undefined });
      return change(db, { id, ifUpdated: ifUpdated ?? current.updated, changes, author: by, keep, ...stored });
    });
    if (!row) throw await notFoundError(db, { id });
    if (!row.stale) return toVersion(row);
    if (ifUpdated !== undefined || attempt === ATTEMPTS) throw staleError(toVersion(row));
  }
}
