import { aliasedTable, and, Column, eq, inArray, is, ne, or, type SQL, sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import type { Artifact, ArtifactSort } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import type { PatternCondition } from "#contract/filter";
import { someFilter } from "#contract/query/compile";
import type { QueryFilter } from "#contract/query/query-filter";
import type { ArtifactFilter, Where } from "#contract/where";
import { adHoc } from "#db/ad-hoc";
import type { Shape } from "#db/compiled";
import type { Database } from "#db/postgres";
import { actor, artifact, artifactChange, artifactCollection, collectionAbout, collectionKey } from "#db/schema";
import { type ParsedTerm, parseTerm } from "#formats/search/term";
import { callerOf, isFiltered, pastOf } from "./filtered";
import { filterOf } from "./language";
import type { Order } from "./page";
import { textThen } from "./past-text";
import { producedBy, refersTo } from "./related";
import { firstAmong, lookAtFirst, type Reading } from "./sample";
import { tagsMatch } from "./tags";
import {
  amongAny,
  type FindText,
  type FoundText,
  type Listed,
  NONE,
  type TextTarget,
  textByIndex,
  textInRows,
} from "./text";
import {
  choiceIs,
  combine,
  existsIs,
  idIs,
  keyIs,
  metadataIs,
  nameIs,
  numberIs,
  patternIs,
  texts,
  timestampIs,
  uuids,
} from "./where";
import { firstInWindow, isEmptyTerm, termsOfAll } from "./window";

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
  createdBy: Column;
  flowId: Column;
}

/** The key for sorting, without nulls; no key equals the replacement of null. */
export const sortKey: SQL = sql`coalesce(${artifact.key}, '~')`;

/**
 * All five filters and the query on a version (or the latest of a key) as SQL; undefined without any. Free text is looked for
 * in the first rows that are read, and then by the way that finds the others sooner.
 * @param sort that of the list
 * @param reading what is read of the rows that match
 */
export async function matching<Row>(
  db: Database,
  columns: VersionColumns,
  where: Where | undefined,
  reading: Reading<Row>,
  sort?: ArtifactSort,
): Promise<SQL | undefined> {
  const filter = await filterOf(db, where ?? {});
  const matches = (part: QueryFilter, findText: FindText) => filterMatches(db, columns, part, sort, findText);
  if (preparedCondition(where)) return (await matches(filter, noText)).condition;
  if (!hasText(filter)) return adHoc((await matches(filter, noText)).condition);
  const parts = filter.kind === "and" ? filter.parts : [filter];
  const withText: QueryFilter = { kind: "and", parts: parts.filter(hasText) };
  const others: QueryFilter = { kind: "and", parts: parts.filter((part) => !hasText(part)) };
  const target = targetOf(db, columns);
  const { condition: typed } = await matches(others, noText);
  if (isIndexed(db, reading.order)) {
    const { condition: byRow } = await matches(withText, textThen(db, target, textInRows(target)));
    const found = await lookAtFirst(db, reading, typed, byRow ?? sql`true`, target.isLatest);
    if ("ids" in found) return adHoc(sql`${columns.id} = any(${uuids(found.ids)})`);
    // The order of filtered rows is not read from an index alone.
    if (!found.isFull && columns.id === artifact.id && !isFiltered(db)) {
      const first = await firstInWindow(db, reading, columns.id, termsOfAll(parts), and(typed, byRow));
      if (first) return adHoc(sql`${columns.id} = any(${uuids(first)})`);
    }
    if (found.isFrequent) return adHoc(and(typed, byRow));
  }
  const { condition: byIndex, among } = await matches(withText, textThen(db, target, textByIndex(db, target)));
  const which = and(typed, byIndex);
  if (!among || among.rows > FEW || !which || !Number.isFinite(reading.limit)) return adHoc(which);
  return adHoc(sql`${columns.id} = any(${uuids(await firstAmong(db, reading, columns, among, which))})`);
}

/** Up to so many listed rows are put in order before they are looked at; more are soon met in the order of the list. */
const FEW = 5_000;

/** Columns that updates change: no index has the order of what they were. */
const CHANGED = new Set(["updated", "size", "rows", "number", "live"]);

