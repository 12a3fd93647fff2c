import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type {
  Artifact,
  ArtifactCount,
  ArtifactDetail,
  ArtifactFacets,
  ArtifactList,
  ArtifactPage,
  ArtifactRead,
  ArtifactUpdate,
} from "#contract/artifact";
import type { CollectionLatest } from "#contract/collection";
import { VitrineError } from "#contract/error";
import { isFileType } from "#contract/file-type";
import { LATEST } from "#contract/label";
import type { Facets, SearchedPage } from "#contract/paging";
import type { RawJson } from "#contract/raw-json";
import { compiled, type DriverRow, statement } from "#db/compiled";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection, artifactData, label } from "#db/schema";
import { type Author, authorColumns } from "./author";
import { blobIn, loadBlob, STORED_DATA } from "./data/load";
import { isLarge, storeLarge } from "./large-data";
import { dependsOnType, measure } from "./measure";
import { boundedCount } from "./query/count";
import { readRows, storedData } from "./query/data";
import { facetsOf, MAX_FACET_ROWS } from "./query/facets";
import type { ListFormat } from "./query/json-rows";
import { endOf, type Limit, type Part, partOf, readList, writeList as writeRows } from "./query/list";
import { type Order, orderBy, type Position, readFrom, type SelectRows, selectInOrder, valueName } from "./query/page";
import type { Reading } from "./query/sample";
import { readShared } from "./query/shared-data";
import { streamRows } from "./query/stream";
import { matching, sortKey, versionOrder } from "./query/version-filter";
import { byColumn } from "./recordset";
import { targetOf } from "./rename";
import { withPending } from "./search/fill";
import { dataOf, withData } from "./store-data";
import { storedTags } from "./tag";
import { notFoundError, toVersion, versionColumns, versionFields } from "./version";
import { withReachedVersion } from "./within-reach";

/** The largest data that is decoded without a pause, in bytes. */
const MAX_AT_ONCE = 4 * 1024 * 1024;

/**
 * One version by id, or by key and number, with its data and the ids of its neighbours; by a key that was renamed, that of
 * the new key. NOT_FOUND, with the time of removal of a removed one.
 */
export async function read(db: Database, which: ArtifactRead): Promise<ArtifactDetail<RawJson>> {
  const row = "id" in which ? await byId(db, which) : await byNumber(db, which);
  if (row) return toDetail(row);
  const target = "key" in which ? await targetOf(db, which.key) : null;
  if (target === null || !("key" in which)) throw await notFoundError(db, which);
  const renamed = { key: target, version: which.version };
  const found = await byNumber(db, renamed);
  if (!found) throw await notFoundError(db, renamed);
  return toDetail(found);
}

/**
 * The newest version of a key, or the one with a label, under its own id, with its data; of a key that was renamed, that of
 * the new key. NOT_FOUND if there is none.
 */
export async function latest(
  db: Database,
  { key, label: name = LATEST }: CollectionLatest,
): Promise<ArtifactDetail<RawJson>> {
  const row = await named(db, key, name);
  if (row) return toDetail(row);
  const target = await targetOf(db, key);
  const found = target === null ? undefined : await named(db, target, name);
  if (found) return toDetail(found);
  const lacks = name === LATEST ? "has no versions" : `has no label "${name}"`;
  throw new VitrineError("NOT_FOUND", `Key "${target ?? key}" ${lacks}.`, { key: target ?? key });
}

function named(db: Database, key: string, name: string): Promise<DriverRow | undefined> {
  return name === LATEST ? latestOf(db, { key }) : labelled(db, { key, label: name });
}

const byId = detailReader<{ id: string }>(() => eq(artifact.id, sql.placeholder("id")));

const byNumber = detailReader<{ key: string; version: number }>(() =>
  and(eq(artifact.key, sql.placeholder("key")), eq(artifact.version, sql.placeholder("version"))),
);

const latestOf = detailReader<{ key: string }>((db) => {
  const named = eq(artifactCollection.key, sql.placeholder("key"));
  const pointer = db.select({ id: artifactCollection.latestId }).from(artifactCollection).where(named);
  return sql`${artifact.id} = (${pointer})`;
});

const labelled = detailReader<{ key: string; label: string }>((db) => {
  const named = and(eq(label.key, sql.placeholder("key")), eq(label.name, sql.placeholder("label")));
  return sql`${artifact.id} = (${db.select({ id: label.artifactId }).from(label).where(named)})`;
});

/**
 * Reads the version that a condition names: one with large data again, by a statement whose result is decoded in steps, unless
 * others have the same data.
 */
