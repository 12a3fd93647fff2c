import { isUtf8 } from "node:buffer";
import { and, eq, getTableColumns, getTableName, ne, type SQL, sql } from "drizzle-orm";
import { NIL } from "uuid";
import { z } from "zod";
import type { RestoreMessage, RestoreState } from "#contract/admin";
import { type Part, PartHead, Whole } from "#contract/backup";
import { VitrineError } from "#contract/error";
import { parseJson } from "#contract/json";
import { Id } from "#contract/value";
import { AD_HOC } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import {
  actor,
  artifact,
  artifactCollection,
  artifactData,
  artifactRevision,
  artifactTrash,
  backupPart,
  blob,
  collectionKey,
  event,
  eventWatermark,
  flowRun,
  person,
  reader,
} from "#db/schema";
import { withSlot } from "#db/slots";
import { streamOf } from "#db/work-stream";
import { inSteps, STEP } from "#formats/steps";
import { doctor } from "../admin";
import type { Author } from "../author";
import { type Blobs, DATABASE_ONLY } from "../data/blobs";
import { recordEvent } from "../event";
import { MAX_PARAMETER, withLargeObject } from "../store-data";
import { BACKUPS, checksum, countRows, TABLES } from "./backup";
import { restoreFiles } from "./restore-files";
import { damagedError, expectUnpackable, unpack } from "./unpack";

/** The part number that marks a restored backup. */
const RESTORED = 0;

/**
 * Starts or resumes a restore: the parts that were received. Parts of another, abandoned backup are deleted.
 * @throws VitrineError CONFLICT if the database holds anything that is not of this backup
 */
export async function begin(db: Database, backup: string): Promise<RestoreState> {
  return db.transaction(async (tx) => {
    const here = await tx
      .select({ number: backupPart.number })
      .from(backupPart)
      .where(eq(backupPart.backup, backup))
      .orderBy(backupPart.number);
    const parts = here.map(({ number }) => number);
    if (parts[0] === RESTORED) return { done: true, parts: [] };
    await expectEmpty(tx);
    await tx.delete(backupPart).where(ne(backupPart.backup, backup));
    return { done: false, parts };
  });
}

/** Tables that have rows in any database: those of the backup are added. */
const ADDED: ReadonlySet<string> = new Set([actor, blob, event, eventWatermark, person, reader].map(getTableName));

async function expectEmpty(tx: Database): Promise<void> {
  const [full] = Object.entries(await countRows(tx)).filter(([table, count]) => count > 0 && !ADDED.has(table));
  if (!full) return;
  throw new VitrineError(
    "CONFLICT",
    `A backup is restored into an empty database, and this one has rows (${full[0]}: ${full[1]}); start a server with another VITRINE_DATA or DATABASE_URL.`,
  );
}

/**
 * Stores a part until all have been received; a part sent again is ignored.
 * @param maxData the largest data of a version, in bytes
 * @throws VitrineError BAD_REQUEST if its checksum differs; PAYLOAD_TOO_LARGE if it unpacks to more than a part contains
 */
export async function storePart(
  db: Database,
  backup: string,
  number: number,
  { head, content }: Part,
  maxData: number,
): Promise<void> {
  if (
    "sum" in head &&
    (head.part === "seal" || head.bytes !== content.byteLength || head.sum !== (await checksum(content)))
  ) {
    throw new VitrineError(
      "BAD_REQUEST",
      `Part ${number} of the backup is corrupt: its content does not match its checksum.`,
    );
  }
  if ("rows" in head) await expectUnpackable(content, maxData);
  const row = { backup, number, head: JSON.stringify(head) };
  const store = (tx: Database, content: SQL) =>
    tx
      .insert(backupPart)
      .values({ ...row, content })
      .onConflictDoNothing();
  if (content.byteLength <= MAX_PARAMETER) {
    await store(db, sql`decode(${Buffer.from(content).toString("base64")}, 'base64')`);
    return;
  }
  await db.transaction((tx) =>
    withLargeObject(tx, slicesOf(content), (object) => store(tx, sql`lo_get(${object}::oid)`)),
  );
}