function isIndexed<Row>(db: Database, { value }: Order<Row>): boolean {
  return pastOf(db) === null || !is(value, Column) || !CHANGED.has(value.name);
}

function hasText(filter: QueryFilter): boolean {
  return someFilter(filter, (leaf) => "text" in leaf);
}

/** Without free text. */
const noText: FindText = async () => ({ condition: sql`true`, among: null });

function targetOf(db: Database, { id, key }: VersionColumns): TextTarget {
  return { id, key, isLatest: key !== artifact.key && pastOf(db) === null };
}

/** What matches a filter; the condition is undefined where everything does. */
interface Matches {
  condition: SQL | undefined;
  among: Listed | null;
}

async function filterMatches(
  db: Database,
  columns: VersionColumns,
  filter: QueryFilter,
  sort: ArtifactSort | undefined,
  findText: FindText,
): Promise<Matches> {
  const matches = (part: QueryFilter) => filterMatches(db, columns, part, sort, findText);
  const anywhere = (condition: SQL | undefined): Matches => ({ condition, among: null });
  switch (filter.kind) {
    case "where": {
      const tags = await tagsMatch(db, filter.where.artifacts?.tags);
      const author = await authorIs(db, columns.createdBy, filter.where.artifacts?.author);
      const own = artifactMatches(db, columns, filter.where.artifacts, sort, { tags, author });
      return anywhere(and(own, await producedBy(db, columns, filter.where)));
    }
    case "text":
      return found([parseTerm(filter.term)], [], findText);
    case "not": {
      const { condition } = await matches(filter.part);
      return anywhere(condition ? sql`(${condition}) is not true` : sql`false`);
    }
    case "and": {
      // Words are rarer together than alone.
      const terms = filter.parts.flatMap((part) => (part.kind === "text" ? parseTerm(part.term) : []));
      const without = filter.parts.flatMap((part) =>
        part.kind === "not" && part.part.kind === "text" ? parseTerm(part.part.term) : [],
      );
      const isTogether = (part: QueryFilter) =>
        terms.length > 0 && (part.kind === "text" || (part.kind === "not" && part.part.kind === "text"));
      const all: Matches[] = terms.length > 0 ? [await found(terms, without, findText)] : [];
      for (const part of filter.parts) if (!isTogether(part)) all.push(await matches(part));
      const among = all.find((each) => each.among !== null)?.among ?? null;
      return { condition: and(...all.map(({ condition }) => condition)), among };
    }
    case "or": {
      const all: Matches[] = [];
      for (const part of filter.parts) all.push(await matches(part));
      const conditions = all.map(({ condition }) => condition);
      const condition = conditions.includes(undefined) ? undefined : or(...conditions);
      return { condition, among: amongAny(all.map(({ among }) => among)) };
    }
  }
}

/** What text finds; a term without words and without a part finds nothing. */
async function found(terms: ParsedTerm[], without: ParsedTerm[], findText: FindText): Promise<FoundText> {
  if (terms.some(isEmptyTerm)) return { condition: sql`false`, among: NONE };
  return findText(
    terms,
    without.filter((term) => !isEmptyTerm(term)),
  );
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
  { tags, author }: { tags: SQL | undefined; author: SQL | undefined },
): SQL | undefined {
  if (!filter) return undefined;
  const { flowRunId, taskRunId } = columns;
  const { hasRun } = filter;
  return combine(filter.operator, [
    idIs(columns.id, filter.id),
    keyMatches(columns, filter.key, sort),
    and(choiceIs(columns.type, filter.type), existsIs(columns.type, filter.type?.exists)),
    idIs(flowRunId, filter.flowRunId),
    idIs(taskRunId, filter.taskRunId),
    hasRun == null ? undefined : sql`(${flowRunId} is not null or ${taskRunId} is not null) = ${hasRun}`,
    numberIs(columns.version, filter.version),
    versionsAre(db, columns, filter.versions),
    labelIs(columns.id, filter.label),
    author,
    ownerIs(columns.key, filter.owner),
    tags,
    numberIs(columns.size, filter.size),
    numberIs(columns.rows, filter.rows),
    numberIs(columns.number, filter.number, "float8"),
    descriptionIs(columns.description, filter.description),
    metadataIs(columns.metadata, filter.metadata),
    timestampIs(columns.created, filter.created),
    updatedIs(db, columns, filter.updated),
  ]);
}