function detailReader<Values extends DriverRow>(condition: (db: Database) => SQL | undefined) {
  const isSmall = sql`${artifact.size} <= ${sql.raw(String(MAX_AT_ONCE))} or d.data is null`;
  const small = sql`case when ${isSmall} then ${STORED_DATA} end`;
  const read = compiled<Values>((db) => detail(db, condition(db), small));
  const readLarge = compiled<Values>((db) => detail(db, condition(db), sql`${STORED_DATA} ${LARGE_VALUES}`));
  return async (db: Database, values: Values): Promise<DriverRow | undefined> => {
    const [row] = await read(db, values);
    if (row === undefined) return undefined;
    const sha256 = blobIn(row.data);
    if (sha256 !== null) return withBlob(db, row, sha256);
    if (row.data !== null) return row;
    // Only the data may be that of others: they may have read another version.
    let own = row;
    const found = await readShared(hashOf(row), async () => {
      const [again] = await readLarge(db, values);
      if (!again) return null;
      own = again;
      const moved = blobIn(again.data);
      const data =
        moved === null
          ? storedData(toVersion(again), String(again.data))
          : await loadBlob(db, moved, { id: toVersion(again).id });
      return { sha256: hashOf(again), data };
    });
    return found ? { ...own, data: found.data } : undefined;
  };
}

async function withBlob(db: Database, row: DriverRow, sha256: string): Promise<DriverRow> {
  const found = await readShared(sha256, async () => ({
    sha256,
    data: await loadBlob(db, sha256, { id: toVersion(row).id }),
  }));
  return { ...row, data: found?.data };
}

function hashOf({ sha256 }: DriverRow): string | null {
  return sha256 instanceof Uint8Array ? Buffer.from(sha256).toString("hex") : null;
}

function detail(db: Database, named: SQL | undefined, data: SQL) {
  const { id, key, version } = artifact;
  const neighbour = (side: SQL, direction: SQL) =>
    sql<
      string | null
    >`(select n.id from artifact n where n.key = ${key} and n.version ${side} ${version} order by n.version ${direction} limit 1)`;
  return db
    .select({
      ...versionFields,
      data: data.as("data"),
      older: neighbour(sql`<`, sql`desc`).as("older"),
      newer: neighbour(sql`>`, sql`asc`).as("newer"),
    })
    .from(artifact)
    .innerJoin(sql`${artifactData} d`, sql`d.artifact_id = ${id}`)
    .where(named);
}

function toDetail(raw: DriverRow): ArtifactDetail<RawJson> {
  // The other fields that `detail` selects.
  const { data, older, newer } = raw as { data: string | RawJson; older: string | null; newer: string | null };
  const version = toVersion(raw);
  const content = typeof data === "string" ? storedData(version, data) : data;
  const rest = { isLatest: newer === null, older, newer, data: content };
  return Object.assign(version, rest);
}

/**
 * Changes a version in place under the lock of its key: absent keeps, null clears, and no change does nothing. What it
 * replaces is kept as a revision.
 * @param keep how many revisions of a version are kept
 * @throws VitrineError NOT_FOUND; CONFLICT with the current row where it was updated since `ifUpdated`
 */
export async function update(
  db: Database,
  input: z.output<typeof ArtifactUpdate>,
  author: Author,
  keep: number,
): Promise<Artifact> {
  if (isLarge(input.data)) await storeLarge(db, [input], author);
  return withReachedVersion(db, input.id, author.keys, (db) => updateReached(db, input, author, keep));
}

async function updateReached(
  db: Database,
  input: z.output<typeof ArtifactUpdate>,
  author: Author,
  keep: number,
): Promise<Artifact> {
  const { id, ifUpdated, data, tags, reason, ...fields } = input;
  const type = data && (await typeOf(db, id, data));
  if (isFileType(type)) {
    const message = "The files of a version do not change; publish a new version of its key.";
    throw new VitrineError("BAD_REQUEST", message, { field: "data" });
  }
  const measured = data && (await measure(type, data));
  const columns = byColumn(artifact, { ...fields, tags: storedTags(tags), ...measured });
  const by = authorColumns(author, reason);
  const [row] = await withData(db, data, measured?.sha256 ?? null, (db, stored) => {
    const changes = JSON.stringify({ ...columns, preview: measured?.preview, data_blob: stored.blob ?? undefined });
    return change(db, { id, ifUpdated: ifUpdated ?? null, changes, author: by, keep, ...stored });
  });
  if (!row) throw await notFoundError(db, { id });
  const current = toVersion(row);
  if (!row.stale) return current;
  throw staleError(current);
}

export function staleError(current: Artifact): VitrineError {
  return new VitrineError("CONFLICT", "This version was changed since you loaded it: reload it and save again.", {
    current,
  });
}

