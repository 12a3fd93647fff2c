import { sql } from "drizzle-orm";
import type { BlobStore } from "#blobs/store";
import type { AdminMoveData, DataMoved } from "#contract/admin";
import { RawJson } from "#contract/raw-json";
import { decodedText, toRawResult, UNDECODED } from "#db/connection/large-values";
import type { Database, Pools } from "#db/postgres";
import { runBySize } from "#formats/steps";
import type { Author } from "./author";
import { blobs } from "./data/blobs";
import { loadIntact } from "./data/load";
import { allowOlderServers, startStoringBlobs, stopStoringBlobs } from "./data-switch";
import { lockLarge, storeText, withinLimit } from "./large-data";
import { sha256Of } from "./measure";
import { uuids } from "./query/where";
import { dataOf, withData } from "./store-data";

/** How many rows are looked at in a batch, and how many are moved, of so many bytes in total unless it is one. */
const BATCH = { rows: 5_000, moved: 200, bytes: 32 * 1024 * 1024 };

/** Of how many rows a statement reads the data, of so many stored bytes in total unless it is one. */
const GROUP = { rows: 100, stored: 1024 * 1024 };

/** Neither pglz nor LZ4 leaves a smaller part of a text, so that what is stored as fewer bytes need not be read. */
const MAX_RATIO = 256;

/**
 * Moves a batch of data, of versions, those in the trash and revisions, ordered by id: what is above the inline limit to the blob store,
 * or all that is there back into the database. What is written meanwhile goes to the same place. It may be interrupted anywhere. What
 * the blob store has lost, or has with other bytes, is left as it is and counted.
 * @throws VitrineError as `startStoringBlobs`
 */
export async function moveData(
  pools: Pick<Pools, "long" | "hidesPrograms">,
  { to, after, confirmed }: AdminMoveData,
  author: Author,
): Promise<DataMoved> {
  const db = pools.long;
  if (to === "blobs") {
    await startStoringBlobs(pools, confirmed);
    const { store } = blobs();
    const batch = await nextInline(db, after);
    return move(batch, async (row) => (store !== null && (await toBlob(db, store, row, author)) ? "moved" : "changed"));
  }
  await stopStoringBlobs(db);
  const batch = await nextBlobs(db, after);
  const moved = await move(batch, (row) => toInline(db, row));
  return moved.next === null ? { ...moved, left: await allowOlderServers(db) } : moved;
}

interface Row extends Record<string, unknown> {
  id: string;
  bytes: string;
}

/** The rows of a batch that are to be moved, and the last id that was looked at; null after the last one. */
interface Batch {
  rows: Row[];
  last: string | null;
}

/** What became of a row: it was changed meanwhile, or its data is lost. */
type Outcome = "moved" | "changed" | "lost";

async function move({ rows, last }: Batch, moveRow: (row: Row) => Promise<Outcome>): Promise<DataMoved> {
  const result: DataMoved = { moved: 0, bytes: 0, lost: 0, left: 0, next: last };
  let read = 0;
  for (const [index, row] of rows.entries()) {
    const outcome = await moveRow(row);
    if (outcome === "lost") result.lost += 1;
    if (outcome === "moved") {
      result.moved += 1;
      result.bytes += Number(row.bytes);
    }
    read += Number(row.bytes);
    const isLast = index + 1 === rows.length;
    if (!isLast && (index + 1 === BATCH.moved || read > BATCH.bytes)) return { ...result, next: row.id };
  }
  return result;
}

async function nextInline(db: Database, after: string | undefined): Promise<Batch> {
  const { inline } = blobs();
  // The stored size is known without reading what is stored.
  const next = await db.execute<{ id: string; stored: number | null }>(sql`
    select artifact_id as id, pg_column_size(data) as stored from artifact_data
    ${after === undefined ? sql`` : sql`where artifact_id > ${after}::uuid`} order by artifact_id limit ${BATCH.rows}`);
  const candidates = next.filter(({ stored }) => stored !== null && stored > inline / MAX_RATIO);
  const rows: Row[] = [];
  let read = 0;
  for (let from = 0; from < candidates.length; ) {
    const group = groupOf(candidates, from);
    const sized = await db.execute<Row>(sql`
      select artifact_id as id, octet_length(data::text) as bytes from artifact_data
      where artifact_id = any(${uuids(group)}) and data is not null order by artifact_id`);
    for (const row of sized) {
      read += Number(row.bytes);
      if (Number(row.bytes) > inline) rows.push(row);
    }
    from += group.length;
    if (from < candidates.length && (rows.length >= BATCH.moved || read > BATCH.bytes)) {
      return { rows, last: group.at(-1) ?? null };
    }
  }
  return { rows, last: next.at(-1)?.id ?? null };
}

/** The ids of the rows that a statement reads, from one on. */
function groupOf(candidates: readonly { id: string; stored: number | null }[], from: number): string[] {
  const ids: string[] = [];
  let sum = 0;
  for (const { id, stored } of candidates.slice(from, from + GROUP.rows)) {
    sum += stored ?? 0;
    if (ids.length > 0 && sum > GROUP.stored) break;
    ids.push(id);
  }
  return ids;
}

async function nextBlobs(db: Database, after: string | undefined): Promise<Batch> {
  const rows = await db.execute<Row & { blob: string }>(sql`
    select d.artifact_id as id, b.size as bytes from artifact_data d join blob b on b.sha256 = d.blob_sha256
    where ${after === undefined ? sql`true` : sql`d.artifact_id > ${after}::uuid`}
    order by d.artifact_id limit ${BATCH.moved}`);
  return { rows, last: rows.at(-1)?.id ?? null };
}

/** @returns whether it was moved, and not changed meanwhile */
async function toBlob(db: Database, store: BlobStore, { id }: Row, author: Author): Promise<boolean> {
  const found = toRawResult(
    await db.execute(sql`select xmin::text, data from artifact_data where artifact_id = ${id}::uuid ${UNDECODED}`),
  );
  const [stamp, bytes] = found[0] ?? [];
  if (!Buffer.isBuffer(bytes) || !stamp) return false;
  const data = RawJson.fromText(await runBySize(bytes.byteLength, decodedText(bytes)), bytes.byteLength);
  const sha256 = await sha256Of(data);
  await storeText(db, withinLimit(store), { data, sha256, spool: blobs().spool }, author);
  return db.transaction(async (tx) => {
    const isLocked = (await lockLarge(tx, [sha256])).has(sha256);
    const moved = isLocked
      ? await tx.execute(sql`update artifact_data set data = null, blob_sha256 = decode(${sha256}, 'hex')
          where artifact_id = ${id}::uuid and data is not null and xmin::text = ${stamp.toString()} returning artifact_id`)
      : [];
    return moved.length > 0;
  });
}

async function toInline(db: Database, { id }: Row): Promise<Outcome> {
  const [row] = await db.execute<{ sha256: string }>(
    sql`select encode(blob_sha256, 'hex') as sha256 from artifact_data where artifact_id = ${id}::uuid and data is null`,
  );
  if (!row) return "changed";
  const data = await loadIntact(db, row.sha256);
  if (!data) return "lost";
  const moved = await withData(db, data, null, (db, parameters) =>
    db.execute(sql`update artifact_data set data = ${dataOf(parameters)}, blob_sha256 = null
      where artifact_id = ${id}::uuid and blob_sha256 = decode(${row.sha256}, 'hex') returning artifact_id`),
  );
  return moved.length > 0 ? "moved" : "changed";
}
