import { and, eq, type SQL, sql } from "drizzle-orm";
import type { ArtifactCreated, ArtifactMakeLatest } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { artifact } from "#db/schema";
import { type Author, authorColumns } from "./author";
import { insertEvents } from "./event";
import { claim, completeClaims, hashOf } from "./idempotency";
import { lockKeys } from "./lock-keys";
import { COLUMN_NAMES, CREATED, nextIdAndTimes, selected } from "./publish";
import { isSameContent, storedHash } from "./same-content";
import { creationFields, existing, notFoundError, rowsOf, toVersion, versionColumns } from "./version";

/**
 * Publishes a copy of a version, without its runs, as the next version of its key; where the latest version has the same
 * content, it is returned instead.
 * @throws VitrineError NOT_FOUND; BAD_REQUEST for an artifact without a key; CONFLICT where the idempotency key was used with
 * another request
 */
export async function makeLatest(db: Database, input: ArtifactMakeLatest, author: Author): Promise<ArtifactCreated> {
  const { idempotencyKey: key, reason, ...which } = input;
  const hash = key === undefined ? "" : await hashOf({ makeLatest: which, reason }, RawJson.null);
  return db.transaction(async (tx) => {
    const [claimed] = await claim(tx, [{ key, hash }]);
    if (claimed?.id !== undefined) {
      return existing(tx, { id: claimed.id, unchanged: claimed.unchanged }, await rowsOf(tx, [claimed.id]), author);
    }
    const row = await copy(tx, which, author, reason);
    await completeClaims(tx, new Map(key === undefined ? [] : [[key, row]]));
    return row;
  });
}

type Which = { id: string } | { key: string; version: number };

async function copy(
  tx: Database,
  which: Which,
  author: Author,
  reason: string | null | undefined,
): Promise<ArtifactCreated> {
  const named =
    "id" in which ? eq(artifact.id, which.id) : and(eq(artifact.key, which.key), eq(artifact.version, which.version));
  const [found] = await tx.select({ id: artifact.id, key: artifact.key }).from(artifact).where(named);
  // A key that is renamed before it is locked is checked again.
  if (!found || !reachesKey(author.keys, found.key)) throw await notFoundError(tx, which);
  if (found.key === null) {
    throw new VitrineError("BAD_REQUEST", `Artifact ${found.id} has no key, and so no latest version.`, {
      field: "id",
    });
  }
  await tx.execute(sql`savepoint before_lock`);
  await lockKeys(tx, [found.key]);
  const [latest] = await tx.execute(sql`
    select ${versionColumns("latest.")}, ${isSameContent(sql`source`, sql`latest`)} as same
    from artifact source join artifact_collection c on c.key = source.key join artifact latest on latest.id = c.latest_id
    where source.id = ${found.id}::uuid and source.key = ${found.key}`);
  if (!latest) {
    const [renamed] = await tx.select({ id: artifact.id }).from(artifact).where(eq(artifact.id, found.id));
    if (renamed) {
      // Keys are locked in order: this one may be behind the next.
      await tx.execute(sql`rollback to savepoint before_lock`);
      return copy(tx, renamed, author, reason);
    }
    throw await notFoundError(tx, which);
  }
  if (latest.same) return { ...toVersion(latest), unchanged: true };
  const [row] = await tx.execute(insertion(found.id, author, reason));
  if (!row) throw new Error("the locked version is copied");
  return toVersion(row);
}

/** The columns of the copy that are not those of the source. */
const COPIED: { [field: string]: SQL } = {
  id: sql`stamp.id`,
  version: sql`stamp.version`,
  created: sql`stamp.created`,
  updated: sql`stamp.updated`,
  flowRunId: sql`null`,
  taskRunId: sql`null`,
  sha256: storedHash(sql`source`),
  restoredFrom: sql`source.version`,
};

/** Inserts a copy of a version whose key is locked; its data does not leave the database. */
function insertion(id: string, author: Author, reason: string | null | undefined): SQL {
  const created: typeof COPIED = {
    ...COPIED,
    createdBy: sql`${author.actor.id}::uuid`,
    reason: sql`${reason ?? null}::text`,
  };
  const values = selected(created, (field, { name }) =>
    field in creationFields ? sql`null` : sql`source.${sql.identifier(name)}`,
  );
  const logged = insertEvents(authorColumns(author, reason), {
    ...CREATED,
    key: sql`source.key`,
    artifactId: sql`stamp.id`,
    version: sql`stamp.version`,
    after: sql`jsonb_build_object('restoredFrom', source.version)`,
    from: sql`stamp, source`,
  });
  return sql`
    with source as (select * from artifact where id = ${id}::uuid),
    stamp as (
      update artifact_collection c set last_version = c.last_version + 1, live = c.live + 1, version = c.last_version + 1,
        type = source.type, flow_run_id = null, task_run_id = null, size = source.size, rows = source.rows,
        number = source.number, ${nextIdAndTimes(sql`gen_random_uuid()`)}
      from source where c.key = source.key
      returning c.latest_id as id, c.last_version as version, c.created, c.updated),
    stored as (
      insert into artifact_data (artifact_id, data, blob_sha256, previewed)
      select stamp.id, d.data, d.blob_sha256, not exists (select from artifact_preview_pending p where p.artifact_id = d.artifact_id)
      from stamp, artifact_data d where d.artifact_id = ${id}::uuid),
    shown as (
      insert into artifact_preview (artifact_id, preview)
      select stamp.id, p.preview from stamp, artifact_preview p where p.artifact_id = ${id}::uuid),
    named as (
      insert into artifact_file (artifact_id, path, sha256, size, media_type)
      select stamp.id, f.path, f.sha256, f.size, f.media_type
      from stamp, artifact_file f where f.artifact_id = ${id}::uuid),
    logged as (${logged})
    insert into artifact (${COLUMN_NAMES}) select ${values} from stamp, source
    returning ${versionColumns()}`;
}