/**
 * Restores a completely received backup in one transaction, and streams its progress.
 * @throws VitrineError CONFLICT if parts are missing or the database is not empty
 */
export function restore(
  db: Database,
  backup: string,
  maxData: number,
  author: Author,
  blobs: Blobs = DATABASE_ONLY,
): ReadableStream<RestoreMessage> {
  return streamOf((emit) =>
    withSlot(
      "long",
      "backup",
      async () => {
        const restored = await db.transaction(async (tx) => {
          const rows = await restoreParts(tx, backup, { maxData, blobs }, emit);
          await recordEvent(tx, author, { verb: "database.restore", after: { backup } });
          return rows;
        });
        await emit({ restored, violations: (await doctor(db)).length });
      },
      () => BACKUPS,
    ),
  );
}

type EmitMessage = (message: RestoreMessage) => Promise<void>;

async function restoreParts(
  tx: Database,
  backup: string,
  { maxData, blobs }: { maxData: number; blobs: Blobs },
  emit: EmitMessage,
): Promise<{ [table: string]: number }> {
  await using files = restoreFiles(tx, blobs);
  const tables = [...TABLES.map(([table]) => table), artifactData];
  const emptyTables = tables.filter((table) => !ADDED.has(getTableName(table)));
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  await tx.execute(sql`lock table ${sql.join(emptyTables, sql`, `)} in share row exclusive mode`);
  await expectEmpty(tx);
  const counts = await expectComplete(tx, backup);
  await tx.execute(sql`set constraints all deferred`);
  // The backup holds what the triggers compute, also for deleted runs.
  await setTriggers(tx, "disable");
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  // That of the new database would hide the creates of versions before it.
  await tx.delete(eventWatermark);
  let done = 0;
  for (let number = 1, part = await readPart(tx, backup, number); part; part = await readPart(tx, backup, ++number)) {
    if (part.head.part === "blob") await files.add(part.head, await unpack(part.content, maxData));
    else done += await insertPart(tx, part, maxData, files);
    await emit({ done: Math.min(done, total), total });
  }
  await files.end();
  await tx.execute(sql`set constraints all immediate`);
  await setTriggers(tx, "enable");
  // Backups of schema 0011 and earlier lack these columns.
  await tx.execute(sql`update artifact_collection c set version = a.version, size = a.size, rows = a.rows, number = a.number
    from artifact a where a.id = c.latest_id and c.version is null`);
  // Versions purged, and revisions pruned, between the parts of a resumed backup.
  await tx.execute(sql`delete from artifact_data d where not exists (select from artifact a where a.id = d.artifact_id)
    and not exists (select from artifact_trash t where t.id = d.artifact_id)
    and not exists (select from artifact_revision r where r.data_id = d.artifact_id)`);
  await tx.execute(
    sql`delete from artifact_preview_pending p using artifact_revision r where r.data_id = p.artifact_id`,
  );
  // Versions of programs of 0026 and earlier stand for no events: lists need not look through them.
  if (!(getTableName(eventWatermark) in counts)) {
    await tx.execute(
      sql`insert into ${eventWatermark} values (id_at(clock_timestamp(), ${NIL}::uuid)) on conflict do nothing`,
    );
  }
  const rows = await countRows(tx);
  // Programs of 0014 and earlier count the data of revisions, which they do not know and leave out.
  if (!(getTableName(artifactRevision) in counts)) {
    counts.artifact_data = (counts.artifact ?? 0) + (counts.artifact_trash ?? 0);
  }
  const isShort = (table: string, count: number) => {
    const found = rows[table] ?? 0;
    return ADDED.has(table) ? found < count : found !== count;
  };
  const [short] = Object.keys(counts).filter((table) => isShort(table, counts[table] ?? 0));
  if (short) {
    throw new VitrineError(
      "CONFLICT",
      `The backup is incomplete: it holds ${rows[short]} of ${counts[short]} rows of ${short}.`,
    );
  }
  await files.deleteUnnamed();
  await tx.delete(backupPart).where(eq(backupPart.backup, backup));
  await tx.insert(backupPart).values({ backup, number: RESTORED, head: "{}", content: new Uint8Array() });
  await tx.execute(sql`analyze ${sql.join([...tables, collectionKey], sql`, `)}`);
  return rows;
}

