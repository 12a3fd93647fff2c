import { and, type Column, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { Artifact, ArtifactCreated } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import type { DriverRow } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifact, artifactTrash, timestampText } from "#db/schema";
import type { Author } from "./author";
import { usedKeyError } from "./idempotency";
import { jsonFields } from "./query/json-rows";
import { uuids } from "./query/where";

const {
  flowId,
  createdBy,
  updatedBy,
  reason,
  createdXid,
  createdService,
  createdRequest,
  createdRun,
  createdVersions,
  ...fields
} = getTableColumns(artifact);

/** The columns by which a version stands for the event of its create, beside those of every version. */
const eventFields = { createdXid, createdService, createdRequest, createdRun, createdVersions };

export const EVENT_FIELDS = Object.keys(eventFields);

/** The columns that say who created a version, and why. */
export const creationFields = { createdBy, reason, ...eventFields };

/** What rows have only where it is asked for. */
type Included = "data" | "preview" | "labels";

/** Exactly the fields of the contract: one too many or too few is a type error. */
type ContractFields<Fields> = Record<keyof Omit<Artifact, Included>, Column> &
  Record<Exclude<keyof Fields, keyof Artifact>, never>;

/** The columns of a version that the API returns. */
export const versionFields = fields satisfies ContractFields<typeof fields>;

/** How they are written as JSON. */
export const versionJson = jsonFields(versionFields);

/** The same as a list for hand-written SQL, `"id", "key", …`, each with what is before it: `item.`. */
export function versionColumns(before = ""): SQL {
  const names = Object.values(versionFields).map(({ name }) => `${before}"${name}"`);
  return sql.raw(names.join(", "));
}

/** A version from a row of the driver. Written out: a loop over the columns takes four times as long. */
export function toVersion(row: DriverRow): Artifact<never> {
  // The columns have the types of the contract, but the driver leaves bigint and timestamps as text.
  const raw = row as unknown as RawVersion;
  return {
    id: raw.id,
    key: raw.key,
    version: raw.version === null ? null : Number(raw.version),
    type: raw.type,
    description: raw.description,
    metadata: raw.metadata,
    tags: raw.tags ?? [],
    flowRunId: raw.flow_run_id,
    taskRunId: raw.task_run_id,
    created: timestampText(raw.created),
    updated: timestampText(raw.updated),
    size: Number(raw.size),
    rows: raw.rows,
    number: raw.number,
    sha256: raw.sha256 === null ? null : raw.sha256.toString("hex"),
    restoredFrom: raw.restored_from === null ? null : Number(raw.restored_from),
  };
}

interface RawVersion extends Omit<Artifact, RenamedField | "version" | "tags" | "size" | "sha256" | Included> {
  version: string | null;
  tags: string[] | null;
  flow_run_id: string | null;
  task_run_id: string | null;
  size: string;
  sha256: Buffer | null;
  restored_from: string | null;
}

type RenamedField = "flowRunId" | "taskRunId" | "restoredFrom";

/** NOT_FOUND for a version; where it is in the trash, with when it was deleted, its key and its version number. */
export async function notFoundError(
  db: Database,
  which: { id: string } | { key: string; version: number },
): Promise<VitrineError> {
  const named =
    "id" in which
      ? eq(artifactTrash.id, which.id)
      : and(eq(artifactTrash.key, which.key), eq(artifactTrash.version, which.version));
  const [trashed] = await db
    .select({
      removedAt: artifactTrash.removed,
      id: artifactTrash.id,
      key: artifactTrash.key,
      version: artifactTrash.version,
    })
    .from(artifactTrash)
    .where(named);
  if (trashed) {
    const name =
      trashed.key === null ? `Artifact ${"id" in which ? which.id : ""}` : `${trashed.key}@${trashed.version}`;
    return new VitrineError("NOT_FOUND", `${name} was deleted; it can be restored from the trash.`, trashed);
  }
  if ("id" in which) return new VitrineError("NOT_FOUND", `Artifact ${which.id} was not found.`);
  return new VitrineError("NOT_FOUND", `Key "${which.key}" has no version ${which.version}.`);
}

/** Tags as a list where Drizzle maps the rows: it leaves null, which is stored for none. */
export function listOf(tags: Column): SQL<string[]> {
  return sql`coalesce(${tags}, '{}')`;
}

/** Versions by their ids. */
export async function rowsOf(tx: Database, ids: string[]): Promise<Map<string, Artifact>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ ...versionFields, tags: listOf(artifact.tags) })
    .from(artifact)
    .where(sql`${artifact.id} = any(${uuids(ids)})`);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The version that an idempotency key stands for.
 * @throws VitrineError NOT_FOUND where it was deleted; CONFLICT where the author does not reach it, as after a rename
 */
export async function existing(
  tx: Database,
  { id, unchanged }: { id: string; unchanged?: boolean | undefined },
  rows: Map<string, Artifact>,
  { keys }: Pick<Author, "keys">,
): Promise<ArtifactCreated> {
  const row = rows.get(id);
  const error = row ? null : await notFoundError(tx, { id });
  const key = row ? row.key : error?.details.key;
  if (key !== undefined && !reachesKey(keys, key)) throw usedKeyError();
  if (!row) throw error;
  return unchanged ? { ...row, unchanged } : row;
}
