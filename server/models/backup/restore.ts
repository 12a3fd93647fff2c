import { gunzipSync } from "node:zlib";
import { and, eq, getTableColumns, getTableName, ne, type SQL, sql } from "drizzle-orm";
import type { RestoreMessage, RestoreState } from "#contract/admin";
import { type Part, PartHead } from "#contract/backup";
import { VitrineError } from "#contract/error";
import { AD_HOC } from "#db/ad-hoc";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection, artifactData, backupPart, flowRun } from "#db/schema";
import { withSlot } from "#db/slots";
import { doctor } from "../admin";
import { countsOf, sumOf, TABLES } from "./backup";
import { handOver } from "./stream";

/** Stands for the whole of a backup that was restored. */
const WHOLE = 0;

/**
 * What is here of a backup. Parts of another one, which was given up, go.
 * @throws StoreError CONFLICT where the store holds anything that is not of this backup
 */
export async function begin(db: Database, backup: string): Promise<RestoreState> {
  return db.transaction(async (tx) => {
    const here = await tx
      .select({ number: backupPart.number })
      .from(backupPart)
      .where(eq(backupPart.backup, backup))
      .orderBy(backupPart.number);
    const parts = here.map(({ number }) => number);
    if (parts[0] === WHOLE) return { done: true, parts: [] };
    await expectEmpty(tx);
    await tx.delete(backupPart).where(ne(backupPart.backup, backup));
    return { done: false, parts };
  });
}

async function expectEmpty(tx: Database): Promise<void> {
  const [full] = Object.entries(await countsOf(tx)).filter(([, count]) => count > 0);
  if (!full) return;
  throw new VitrineError(
    "CONFLICT",
    `A backup is restored into an empty store, and this one has rows (${full[0]}: ${full[1]}): start one on another VITRINE_DATA or DATABASE_URL.`,
  );
}

/** Keeps a part until all are there; one that is there already stays. BAD_REQUEST for one that was altered. */
export async function keep(db: Database, backup: string, number: number, { head, content }: Part): Promise<void> {
  if ("sum" in head && (head.part === "seal" || head.bytes !== content.byteLength || head.sum !== sumOf(content))) {
    throw new VitrineError(
      "BAD_REQUEST",
      `Part ${number} of the backup was altered: its content is not what its head says.`,
    );
  }
  const row = { backup, number, head: JSON.stringify(head), content };
  await db.insert(backupPart).values(row).onConflictDoNothing();
}

/**
 * Puts a backup whose parts are all here in its place, all of it or nothing, and tells how far it is.
 * @throws StoreError CONFLICT where parts are missing, or where the store is not empty
 */
export function restore(db: Database, backup: string): ReadableStream<RestoreMessage> {
  return handOver((tell) =>
    withSlot(async () => {
      const restored = await db.transaction((tx) => takeIn(tx, backup, tell));
      await tell({ restored, violations: (await doctor(db)).length });
    }),
  );
}

type Tell = (word: RestoreMessage) => Promise<void>;

async function takeIn(tx: Database, backup: string, tell: Tell): Promise<{ [table: string]: number }> {
  const tables = [...TABLES.map(([table]) => table), artifactData];
  await tx.execute(sql`set local statement_timeout = 0`);
  await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
  await tx.execute(sql`lock table ${sql.join(tables, sql`, `)} in share row exclusive mode`);
  await expectEmpty(tx);
  const counts = await expectAll(tx, backup);
  await tx.execute(sql`set constraints all deferred`);
  // What triggers would work out is in the backup, also of runs that are no more.
  await withTriggers(tx, "disable");
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let done = 0;
  for (let number = 1, part = await partOf(tx, backup, number); part; part = await partOf(tx, backup, ++number)) {
    done += await put(tx, part);
    await tell({ done: Math.min(done, total), total });
  }
  await tx.execute(sql`set constraints all immediate`);
  await withTriggers(tx, "enable");
  // Versions that were purged while an interrupted backup went on.
  await tx.execute(sql`delete from artifact_data d where not exists (select from artifact a where a.id = d.artifact_id)
    and not exists (select from artifact_trash t where t.id = d.artifact_id)`);
  const restored = await countsOf(tx);
  const short = Object.keys(counts).find((table) => counts[table] !== restored[table]);
  if (short) {
    throw new VitrineError(
      "CONFLICT",
      `The backup is not whole: ${counts[short]} rows of ${short} were read, ${restored[short]} are in it.`,
    );
  }
  await tx.delete(backupPart).where(eq(backupPart.backup, backup));
  await tx.insert(backupPart).values({ backup, number: WHOLE, head: "{}", content: new Uint8Array() });
  await tx.execute(sql`analyze ${sql.join(tables, sql`, `)}`);
  return restored;
}