async function setTriggers(tx: Database, mode: "enable" | "disable"): Promise<void> {
  for (const table of [flowRun, artifact, artifactCollection]) {
    await tx.execute(sql`alter table ${table} ${sql.raw(mode)} trigger user`);
  }
}

/** Throws CONFLICT unless every part up to the end was received. Returns the row count of each table. */
async function expectComplete(tx: Database, backup: string): Promise<{ [table: string]: number }> {
  const [last] = await tx
    .select({ head: backupPart.head, number: backupPart.number })
    .from(backupPart)
    .where(eq(backupPart.backup, backup))
    .orderBy(sql`${backupPart.number} desc`)
    .limit(1);
  const [received] = await tx
    .select({ parts: sql<string>`count(*)` })
    .from(backupPart)
    .where(eq(backupPart.backup, backup));
  const head = last && PartHead.parse(JSON.parse(last.head));
  if (head?.part === "end" && Number(received?.parts) === last?.number) return head.counts;
  throw new VitrineError("CONFLICT", "Parts of this backup are missing; send them first.");
}

async function readPart(tx: Database, backup: string, number: number): Promise<Part | undefined> {
  const [row] = await tx
    .select({ head: backupPart.head, content: sql<string>`encode(${backupPart.content}, 'base64')` })
    .from(backupPart)
    .where(and(eq(backupPart.backup, backup), eq(backupPart.number, number)));
  return row && { head: PartHead.parse(JSON.parse(row.head)), content: await fromBase64(row.content) };
}

/** The transactions of events are of another database: all are of this one. */
const XIDS: ReadonlySet<string> = new Set(
  [event.xid, artifact.createdXid, artifactTrash.createdXid].map(({ name }) => name),
);

/** The value of a column, by the row of a backup. */
function restored(column: string): SQL {
  const name = sql.identifier(column);
  // Until its file is found, or restored.
  if (column === blob.codec.name) return sql`'none'`;
  if (column === blob.storedSize.name) return sql`null`;
  if (column === blob.stored.name) return sql`case when content is not null then ${name} end`;
  return XIDS.has(column) ? sql`case when ${name} is not null then pg_current_xact_id() end` : sql`${name}`;
}

/** Inserts the rows of a part. Returns how many. */
async function insertPart(tx: Database, { head, content }: Part, maxData: number, files: Files): Promise<number> {
  if (head.part === "rows") {
    const [table] = TABLES.find(([each]) => getTableName(each) === head.table) ?? [];
    const known = new Set(Object.values(table ? getTableColumns(table) : {}).map(({ name }) => name));
    const unknownColumn = head.columns.find((column) => !known.has(column));
    if (!table || unknownColumn) {
      throw new VitrineError(
        "CONFLICT",
        `The backup has an unknown column or table (${unknownColumn ?? head.table}); restore it with a newer Vitrine.`,
      );
    }
    const columns = [...new Set(head.columns)];
    const names = sql.join(columns.map(sql.identifier), sql`, `);
    const values = sql.join(columns.map(restored), sql`, `);
    const rows = textOf(await unpack(content, maxData));
    // Who looked at the new database before the restore had begun to read earlier.
    if (head.table === getTableName(reader)) {
      await tx.execute(
        sql`delete from ${reader} where actor_id in (select actor_id from json_populate_recordset(null::${reader}, ${rows}::json))`,
      );
    }
    await tx.execute(
      sql`insert into ${table} (${names}) select ${values} from json_populate_recordset(null::${table}, ${rows}::json)
        ${ADDED.has(head.table) ? sql`on conflict do nothing` : sql``}`,
    );
    return head.rows;
  }
  if (head.part !== "data") return 0;
  await insertData(tx, await unpack(content, maxData), files);
  return head.again ? 0 : head.rows;
}

