import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import { openPlain } from "#blobs/compression";
import type { BlobStore } from "#blobs/store";
import type { BackupFrom, Part, PartHead, Snapshot } from "#contract/backup";
import { VitrineError } from "#contract/error";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import {
  actor,
  artifact,
  artifactCollection,
  artifactData,
  artifactFile,
  artifactIdempotency,
  artifactRevision,
  artifactTrash,
  blob,
  collectionAbout,
  deployment,
  event,
  eventWatermark,
  flow,
  flowRun,
  keyRedirect,
  label,
  person,
  pin,
  protectedLabel,
  reader,
  readMark,
  taskRun,
  trashPeriod,
  view,
  viewDefault,
} from "#db/schema";
import type { Locks } from "#db/slot-pool";
import { withSlot } from "#db/slots";
import { streamOf } from "#db/work-stream";
import { runBySize, STEP } from "#formats/steps";
import { blobIn, loadAll, STORED_DATA } from "../data/load";
import { DATA_SIZE } from "../query/data";
import { uuids } from "../query/where";

type Table = (typeof TABLES)[number][0];

/** Every table except the data of versions, with the column that orders its rows. */
export const TABLES = [
  [flow, flow.id],
  [deployment, deployment.id],
  [flowRun, flowRun.id],
  [taskRun, taskRun.id],
  [artifact, artifact.id],
  [artifactTrash, artifactTrash.id],
  [artifactCollection, artifactCollection.key],
  [blob, blob.sha256],
  [artifactFile, artifactFile.artifactId],
  [artifactIdempotency, artifactIdempotency.key],
  [artifactRevision, artifactRevision.artifactId],
  [trashPeriod, trashPeriod.artifactId],
  [label, label.key],
  [collectionAbout, collectionAbout.key],
  [protectedLabel, protectedLabel.name],
  [keyRedirect, keyRedirect.key],
  [actor, actor.id],
  [person, person.id],
  [pin, pin.actorId],
  [view, view.id],
  [viewDefault, viewDefault.actorId],
  [reader, reader.actorId],
  [readMark, readMark.actorId],
  [event, event.id],
  [eventWatermark, eventWatermark.id],
] as const;

/** The maximum rows, versions and bytes of one part; a single version may be larger. */
const MAX_ROWS = 5_000;
const MAX_VERSIONS = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** The most bytes of a file in one part. */
const MAX_BLOB_PART = 4 * 1024 * 1024;

/** Rows are read in batches of so many, each of up to 128 KiB. */
const MAX_FETCHED = 500;

/** Backups and restores take their time: together they get at most half of the slots. */
export const BACKUPS: Locks = new Set(["backup"]);

type EmitPart = (part: Part) => Promise<void>;

/**
 * Streams the whole database in one snapshot, part by part: first the data of all versions, which is most of it and
 * is not sent twice, then the tables, and the files that versions name.
 * @param from resumes an interrupted backup: data that was written since, then the rest
 * @param store where files are; null: they are left out
 * @throws VitrineError CONFLICT if `from` belongs to another database
 */
export function backup(
  db: Database,
  from: BackupFrom | null,
  store: Pick<BlobStore, "get"> | null = null,
): ReadableStream<Part> {
  return streamOf((emit) =>
    withSlot(
      "long",
      "backup",
      () =>
        db.transaction((tx) => emitParts(tx, from, store, emit), {
          isolationLevel: "repeatable read",
          accessMode: "read only",
        }),
      () => BACKUPS,
    ),
  );
}

async function emitParts(
  tx: Database,
  from: BackupFrom | null,
  store: Pick<BlobStore, "get"> | null,
  emit: EmitPart,
): Promise<void> {
  // A slow reader must not end the transaction.
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  const snapshot = await currentSnapshot(tx);
  if (from && from.store !== snapshot.store) {
    throw new VitrineError(
      "CONFLICT",
      "This backup was started from another database; start a new one in another file.",
    );
  }
  const counts = await countRows(tx);
  await emit({ head: { part: "begin", snapshot, counts }, content: NO_CONTENT });
  if (from) {
    await emitData(tx, emit, sql`v.id <= ${from.after}::uuid and ${changedSince(from.seen)}`, true);
    await emit({ head: { part: "caught-up" }, content: NO_CONTENT });
  }
  await emitData(tx, emit, from ? sql`v.id > ${from.after}::uuid` : sql`true`, false);
  for (const [table, order] of TABLES) await emitRows(tx, emit, table, order.name);
  if (store) await emitBlobs(tx, store, emit);
  await emit({ head: { part: "end", counts }, content: NO_CONTENT });
}

