import { and, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import type { ArtifactCount, ArtifactFacets, CollectionSort } from "#contract/artifact";
import type {
  ArtifactCollection,
  CollectionFolders,
  CollectionList,
  CollectionPage,
  KeyFolder,
} from "#contract/collection";
import type { Facets, SearchedPage } from "#contract/paging";
import { termsOf } from "#contract/query/terms";
import type { RawJson } from "#contract/raw-json";
import type { SearchBest } from "#contract/search";
import type { Where } from "#contract/where";
import type { DriverRow } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection } from "#db/schema";
import { parseTerm } from "#formats/search/term";
import { aboutWhereAny, toAbout } from "./about";
import type { Author } from "./author";
import { isPinned } from "./pin";
import { boundedCount } from "./query/count";
import { readRows } from "./query/data";
import { facetsOf, MAX_FACET_ROWS } from "./query/facets";
import { computedField, jsonField, type ListFormat } from "./query/json-rows";
import { readsVersion, treeOf } from "./query/language";
import { endOf, type Limit, type Part, partOf, readList, writeList as writeRows } from "./query/list";
import {
  type Join,
  type Order,
  orderBy,
  type Position,
  readFrom,
  type SelectRows,
  selectInOrder,
  valueName,
} from "./query/page";
import { streamRows } from "./query/stream";
import { matching, versionOrder } from "./query/version-filter";
import { isIn, uuids } from "./query/where";
import { joinScores } from "./query/words";
import { withPending } from "./search/fill";
import { foldersByIndex } from "./skip-scan";
import { toVersion, versionFields, versionJson } from "./version";

const latest = {
  id: artifactCollection.latestId,
  key: artifactCollection.key,
  type: artifactCollection.type,
  flowRunId: artifactCollection.flowRunId,
  taskRunId: artifactCollection.taskRunId,
  flowId: artifactCollection.flowId,
  created: artifactCollection.created,
  updated: artifactCollection.updated,
  version: artifactCollection.version,
  size: artifactCollection.size,
  rows: artifactCollection.rows,
  number: artifactCollection.number,
  description: artifact.description,
  metadata: artifact.metadata,
  createdBy: artifact.createdBy,
  tags: artifact.tags,
};

function collectionOrder(db: Database, sort: CollectionSort): Order<ArtifactCollection> {
  if (sort !== "VERSIONS_ASC" && sort !== "VERSIONS_DESC") return versionOrder(db, latest, latest.key, sort);
  const order = { value: artifactCollection.live, type: "bigint", id: latest.id } as const;
  return { ...order, descending: sort === "VERSIONS_DESC", of: (row) => String(row.versions) };
}

/** @param position from which so many keys of an order are read; by default all keys are */
async function matchingCollections(
  db: Database,
  where: Where | undefined,
  limit = Number.POSITIVE_INFINITY,
  order: Order<ArtifactCollection> = newestFirst(db),
  position: Position | null = null,
): Promise<SQL | undefined> {
  return and(hasVersions, await matchingLatest(db, where, limit, order, position));
}

function newestFirst(db: Database): Order<ArtifactCollection> {
  return collectionOrder(db, "CREATED_DESC");
}

const hasVersions = isNotNull(artifactCollection.latestId);

/** The same without the condition that a key has versions; undefined where all match. */
async function matchingLatest(
  db: Database,
  where: Where | undefined,
  limit: number,
  order: Order<ArtifactCollection>,
  position: Position | null,
): Promise<SQL | undefined> {
  const value = sortValue(order);
  const select: SelectRows = (which, join) => matchingKeys(db, where, and(hasVersions, which), value, join);
  return matching(db, latest, where, { order, position, limit, select });
}

/** The column of the sort value, where a select is to have it. */
function sortValue(order: Order<ArtifactCollection>): Record<string, SQL.Aliased> {
  const name = valueName(order);
  return name === undefined ? {} : { [name]: sql`${artifactCollection[name]}`.as(name) };
}

