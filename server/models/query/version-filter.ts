import { aliasedTable, and, type Column, inArray, or, type SQL, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import type { Artifact, ArtifactSort } from "#contract/artifact";
import type { QueryFilter } from "#contract/query/query-filter";
import type { ArtifactFilter, Where } from "#contract/where";
import { adHoc } from "#db/ad-hoc";
import type { Shape } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection } from "#db/schema";
import { filterOf } from "./language";
import type { Order } from "./page";
import { producedBy } from "./related";
import { tagsMatch } from "./tags";
import { termMatches } from "./text";
import { choiceIs, combine, existsIs, idIs, keyIs, metadataIs, numberIs, patternIs, texts, timestampIs } from "./where";

/** The columns of filters and sorts, of a version or of the latest version of a key. */
export interface VersionColumns {
  id: Column;
  key: Column;
  type: Column;
  flowRunId: Column;
  taskRunId: Column;
  created: Column;
  updated: Column;
  version: Column;
  size: Column;
  rows: Column;
  number: Column;
  description: Column;
  metadata: Column;
  flowId: Column;
}

/** The key for sorting, without nulls; no key equals the replacement of null. */
export const sortKey: SQL = sql`coalesce(${artifact.key}, '~')`;

/**
 * All five filters and the query on a version (or the latest of a key) as SQL; undefined without any. `sort` is that of the
 * list.
 */
export async function matching(
  db: Database,
  columns: VersionColumns,
  where: Where | undefined,
  sort?: ArtifactSort,
): Promise<SQL | undefined> {
  const condition = await filterMatches(db, columns, await filterOf(db, where ?? {}), sort);
  return preparedCondition(where) ? condition : adHoc(condition);
}

/** A filter as SQL; undefined where everything matches. */
async function filterMatches(
  db: Database,
  columns: VersionColumns,
  filter: QueryFilter,
  sort: ArtifactSort | undefined,
): Promise<SQL | undefined> {
  switch (filter.kind) {
    case "where": {
      const tags = await tagsMatch(db, filter.where.artifacts?.tags);
      const own = artifactMatches(db, columns, filter.where.artifacts, sort, tags);
      return and(own, await producedBy(db, columns, filter.where));
    }
    case "text":
      return termMatches(db, filter.term, columns.key === artifact.key ? "artifact" : "collection");
    case "not": {
      const excluded = await filterMatches(db, columns, filter.part, sort);
      return excluded ? sql`(${excluded}) is not true` : sql`false`;
    }
    case "and":
    case "or": {
      const parts: (SQL | undefined)[] = [];
      for (const part of filter.parts) parts.push(await filterMatches(db, columns, part, sort));
      if (filter.kind === "and") return and(...parts);
      return parts.some((part) => part === undefined) ? undefined : or(...parts);
    }
  }
}

/**
 * Single filters that are used all the time: their statements are prepared. Deployments are not among them: with few
 * runs the best plan starts from the runs, with many from the order, and no prepared plan fits both.
 */
const PREPARED = new Set([
  "artifacts.key.any",
  "artifacts.key.exists",
  "artifacts.type.any",
  "artifacts.flowRunId.any",
  "artifacts.taskRunId.any",
  "flowRuns.id.any",
  "flows.id.any",
  "flows.name.any",
]);

/** The only condition of a filter that is prepared, if there is no other; `value` is its list of values. */
function preparedCondition({ query, ...filters }: Where = {}): { name: string; value: unknown } | null {
  if (query) return null;
  const [only, ...more] = Object.entries(filters).flatMap(([kind, filter]) =>
    Object.entries(filter ?? {}).flatMap(([field, condition]) =>
      Object.entries(condition ?? {}).map(([test, value]): [string, unknown] => [`${kind}.${field}.${test}`, value]),
    ),
  );
  if (!only || more.length > 0) return null;
  const [name, value] = only;
  return PREPARED.has(name) && (!Array.isArray(value) || value.length === 1) ? { name, value } : null;
}

function isEmpty(where: Where | undefined): boolean {
  return Object.values(where ?? {}).every((filter) => filter == null || filter === "");
}

/** The shape of the statements without a filter, or with a prepared one of a single value; null for any other. */
export function shapeOf(where: Where | undefined, ...parts: string[]): Shape | null {
  if (isEmpty(where)) return { name: parts.join(" ") };
  const { name, value } = preparedCondition(where) ?? {};
  return Array.isArray(value) ? { name: [name, ...parts].join(" "), value: makePgArray(value) } : null;
}