const NO_CONTENT = new Uint8Array();

async function currentSnapshot(tx: Database): Promise<Snapshot> {
  const [row] = await tx.execute<{ store: string; seen: string }>(sql`
    select system_identifier::text || '-' || oid as store, pg_current_snapshot()::text as seen
    from pg_control_system(), pg_database where datname = current_database()`);
  if (!row) throw new Error("a database has an identity");
  return { store: row.store, seen: row.seen };
}

export async function countRows(tx: Database): Promise<{ [table: string]: number }> {
  const counts = [];
  for (const table of [...TABLES.map(([table]) => table), artifactData]) {
    const [row] = await tx.execute<{ n: string }>(sql`select count(*) as n from ${table}`);
    counts.push([getTableName(table), Number(row?.n)]);
  }
  return Object.fromEntries(counts);
}

/**
 * Whether a version's data was written by a transaction that the snapshot does not see. A row stores the lower half of
 * the transaction id; the upper half follows from the next id.
 */
function changedSince(seen: string): SQL {
  const next = sql`pg_snapshot_xmax(pg_current_snapshot())::text::bigint`;
  const low = sql`d.xmin::text::bigint`;
  const whole = sql`(${next} >> 32 << 32) + ${low} - case when ${low} > ${next} % 4294967296 then 4294967296 else 0 end`;
  return sql`not pg_visible_in_snapshot(greatest(${whole}, 0)::text::xid8, ${seen}::pg_snapshot)`;
}

/** Emits the data of matching versions, their revisions and deleted ones included, by id, in parts of bounded size. */
async function emitData(tx: Database, emit: EmitPart, which: SQL, again: boolean): Promise<void> {
  const versions = sql`
    select v.id, v.size from (
      select id, ${DATA_SIZE} as size from ${artifact} union all select id, ${DATA_SIZE} from ${artifactTrash}
      union all select data_id, size from ${artifactRevision} where data_id is not null) v
    ${again ? sql`join ${artifactData} d on d.artifact_id = v.id` : sql``} where ${which} order by v.id`;
  let ids: string[] = [];
  let size = 0;
  const send = async () => {
    if (ids.length > 0) await emit(await dataPart(tx, ids, again));
    [ids, size] = [[], 0];
  };
  for await (const batch of fetchBatches(tx, versions, MAX_ROWS)) {
    for (const version of batch) {
      const more = Number(version.size);
      if (ids.length === MAX_VERSIONS || size + more > MAX_BYTES) await send();
      ids.push(String(version.id));
      size += more;
    }
  }
  await send();
}

/** Emits the rows of a table, ordered by a column, in parts of bounded size. */
async function emitRows(tx: Database, emit: EmitPart, table: Table, order: string): Promise<void> {
  const columns = Object.values(getTableColumns(table)).map(({ name }) => name);
  let texts: string[] = [];
  let size = 0;
  const send = async () => {
    const head = { part: "rows", table: getTableName(table), columns, rows: texts.length } as const;
    if (texts.length > 0) await emit(await compressPart(head, Buffer.from(`[${texts.join(",")}]`)));
    [texts, size] = [[], 0];
  };
  const rows = sql`select row_to_json(t)::text as row from ${table} t order by t.${sql.identifier(order)}`;
  for await (const batch of fetchBatches(tx, rows, MAX_FETCHED)) {
    for (const { row } of batch) {
      const text = String(row);
      if (texts.length === MAX_ROWS || size + text.length > MAX_BYTES) await send();
      texts.push(text);
      size += text.length;
    }
  }
  await send();
}