async function withTriggers(tx: Database, way: "enable" | "disable"): Promise<void> {
  for (const table of [flowRun, artifact, artifactCollection]) {
    await tx.execute(sql`alter table ${table} ${sql.raw(way)} trigger user`);
  }
}

/** That the parts are numbered without a gap, up to the one that ends the backup: how many rows there are of each table. */
async function expectAll(tx: Database, backup: string): Promise<{ [table: string]: number }> {
  const [last] = await tx
    .select({ head: backupPart.head, number: backupPart.number })
    .from(backupPart)
    .where(eq(backupPart.backup, backup))
    .orderBy(sql`${backupPart.number} desc`)
    .limit(1);
  const [there] = await tx
    .select({ parts: sql<string>`count(*)` })
    .from(backupPart)
    .where(eq(backupPart.backup, backup));
  const head = last && PartHead.parse(JSON.parse(last.head));
  if (head?.part === "end" && Number(there?.parts) === last?.number) return head.counts;
  throw new VitrineError("CONFLICT", "Parts of this backup are missing: send them first.");
}

async function partOf(tx: Database, backup: string, number: number): Promise<Part | undefined> {
  const [row] = await tx
    .select()
    .from(backupPart)
    .where(and(eq(backupPart.backup, backup), eq(backupPart.number, number)));
  return row && { head: PartHead.parse(JSON.parse(row.head)), content: row.content };
}

/** Puts the rows of a part in their place; says how many. */
async function put(tx: Database, { head, content }: Part): Promise<number> {
  if (head.part === "rows") {
    const [table] = TABLES.find(([each]) => getTableName(each) === head.table) ?? [];
    const known = new Set(Object.values(table ? getTableColumns(table) : {}).map(({ name }) => name));
    const stranger = head.columns.find((column) => !known.has(column));
    if (!table || stranger) {
      throw new VitrineError(
        "CONFLICT",
        `The backup has what this Vitrine does not know (${stranger ?? head.table}): restore it with a newer one.`,
      );
    }
    const names = sql.join(head.columns.map(sql.identifier), sql`, `);
    const rows = gunzipSync(content).toString();
    await tx.execute(
      sql`insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, ${rows}::json)`,
    );
    return head.rows;
  }
  if (head.part !== "data") return 0;
  await putData(tx, gunzipSync(content));
  return head.again ? 0 : head.rows;
}

/** How many rows one statement writes; of that many each is prepared, once. */
const AT_ONCE = 100;

async function putData(tx: Database, plain: Buffer): Promise<void> {
  let at = plain.indexOf(0x0a) + 1;
  const lengths: [string, number][] = JSON.parse(plain.subarray(0, at).toString());
  let rows: SQL[] = [];
  const write = async () => {
    const mark = rows.length === AT_ONCE ? "" : AD_HOC;
    await tx.execute(sql`insert into artifact_data (artifact_id, data) values ${sql.join(rows, sql`, `)}
      on conflict (artifact_id) do update set data = excluded.data ${sql.raw(mark)}`);
    rows = [];
  };
  for (const [id, bytes] of lengths) {
    rows.push(sql`(${id}::uuid, ${plain.toString("utf8", at, at + bytes)}::json)`);
    at += bytes;
    if (rows.length === AT_ONCE) await write();
  }
  if (rows.length > 0) await write();
}