function artifactMatches(
  db: Database,
  columns: VersionColumns,
  filter: ArtifactFilter | null | undefined,
  sort: ArtifactSort | undefined,
  tags: SQL | undefined,
): SQL | undefined {
  if (!filter) return undefined;
  const { flowRunId, taskRunId } = columns;
  const { hasRun } = filter;
  return combine(filter.operator, [
    idIs(columns.id, filter.id),
    keyMatches(db, columns, filter.key, sort),
    and(choiceIs(columns.type, filter.type), existsIs(columns.type, filter.type?.exists)),
    idIs(flowRunId, filter.flowRunId),
    idIs(taskRunId, filter.taskRunId),
    hasRun == null ? undefined : sql`(${flowRunId} is not null or ${taskRunId} is not null) = ${hasRun}`,
    numberIs(columns.version, filter.version),
    versionsAre(db, columns, filter.versions),
    labelIs(columns.id, filter.label),
    tags,
    numberIs(columns.size, filter.size),
    numberIs(columns.rows, filter.rows),
    numberIs(columns.number, filter.number, "float8"),
    descriptionIs(columns.description, filter.description),
    metadataIs(columns.metadata, filter.metadata),
    timestampIs(columns.created, filter.created),
    timestampIs(columns.updated, filter.updated),
  ]);
}

/**
 * Compares the key by the leading column of the order's index. Patterns are matched against the keys, which are fewer
 * than the versions.
 */
function keyMatches(
  db: Database,
  { key }: VersionColumns,
  condition: ArtifactFilter["key"],
  sort: ArtifactSort | undefined,
): SQL | undefined {
  if (key !== artifact.key || !condition) return keyIs(key, condition);
  const { any, notAny, exists, folder, ...patterns } = condition;
  const known = aliasedTable(artifactCollection, "known");
  const like = patternIs(known.key, patterns);
  const byKeyAndId = sort === "KEY_ASC" || sort === "KEY_DESC" || sort === "ID_DESC";
  return and(
    keyIs(byKeyAndId ? sortKey : key, { any }),
    keyIs(key, { notAny, exists, folder }),
    like && inArray(sortKey, db.select({ key: known.key }).from(known).where(like)),
  );
}

/** Compares how many versions a key has, which only its collection knows. */
function versionsAre(db: Database, { key }: VersionColumns, condition: ArtifactFilter["versions"]): SQL | undefined {
  if (key !== artifact.key) return numberIs(artifactCollection.live, condition);
  const counted = aliasedTable(artifactCollection, "counted");
  const are = numberIs(counted.live, condition);
  return are && inArray(key, db.select({ key: counted.key }).from(counted).where(are));
}

function descriptionIs(description: Column, condition: ArtifactFilter["description"]): SQL | undefined {
  const { contains, exists } = condition ?? {};
  return and(patternIs(description, { contains }), existsIs(description, exists));
}

function labelIs(id: Column, condition: ArtifactFilter["label"]): SQL | undefined {
  const { any, exists } = condition ?? {};
  const labelled = (which: SQL | undefined) =>
    sql`${id} in (select artifact_id from label ${which && sql`where ${which}`})`;
  return and(
    any ? labelled(sql`name = any(${texts(any)})`) : undefined,
    exists == null ? undefined : sql`${labelled(undefined)} = ${exists}`,
  );
}

const SORT_FIELD = /^(.+)_(?:ASC|DESC)$/;

/** The orders over a table's columns. `key` is the sort value for keys: without nulls, so that one comparison pages it. */
export function versionOrder(columns: VersionColumns, key: Column | SQL, sort: ArtifactSort): Order<Artifact> {
  const { id } = columns;
  const orders: Record<string, Pick<Order<Artifact>, "value" | "type" | "of" | "nullable">> = {
    ID: { value: id, type: "uuid", of: (row) => row.id },
    CREATED: { value: columns.created, type: "timestamptz", of: (row) => row.created },
    UPDATED: { value: columns.updated, type: "timestamptz", of: (row) => row.updated },
    KEY: { value: key, type: "text", of: (row) => row.key ?? "~" },
    SIZE: { value: columns.size, type: "bigint", of: (row) => String(row.size) },
    VERSION: { value: columns.version, type: "bigint", of: (row) => String(row.version) },
    NUMBER: { value: columns.number, type: "float8", of: (row) => textOf(row.number), nullable: "number" },
    ROWS: { value: columns.rows, type: "bigint", of: (row) => textOf(row.rows), nullable: "rows" },
    TYPE: { value: columns.type, type: "text", of: (row) => textOf(row.type), nullable: "type" },
  };
  const order = orders[SORT_FIELD.exec(sort)?.[1] ?? ""];
  if (!order) throw new Error(`no order is known for ${sort}`);
  return { ...order, id, descending: sort.endsWith("_DESC") };
}

/** No number or type is empty text. */
function textOf(value: string | number | null): string {
  return value === null ? "" : String(value);
}