function collections(db: Database, join?: Join) {
  const rows = db
    .select({
      ...versionFields,
      collectionId: sql<string>`${artifactCollection.id}`.as("collection_id"),
      versions: artifactCollection.live,
      about: aboutWhereAny(sql`${artifactCollection.key}`).as("about"),
    })
    .from(artifactCollection)
    .innerJoin(artifact, eq(artifact.id, artifactCollection.latestId))
    .$dynamic();
  return join ? rows.innerJoin(join.table, join.on) : rows;
}

/** The type cannot express that a version under a key has both; a check constraint of the table guarantees it. */
function toCollection(raw: DriverRow): ArtifactCollection<never> {
  const row = toVersion(raw);
  const versions = Number(raw.live);
  const collectionId = String(raw.collection_id);
  return Object.assign(row, {
    key: row.key ?? "",
    version: row.version ?? 0,
    collectionId,
    versions,
    about: toAbout(raw.about),
  });
}

/** How a collection is written as JSON. */
export const collectionJson = {
  ...versionJson,
  collectionId: jsonField(artifactCollection.id, "collection_id"),
  versions: jsonField(artifactCollection.live),
  about: computedField("about", toAbout),
};

/** The keys that match, by the ids of their latest versions; its row has the columns of all but three filters. */
function matchingKeys(
  db: Database,
  where: Where | undefined,
  which: SQL | undefined,
  more: Record<string, SQL.Aliased> = {},
  join?: Join,
) {
  const keys = db
    .select({ id: sql`${artifactCollection.latestId}`.as("id"), ...more })
    .from(artifactCollection)
    .where(which)
    .$dynamic();
  const joined = join ? keys.innerJoin(join.table, join.on) : keys;
  return where && readsVersion(where) ? joined.innerJoin(artifact, eq(artifact.id, latest.id)) : joined;
}

/** The latest version of each key whose latest matches, by limit and offset. Data and errors: as for `artifact.list`. */
export async function list(db: Database, input: CollectionList): Promise<ArtifactCollection<RawJson>[]> {
  return readList(db, "collection", input, toCollection, (part) => listQuery(db, input, part));
}

/** What `list` returns, as JSON in UTF-8. */
export async function writeList(
  db: Database,
  input: CollectionList,
  format: ListFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  return writeRows(db, "collection", input, format, (part) => listQuery(db, input, part));
}

/** What `list` returns with its data, of any size, row by row; see `streamRows`. */
export function stream(
  db: Database,
  input: CollectionList,
  caller: string,
): ReadableStream<ArtifactCollection<RawJson>> {
  return streamRows(db, caller, toCollection, async (tx) => tx.execute(await listQuery(tx, input, input)));
}

async function listQuery(db: Database, { where, sort }: CollectionList, part: Part): Promise<SQL> {
  const order = collectionOrder(db, sort);
  const which = await matchingCollections(db, where, endOf(part), order);
  if (part.offset === 0) {
    return selectInOrder(order, null, part.limit, (from, join) => collections(db, join).where(and(which, from)));
  }
  // Rows before the offset are skipped without joining their versions.
  const value = sortValue(order);
  const ids = (limit: Limit) =>
    selectInOrder(order, null, limit, (from, join) => matchingKeys(db, where, and(which, from), value, join));
  const page = and(isNotNull(latest.id), sql`${latest.id} = any(array(${partOf(ids, part)}))`);
  return sql`${collections(db).where(page)} order by ${orderBy(order)}`;
}