/** Emits the files that versions name and the database does not have, in pieces. */
async function emitBlobs(tx: Database, store: Pick<BlobStore, "get">, emit: EmitPart): Promise<void> {
  const named = sql`
    select encode(b.sha256, 'hex') as sha256, b.size, b.codec from ${blob} b where b.content is null and b.stored is not null
      and exists (select from ${artifactFile} f where f.sha256 = b.sha256) order by b.sha256`;
  for await (const batch of fetchBatches(tx, named, MAX_FETCHED)) {
    for (const row of batch) {
      const [sha256, size] = [String(row.sha256), Number(row.size)];
      const codec = row.codec === "gzip" ? "gzip" : "none";
      const bytes = size === 0 ? null : await openPlain(store, { sha256, size, codec });
      let from = 0;
      for await (const piece of piecesOf(bytes, MAX_BLOB_PART)) {
        await emit(await compressPart({ part: "blob", rows: 0, sha256, from, size }, piece));
        from += piece.byteLength;
      }
    }
  }
}

/** The bytes of a stream in pieces of one size, but for the last; one without bytes of none. */
async function* piecesOf(stream: ReadableStream<Uint8Array> | null, size: number): AsyncGenerator<Uint8Array> {
  let piece = Buffer.alloc(0);
  for await (const chunk of stream ?? []) {
    piece = Buffer.concat([piece, chunk]);
    for (; piece.byteLength >= size; piece = piece.subarray(size)) yield piece.subarray(0, size);
  }
  if (piece.byteLength > 0 || stream === null) yield piece;
}

/** A line with the ids and byte lengths, then the data; what is noted as lost has no bytes, but its hash and size. */
async function dataPart(tx: Database, ids: string[], again: boolean): Promise<Part> {
  const stored = await tx
    .select({
      id: sql<string>`d.artifact_id`,
      lostSize: sql<string | null>`case when b.stored is null then b.size end`,
      data: sql<string>`${STORED_DATA} ${LARGE_VALUES}`,
    })
    .from(sql`${artifactData} d left join ${blob} b on b.sha256 = d.blob_sha256`)
    .where(sql`d.artifact_id = any(${uuids(ids)})`)
    .orderBy(sql`d.artifact_id`);
  const texts: Buffer[] = stored.map(({ data, lostSize }) => Buffer.from(lostSize === null ? data : ""));
  await loadAll(
    tx,
    stored.map(({ data, lostSize }) => (lostSize === null ? data : null)),
    (index, bytes) => texts.splice(index, 1, bytes),
    { idOf: (index) => String(stored[index]?.id), isVerified: true },
  );
  const lengths = stored.map(({ id, data, lostSize }, i) =>
    lostSize === null ? [id, texts[i]?.byteLength] : [id, 0, blobIn(data), Number(lostSize)],
  );
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(lengths)}\n`), ...texts]);
  return compressPart({ part: "data", rows: stored.length, last: ids.at(-1) ?? "", again }, content);
}

type HeadWithoutChecksum = PartHead extends infer Head
  ? Head extends { sum: string; bytes: number }
    ? Omit<Head, "sum" | "bytes">
    : never
  : never;

async function compressPart(head: HeadWithoutChecksum, plain: Uint8Array): Promise<Part> {
  const content = await promisify(gzip)(plain, { level: 4 });
  return { head: { ...head, bytes: content.byteLength, sum: await checksum(content) }, content };
}

/** In steps where the content is large. */
export function checksum(content: Uint8Array): string | Promise<string> {
  return runBySize(content.byteLength, hashed(content));
}

function* hashed(content: Uint8Array): Generator<void, string> {
  const hash = createHash("sha256");
  for (let at = 0; at < content.byteLength; at += STEP) {
    hash.update(content.subarray(at, at + STEP));
    yield;
  }
  return hash.digest("hex");
}

/** Reads a statement through a cursor, `size` rows at a time. */
async function* fetchBatches(tx: Database, rows: SQL, size: number): AsyncGenerator<Record<string, unknown>[]> {
  await tx.execute(sql`declare backup_rows no scroll cursor for ${rows}`);
  for (;;) {
    const batch = await tx.execute(sql.raw(`fetch ${size} from backup_rows`));
    if (batch.length > 0) yield batch;
    if (batch.length < size) break;
  }
  await tx.execute(sql`close backup_rows`);
}