/**
 * Compares the key by the leading column of the order's index. Patterns are matched against the keys, which are fewer
 * than the versions.
 */
function keyMatches(
  { key }: VersionColumns,
  condition: ArtifactFilter["key"],
  sort: ArtifactSort | undefined,
): SQL | undefined {
  if (!condition) return undefined;
  const { any, notAny, exists, folder, ...patterns } = condition;
  const isVersion = key === artifact.key;
  const byKeyAndId = isVersion && (sort === "KEY_ASC" || sort === "KEY_DESC" || sort === "ID_DESC");
  return and(
    keyIs(byKeyAndId ? sortKey : key, { any }),
    keyIs(key, { notAny, exists, folder }),
    keyLike(isVersion ? sortKey : key, patterns),
  );
}

/** Whether a key matches patterns, by the index of parts of keys; undefined without any. */
export function keyLike(key: Column | SQL, patterns: PatternCondition): SQL | undefined {
  const like = patternIs(collectionKey.key, patterns);
  return like && sql`${key} in (select ${collectionKey.key} from ${collectionKey} where ${like})`;
}

/** Compares when it was updated, by the indexes of when it was created or changed. */
function updatedIs(db: Database, { id, created, updated }: VersionColumns, condition: ArtifactFilter["updated"]) {
  const is = timestampIs(updated, condition);
  if (!is || pastOf(db) !== null) return is;
  const { artifactId, updated: changed } = artifactChange;
  const changedThen = sql`select ${artifactId} from ${artifactChange} where ${timestampIs(changed, condition)}`;
  return and(is, or(timestampIs(created, condition), sql`${id} = any(array(${changedThen}))`));
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

async function authorIs(
  db: Database,
  createdBy: Column,
  condition: ArtifactFilter["author"],
): Promise<SQL | undefined> {
  const { exists, me, ...named } = condition ?? {};
  const which = nameIs(actor.name, named);
  return and(
    which && (await refersTo(db, createdBy, actor, which)),
    me == null ? undefined : isCaller(db, createdBy, me),
    existsIs(createdBy, exists),
  );
}

function isCaller(db: Database, createdBy: Column, me: boolean): SQL {
  const id = callerOf(db);
  if (id === null)
    throw new VitrineError("BAD_REQUEST", 'Nobody is known as the caller here; name who is meant instead of "me".');
  return me ? eq(createdBy, id) : ne(createdBy, id);
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

function ownerIs(key: Column, condition: ArtifactFilter["owner"]): SQL | undefined {
  const { exists, ...choice } = condition ?? {};
  const owned = (which: SQL) => sql`${key} in (select key from ${collectionAbout} where ${which})`;
  const is = choiceIs(collectionAbout.owner, choice);
  return and(
    is && owned(is),
    exists == null ? undefined : sql`coalesce(${owned(sql`${collectionAbout.owner} is not null`)}, false) = ${exists}`,
  );
}

const SORT_FIELD = /^(.+)_(?:ASC|DESC)$/;

/**
 * The orders over a table's columns of a database. `key` is the sort value for keys: without nulls, so that one comparison
 * pages it.
 */
export function versionOrder(
  db: Database,
  columns: VersionColumns,
  key: Column | SQL,
  sort: ArtifactSort,
): Order<Artifact> {
  const { id } = columns;
  const { updated: value, artifactId } = artifactChange;
  const changed = {
    name: "updated",
    unchanged: columns.created,
    table: artifactChange,
    value,
    id: artifactId,
  } as const;
  const orders: Record<string, Omit<Order<Artifact>, "id" | "descending">> = {
    ID: { value: id, type: "uuid", of: (row) => row.id },
    CREATED: { value: columns.created, type: "timestamptz", of: (row) => row.created },
    UPDATED: {
      ...{ value: columns.updated, type: "timestamptz", of: (row) => row.updated },
      ...(pastOf(db) === null ? { changed } : {}),
    },
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