/** The latest version of each key whose latest matches, a page at a time. Data and errors: as for `artifact.page`. */
export async function page(
  db: Database,
  input: CollectionPage,
  author: Author,
): Promise<SearchedPage<ArtifactCollection<RawJson>>> {
  const { where, sort, limit, asOf, pinned } = input;
  const own = pinned === undefined ? undefined : isPinned(latest.key, pinned, author);
  const order = collectionOrder(db, sort);
  const found = await readFrom(
    input,
    order,
    ["collection", sort, where ?? {}, ...(asOf ? [asOf] : [])],
    async (position) => {
      const which = and(await matchingCollections(db, where, limit + 1, order, position), own);
      const select: SelectRows = (from, join) => collections(db, join).where(and(which, from));
      return readRows(db, selectInOrder(order, position, limit + 1, select), input, toCollection);
    },
  );
  return withPending(db, where?.query, found);
}

/** How many of the keys that match, the newest, are compared for the best. */
const MAX_RANKED = 2_000;

/**
 * The latest versions that match, those that have the free text of the query in key or title first, then in description or
 * names of columns, then elsewhere; there often, and at the beginning, first; equal ones by their age. Data and errors: as for `artifact.page`.
 */
export async function best(db: Database, input: SearchBest): Promise<ArtifactCollection<RawJson>[]> {
  const { where, limit } = input;
  const { key, created, latestId } = artifactCollection;
  const found = matchingKeys(db, where, await matchingCollections(db, where, MAX_RANKED), {
    key: sql`${key}`.as("key"),
    created: sql`${created}`.as("created"),
  });
  const terms = termsOf(treeOf(where.query)).map(parseTerm);
  const { join, score } = joinScores(sql`found.key`, terms);
  const ranked = await db.execute<{ id: string }>(sql`
    select found.id from (${found.orderBy(desc(created), desc(latestId)).limit(MAX_RANKED)}) found ${join}
    order by ${score} desc, found.created desc, found.id desc limit ${limit}`);
  const ids = ranked.map(({ id }) => id);
  const rows = collections(db).where(and(isNotNull(latest.id), sql`${latest.id} = any(${uuids(ids)})`));
  return readRows(db, sql`${rows} order by array_position(${uuids(ids)}, ${latest.id})`, input, toCollection);
}

/** How many keys have a latest version that matches; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: ArtifactCount): Promise<number> {
  return boundedCount(db, matchingKeys(db, where, await matchingCollections(db, where)), atMost);
}

/** What the latest versions that match have in common. */
export async function facets(db: Database, { where }: ArtifactFacets): Promise<Facets> {
  const found = db
    .select({
      id: artifact.id,
      key: latest.key,
      tags: latest.tags,
      type: latest.type,
      flow_run_id: latest.flowRunId,
      created_by: artifact.createdBy,
    })
    .from(artifactCollection)
    .innerJoin(artifact, eq(artifact.id, latest.id))
    .where(await matchingCollections(db, where, MAX_FACET_ROWS))
    .orderBy(desc(latest.created), desc(latest.id));
  return facetsOf(db, sql`${found}`);
}

/** The most folders in one response. */
const MAX_FOLDERS = 1000;

/**
 * The folders directly in a folder, by name, with how many keys in each have a latest version that matches; at most 1,000.
 * @param isWhole whether `db` has all keys
 */
export async function folders(
  db: Database,
  { where, folder }: CollectionFolders,
  isWhole: boolean,
): Promise<KeyFolder[]> {
  const { key } = artifactCollection;
  const filter = await matchingLatest(db, where, Number.POSITIVE_INFINITY, newestFirst(db), null);
  const indexed = filter === undefined && isWhole ? await foldersByIndex(db, folder, MAX_FOLDERS) : null;
  if (indexed) return indexed;
  const rest = sql`substr(${key}, ${folder.length + 1}::int)`;
  const name = sql`split_part(${rest}, '/', 1)`.as("name");
  const which = and(hasVersions, filter, isIn(key, folder), sql`strpos(${rest}, '/') > 0`);
  const rows = await db.execute<{ name: string; keys: string }>(sql`
    select name, count(*) as keys from (${matchingKeys(db, where, which, { name })}) found
    group by name order by name limit ${MAX_FOLDERS}`);
  return rows.map(({ name, keys }) => ({ folder: `${folder}${name}/`, keys: Number(keys) }));
}