type Files = Pick<ReturnType<typeof restoreFiles>, "addData">;

/** Rows per statement; only full batches are prepared. */
const BATCH_SIZE = 100;

/** The line of a part with the ids and byte lengths of its data; it has at most this many bytes. */
const Lengths = z.array(
  z.union([z.tuple([Id, Whole]), z.tuple([Id, z.literal(0), z.string().regex(/^[0-9a-f]{64}$/), Whole])]),
);
const MAX_LINE = 256 * 1024;

function lengthsOf(plain: Buffer, line: number): z.output<typeof Lengths> {
  const { data } = Lengths.safeParse(line > MAX_LINE ? null : parseJson(textOf(plain.subarray(0, line))));
  const end = data?.reduce((at, [, bytes]) => at + bytes, line);
  if (data && end === plain.byteLength) return data;
  throw damagedError();
}

function textOf(plain: Buffer): string {
  if (isUtf8(plain)) return plain.toString();
  throw damagedError();
}

async function insertData(tx: Database, plain: Buffer, files: Files): Promise<void> {
  let at = plain.indexOf(0x0a) + 1;
  const lengths = lengthsOf(plain, at);
  let rows: SQL[] = [];
  const add = (id: string, data: SQL) => rows.push(sql`(${id}::uuid, ${data}::json)`);
  const write = async () => {
    const comment = rows.length === BATCH_SIZE ? "" : AD_HOC;
    await tx.execute(sql`insert into artifact_data (artifact_id, data) values ${sql.join(rows, sql`, `)}
      on conflict (artifact_id) do update set data = excluded.data, blob_sha256 = null ${sql.raw(comment)}`);
    rows = [];
  };
  for (const [id, bytes, lost, size] of lengths) {
    const utf8 = plain.subarray(at, at + bytes);
    at += bytes;
    if (!isUtf8(utf8)) throw damagedError();
    if (lost !== undefined)
      await tx.execute(sql`insert into ${blob} (sha256, size, created)
      values (decode(${lost}, 'hex'), ${size}, clock_timestamp()) on conflict do nothing`);
    // What was lost is lost there too: the doctor names it.
    const sha256 = lost ?? (await files.addData(utf8));
    if (sha256 !== null) {
      await tx.execute(sql`insert into artifact_data (artifact_id, blob_sha256) values (${id}::uuid, decode(${sha256}, 'hex'))
        on conflict (artifact_id) do update set data = null, blob_sha256 = excluded.blob_sha256`);
      continue;
    }
    if (bytes > MAX_PARAMETER) {
      // A part with such data has no other.
      await withLargeObject(tx, slicesOf(utf8), (object) => {
        add(id, sql`convert_from(lo_get(${object}::oid), 'UTF8')`);
        return write();
      });
      continue;
    }
    add(id, sql`${textOf(utf8)}`);
    if (rows.length === BATCH_SIZE) await write();
  }
  if (rows.length > 0) await write();
}

function* slicesOf(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.byteLength; at += STEP) yield Buffer.from(bytes.subarray(at, at + STEP));
}

/** 256 KiB of base64 in lines as PostgreSQL breaks them: 76 characters and a line end. */
const ENCODED = 4_600 * 77;

/** The bytes of base64 as PostgreSQL writes it, read in steps: the driver reads a large value of bytes at once, in hex. */
function fromBase64(base64: string): Promise<Buffer> {
  return inSteps(decoded(base64));
}

function* decoded(base64: string): Generator<void, Buffer> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < base64.length; at += ENCODED) {
    pieces.push(Buffer.from(base64.slice(at, at + ENCODED), "base64"));
    yield;
  }
  return Buffer.concat(pieces);
}
