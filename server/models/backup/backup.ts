import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { BackupFrom, Part, PartHead, Snapshot } from "#contract/backup";
import { VitrineError } from "#contract/error";
import type { Database } from "#db/postgres";
import {
  artifact,
  artifactCollection,
  artifactData,
  artifactIdempotency,
  artifactTrash,
  deployment,
  flow,
  flowRun,
  taskRun,
} from "#db/schema";
import { withSlot } from "#db/slots";
import { uuids } from "../query/where";
import { handOver } from "./stream";

/** All that a store holds beside the data of its versions, each table with what orders its rows. */
export const TABLES = [
  [flow, flow.id],
  [deployment, deployment.id],
  [flowRun, flowRun.id],
  [taskRun, taskRun.id],
  [artifact, artifact.id],
  [artifactTrash, artifactTrash.id],
  [artifactCollection, artifactCollection.key],
  [artifactIdempotency, artifactIdempotency.key],
] as const;

/** How many rows, or how much data, one part holds at most; a single version may have more. */
const ROWS = 5_000;
const VERSIONS = 1_000;
const BYTES = 4 * 1024 * 1024;

type Tell = (part: Part) => Promise<void>;

/**
 * Everything that a store holds, in one state of it, part by part: the data of all versions first, for it is most of it
 * and need not be sent twice; then the tables.
 * @param from where one that was interrupted goes on: with the data that came or changed since, and then the rest
 * @throws StoreError CONFLICT where `from` is of another store
 */
export function backup(db: Database, from: BackupFrom | null): ReadableStream<Part> {
  return handOver((tell) =>
    withSlot(() =>
      db.transaction((tx) => read(tx, from, tell), { isolationLevel: "repeatable read", accessMode: "read only" }),
    ),
  );
}

async function read(tx: Database, from: BackupFrom | null, tell: Tell): Promise<void> {
  // The reader's pace is not ours.
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  const snapshot = await snapshotOf(tx);
  if (from && from.store !== snapshot.store) {
    throw new VitrineError("CONFLICT", "This backup was begun from another store: begin it anew, in another file.");
  }
  const counts = await countsOf(tx);
  await tell({ head: { part: "begin", snapshot, counts }, content: NONE });
  if (from) {
    await data(tx, tell, sql`v.id <= ${from.after}::uuid and ${changedSince(from.seen)}`, true);
    await tell({ head: { part: "caught-up" }, content: NONE });
  }
  await data(tx, tell, from ? sql`v.id > ${from.after}::uuid` : sql`true`, false);
  for (const [table, order] of TABLES) {
    const columns = Object.values(getTableColumns(table)).map(({ name }) => name);
    const rows = sql`select row_to_json(t)::text as row from ${table} t order by t.${sql.identifier(order.name)}`;
    for await (const batch of walked(tx, rows, ROWS)) {
      const content = Buffer.from(`[${batch.map(({ row }) => row).join(",")}]`);
      await tell(await packed({ part: "rows", table: getTableName(table), columns, rows: batch.length }, content));
    }
  }
  await tell({ head: { part: "end", counts }, content: NONE });
}

const NONE = new Uint8Array();

async function snapshotOf(tx: Database): Promise<Snapshot> {
  const [row] = await tx.execute<{ store: string; seen: string }>(sql`
    select system_identifier::text || '-' || oid as store, pg_current_snapshot()::text as seen
    from pg_control_system(), pg_database where datname = current_database()`);
  if (!row) throw new Error("a database has an identity");
  return { store: row.store, seen: row.seen };
}

/** How many rows each table holds. */
export async function countsOf(tx: Database): Promise<{ [table: string]: number }> {
  const counts = [];
  for (const table of [...TABLES.map(([table]) => table), artifactData]) {
    const [row] = await tx.execute<{ n: string }>(sql`select count(*) as n from ${table}`);
    counts.push([getTableName(table), Number(row?.n)]);
  }
  return Object.fromEntries(counts);
}

/**
 * Whether a version's data was written by a transaction that a snapshot does not show. A row has the lower half of
 * that transaction's number; the upper one follows from the number that is next.
 */
function changedSince(seen: string): SQL {
  const next = sql`pg_snapshot_xmax(pg_current_snapshot())::text::bigint`;
  const low = sql`d.xmin::text::bigint`;
  const whole = sql`(${next} >> 32 << 32) + ${low} - case when ${low} > ${next} % 4294967296 then 4294967296 else 0 end`;
  return sql`not pg_visible_in_snapshot(greatest(${whole}, 0)::text::xid8, ${seen}::pg_snapshot)`;
}

/** The data of the versions that match, living and removed, in the order of their ids, in parts of a bounded size. */
async function data(tx: Database, tell: Tell, which: SQL, again: boolean): Promise<void> {
  const versions = sql`
    select v.id, v.size from (select id, size from ${artifact} union all select id, size from ${artifactTrash}) v
    ${again ? sql`join ${artifactData} d on d.artifact_id = v.id` : sql``} where ${which} order by v.id`;
  let ids: string[] = [];
  let size = 0;
  const send = async () => {
    if (ids.length > 0) await tell(await dataOf(tx, ids, again));
    [ids, size] = [[], 0];
  };
  for await (const batch of walked(tx, versions, ROWS)) {
    for (const version of batch) {
      const more = Number(version.size);
      if (ids.length === VERSIONS || size + more > BYTES) await send();
      ids.push(String(version.id));
      size += more;
    }
  }
  await send();
}

/** First a line that says whose data it is and how many bytes each has, then the data itself. */
async function dataOf(tx: Database, ids: string[], again: boolean): Promise<Part> {
  const stored = await tx
    .select()
    .from(artifactData)
    .where(sql`${artifactData.artifactId} = any(${uuids(ids)})`)
    .orderBy(artifactData.artifactId);
  const texts = stored.map(({ data }) => Buffer.from(data));
  const lengths = stored.map(({ artifactId }, i) => [artifactId, texts[i]?.byteLength]);
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(lengths)}\n`), ...texts]);
  return packed({ part: "data", rows: stored.length, last: ids.at(-1) ?? "", again }, content);
}

type Described = PartHead extends infer Head
  ? Head extends { sum: string; bytes: number }
    ? Omit<Head, "sum" | "bytes">
    : never
  : never;

async function packed(head: Described, plain: Uint8Array): Promise<Part> {
  const content = await promisify(gzip)(plain, { level: 4 });
  return { head: { ...head, bytes: content.byteLength, sum: sumOf(content) }, content };
}

/** What content is known by. */
export function sumOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The rows of a statement, so many at a time, of the state that the transaction sees. */
async function* walked(tx: Database, rows: SQL, most: number): AsyncGenerator<Record<string, unknown>[]> {
  await tx.execute(sql`declare walk no scroll cursor for ${rows}`);
  for (;;) {
    const batch = await tx.execute(sql.raw(`fetch ${most} from walk`));
    if (batch.length > 0) yield batch;
    if (batch.length < most) break;
  }
  await tx.execute(sql`close walk`);
}