/** The statement of an update; its `changes` may have `revert_to`, the number of a revision, and `data_blob`. */
export const change = statement(
  ["id", "ifUpdated", "data", "object", "changes", "author", "keep"],
  (v) => sql`
    select stale, ${versionColumns("(current).")}
    from artifact_update(${v.id}::uuid, ${v.ifUpdated}::timestamptz, ${dataOf(v)}, ${v.changes}::jsonb, ${v.author}::jsonb,
      ${v.keep}::int)`,
);

/** The type of a version, which never changes, where what is stored of its new data depends on it. */
async function typeOf(db: Database, id: string, data: RawJson): Promise<string | null> {
  if (!dependsOnType(data)) return null;
  const [row] = await db.select({ type: artifact.type }).from(artifact).where(eq(artifact.id, id));
  return row?.type ?? null;
}

/** The versions that match, by limit and offset, with data if included. PAYLOAD_TOO_LARGE above 32 MiB. */
export async function list(db: Database, input: ArtifactList): Promise<Artifact<RawJson>[]> {
  return readList(db, "artifact", input, toVersion, (part) => listQuery(db, input, part));
}

/** What `list` returns, as JSON in UTF-8. */
export async function writeList(
  db: Database,
  input: ArtifactList,
  format: ListFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  return writeRows(db, "artifact", input, format, (part) => listQuery(db, input, part));
}

/** What `list` returns with its data, of any size, row by row; see `streamRows`. */
export function stream(db: Database, input: ArtifactList, caller: string): ReadableStream<Artifact<RawJson>> {
  return streamRows(db, caller, toVersion, async (tx) => tx.execute(await listQuery(tx, input, input)));
}

/** Reads the first ids of an order that match, from an index alone where there is one for it. */
function reading(order: Order<Artifact>, position: Position | null, limit: number): Reading<Artifact> {
  const value = valueName(order) === undefined ? sql`` : sql`, ${order.value}`;
  const select: SelectRows = (which, join) =>
    sql`select id${value} from ${artifact} ${join && sql`join ${join.table} on ${join.on}`} ${which && sql`where ${which}`}`;
  return { order, position, limit, select };
}

/** Reads all that match, or the newest of them. */
function readingNewest(db: Database, limit = Number.POSITIVE_INFINITY): Reading<Artifact> {
  return reading(versionOrder(db, artifact, sortKey, "CREATED_DESC"), null, limit);
}

/** Takes the page of ids from an index alone, then reads only its rows. */
async function listQuery(db: Database, { where, sort }: ArtifactList, part: Part): Promise<SQL> {
  const order = versionOrder(db, artifact, sortKey, sort);
  const read = reading(order, null, endOf(part));
  const which = await matching(db, artifact, where, read, sort);
  const ids = (limit: Limit) => selectInOrder(order, null, limit, (from, join) => read.select(and(which, from), join));
  return sql`select ${versionColumns()} from ${artifact} where id = any(array(${partOf(ids, part)})) order by ${orderBy(order)}`;
}

/** The versions that match, a page at a time by cursor. Errors: those of `list`, and BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: ArtifactPage): Promise<SearchedPage<Artifact<RawJson>>> {
  const { where, sort, limit, asOf } = input;
  const order = versionOrder(db, artifact, sortKey, sort);
  const found = await readFrom(
    input,
    order,
    ["artifact", sort, where ?? {}, ...(asOf ? [asOf] : [])],
    async (position) => {
      const which = await matching(db, artifact, where, reading(order, position, limit + 1), sort);
      const select: SelectRows = (from, join) => {
        const rows = db.select(versionFields).from(artifact).$dynamic();
        return (join ? rows.innerJoin(join.table, join.on) : rows).where(and(which, from));
      };
      return readRows(db, selectInOrder(order, position, limit + 1, select), input, toVersion);
    },
  );
  return withPending(db, where?.query, found);
}

/** How many versions match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: ArtifactCount): Promise<number> {
  const which = await matching(db, artifact, where, readingNewest(db));
  return boundedCount(db, db.select({ id: artifact.id }).from(artifact).where(which).$dynamic(), atMost);
}

/** What the versions that match have in common. */
export async function facets(db: Database, { where }: ArtifactFacets): Promise<Facets> {
  const found = db
    .select({
      id: artifact.id,
      key: artifact.key,
      tags: artifact.tags,
      type: artifact.type,
      flow_run_id: artifact.flowRunId,
      created_by: artifact.createdBy,
    })
    .from(artifact)
    .where(await matching(db, artifact, where, readingNewest(db, MAX_FACET_ROWS)))
    .orderBy(desc(artifact.created), desc(artifact.id));
  return facetsOf(db, sql`${found}`);
}
