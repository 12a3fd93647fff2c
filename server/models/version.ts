import { aliasedTable, and, type Column, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { Artifact, ArtifactSort } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import type { ArtifactFilter, Where } from "#contract/where";
import { adHoc } from "#db/ad-hoc";
import type { DriverRow } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection, artifactTrash, instantText } from "#db/schema";
import type { Order } from "./query/page";
import { producedBy } from "./query/related";
import { choiceIs, idIs, instantIs, joined, keyIs, metadataIs, numberIs, patternIs } from "./query/where";

/** The columns that the artifact's own filter and the sorts can name, of a version or of a key's latest. */
export interface VersionColumns {
  id: Column;
  key: Column;
  type: Column;
  flowRunId: Column;
  taskRunId: Column;
  created: Column;
  updated: Column;
  version: Column;
  description: Column;
  metadata: Column;
  flowId: Column;
}

/** A version's key as its order has it: without nulls. No key reads like what stands for none. */
export const keyInOrder: SQL = sql`coalesce(${artifact.key}, '~')`;

/** All five filters on a version (or a key's latest) as SQL; undefined when nothing is asked. `sort`: what it is for. */
export async function matching(
  db: Database,
  columns: VersionColumns,
  where: Where | undefined,
  sort?: ArtifactSort,
): Promise<SQL | undefined> {
  const asked = and(versionIs(db, columns, where?.artifacts, sort), await producedBy(db, columns, where));
  return isNamed(where) ? asked : adHoc(asked);
}

/**
 * The filters that are asked all the time, each alone: their statements are prepared. Not so deployments: with few runs
 * they are found from the runs, with many by walking the order, and no one plan is right for both.
 */
const NAMED = new Set([
  "artifacts.key.any",
  "artifacts.key.exists",
  "artifacts.type.any",
  "artifacts.flowRunId.any",
  "artifacts.taskRunId.any",
  "flowRuns.id.any",
  "flows.id.any",
  "flows.name.any",
]);

function isNamed(where: Where | undefined): boolean {
  const [only, ...more] = Object.entries(where ?? {}).flatMap(([kind, filter]) =>
    Object.entries(filter ?? {}).flatMap(([field, condition]) =>
      Object.entries(condition ?? {}).map(([test, value]): [string, unknown] => [`${kind}.${field}.${test}`, value]),
    ),
  );
  if (!only || more.length > 0) return false;
  const [name, value] = only;
  return NAMED.has(name) && (!Array.isArray(value) || value.length === 1);
}

function versionIs(
  db: Database,
  columns: VersionColumns,
  filter: ArtifactFilter | null | undefined,
  sort: ArtifactSort | undefined,
): SQL | undefined {
  if (!filter) return undefined;
  const { flowRunId, taskRunId } = columns;
  const { hasRun } = filter;
  return joined(filter.operator, [
    idIs(columns.id, filter.id),
    keyMatches(db, columns, filter.key, sort),
    choiceIs(columns.type, filter.type),
    idIs(flowRunId, filter.flowRunId),
    idIs(taskRunId, filter.taskRunId),
    hasRun == null ? undefined : sql`(${flowRunId} is not null or ${taskRunId} is not null) = ${hasRun}`,
    numberIs(columns.version, filter.version),
    patternIs(columns.description, filter.description),
    metadataIs(columns.metadata, filter.metadata),
    instantIs(columns.created, filter.created),
    instantIs(columns.updated, filter.updated),
  ]);
}

/**
 * A version's key is compared with what the index of the order begins with. Its patterns are looked for among the keys,
 * which are few beside the versions.
 */
function keyMatches(
  db: Database,
  { key }: VersionColumns,
  condition: ArtifactFilter["key"],
  sort: ArtifactSort | undefined,
): SQL | undefined {
  if (key !== artifact.key || !condition) return keyIs(key, condition);
  const { any, exists, ...patterns } = condition;
  const known = aliasedTable(artifactCollection, "known");
  const like = patternIs(known.key, patterns);
  const byKeyAndId = sort === "KEY_ASC" || sort === "KEY_DESC" || sort === "ID_DESC";
  return and(
    keyIs(byKeyAndId ? keyInOrder : key, { any }),
    keyIs(key, { exists }),
    like && inArray(keyInOrder, db.select({ key: known.key }).from(known).where(like)),
  );
}

/** The six orders over a noun's columns. `key` is what sorts by key: without nulls, so that one comparison pages it. */
export function versionOrder(columns: VersionColumns, key: Column | SQL, sort: ArtifactSort): Order<Artifact> {
  const { id, created, updated } = columns;
  const byKey = { value: key, type: "text", id, of: (row: Artifact) => row.key ?? "~" } as const;
  const orders: Record<ArtifactSort, Order<Artifact>> = {
    ID_DESC: { value: id, type: "uuid", id, descending: true, of: (row) => row.id },
    CREATED_DESC: { value: created, type: "timestamptz", id, descending: true, of: (row) => row.created },
    CREATED_ASC: { value: created, type: "timestamptz", id, descending: false, of: (row) => row.created },
    UPDATED_DESC: { value: updated, type: "timestamptz", id, descending: true, of: (row) => row.updated },
    KEY_ASC: { ...byKey, descending: false },
    KEY_DESC: { ...byKey, descending: true },
  };
  return orders[sort];
}

const { flowId: _, ...fields } = getTableColumns(artifact);

/** What is read of a version: its flow is only looked for. */
export const versionFields = fields;

/** The columns of a version by name, for statements that write them all. */
export const versionColumns: SQL = sql.raw(
  Object.values(fields)
    .map(({ name }) => `"${name}"`)
    .join(", "),
);

/** A version as its row comes from the driver. */
export function versionOf(raw: DriverRow): Artifact<never> {
  // The columns are those of `artifact`, whose types these are: the driver reads a bigint as text and leaves instants alone.
  const row = raw as unknown as RawVersion;
  return {
    id: row.id,
    key: row.key,
    version: row.version === null ? null : Number(row.version),
    type: row.type,
    description: row.description,
    metadata: row.metadata,
    flowRunId: row.flow_run_id,
    taskRunId: row.task_run_id,
    created: instantText(row.created),
    updated: instantText(row.updated),
    size: row.size,
    rows: row.rows,
    number: row.number,
  };
}

interface RawVersion extends Omit<Artifact, "version" | "flowRunId" | "taskRunId" | "data"> {
  version: string | null;
  flow_run_id: string | null;
  task_run_id: string | null;
}

/** NOT_FOUND for a version that does not live; for one in the trash it says when it went, and its key and version. */
export async function gone(
  db: Database,
  which: { id: string } | { key: string; version: number },
): Promise<VitrineError> {
  const named =
    "id" in which
      ? eq(artifactTrash.id, which.id)
      : and(eq(artifactTrash.key, which.key), eq(artifactTrash.version, which.version));
  const [trashed] = await db
    .select({ removedAt: artifactTrash.removed, key: artifactTrash.key, version: artifactTrash.version })
    .from(artifactTrash)
    .where(named);
  if (!trashed) return new VitrineError("NOT_FOUND", "There is no such artifact.");
  return new VitrineError("NOT_FOUND", "This artifact was removed; it can be restored from the trash.", trashed);
}
