import { sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import type { Database, Pools } from "#db/postgres";
import { blobs } from "./data/blobs";

/** The first schema whose programs read data that is a blob, and what its migration requires without that. */
const SCHEMA = 34;
const REQUIRED = 4;

/** How often it is tried where somebody allows earlier servers meanwhile. */
const TRIES = 3;

type Known = Pick<Pools, "long" | "hidesPrograms">;

/**
 * Large data is stored as blobs from now on, and no server starts any more that would not find it.
 * @param isConfirmed whether somebody said that no server of an earlier version runs, where nobody sees it
 * @throws VitrineError CONFLICT without a blob store, where such a server runs, or may run, and without the rights to refuse it
 */
export async function startStoringBlobs({ long, hidesPrograms }: Known, isConfirmed: boolean): Promise<void> {
  if (!blobs().store) {
    throw new VitrineError("CONFLICT", "This server has no blob store: set VITRINE_BLOBS, and start it again.");
  }
  if (await storesBlobs(long)) return;
  if (hidesPrograms && !isConfirmed) {
    const message =
      "A connection pooler, or application_name in DATABASE_URL, hides whether servers of an earlier version run, which cannot read what is moved: stop them, and confirm it.";
    throw new VitrineError("CONFLICT", message, { field: "confirmed" });
  }
  const problem = await tryStart(long);
  if (problem !== null) throw new VitrineError("CONFLICT", problem);
}

/** Does so where nothing is lost by it: in a database without data, of which it is known that no older server uses it. */
export async function startStoringBlobsWhereEmpty({ long, hidesPrograms }: Known): Promise<void> {
  if (!blobs().store || hidesPrograms || (await storesBlobs(long))) return;
  const [row] = await long.execute(sql`select exists (select from artifact_data) as has_data`);
  // Where it cannot be, data goes on being stored in the database.
  if (!row?.has_data) await tryStart(long);
}

const UNKNOWN_STORE =
  "This database does not name its blob store, as after a copy of some of its tables: start this server again, which writes the name.";

const OLDER =
  "A server of an earlier version uses this database, which cannot read what is moved: stop it, and try again.";

/** @returns why it cannot be, in a sentence */
async function tryStart(db: Database): Promise<string | null> {
  if (!(await hasStore(db))) return UNKNOWN_STORE;
  if (!(await mayRequire(db))) return NO_RIGHTS;
  if (await hasOlderServers(db)) return OLDER;
  for (let tries = 0; tries < TRIES; tries++) {
    await withSwitch(db, (tx) => requireThis(tx, true));
    // One that started meanwhile was connected before it could have been refused.
    if (await hasOlderServers(db)) {
      await allowOlderServers(db);
      return OLDER;
    }
    const set = await withSwitch(db, (tx) =>
      tx.execute(sql`update blob_store set data_since = coalesce(data_since, clock_timestamp())
        where exists (select from vitrine_migration where number = ${SCHEMA} and requires = ${SCHEMA}) returning true`),
    );
    if (set.length > 0) return null;
  }
  return "Somebody moves data back into the database: try again when that has ended.";
}

/** Data stays in the database from now on; what is being written has ended. */
export async function stopStoringBlobs(db: Database): Promise<void> {
  await db.execute(sql`update blob_store set data_since = null where data_since is not null`);
}

/**
 * Servers of earlier versions may start again where no data is a blob.
 * @returns how much data still is one
 */
export function allowOlderServers(db: Database): Promise<number> {
  const count = async (tx: Database) => {
    const [row] = await tx.execute(sql`select count(*) as left from artifact_data where blob_sha256 is not null`);
    return Number(row?.left);
  };
  return withSwitch(db, async (tx) => {
    const left = await count(tx);
    if (left > 0 || (await storesBlobs(tx))) return left;
    // A copy of a version names what that named, without the lock of the switch.
    await tx.execute(sql`set local lock_timeout = ${sql.raw(`${LOCK_TIMEOUT}`)}`);
    await tx.execute(sql`lock table artifact_data in share mode`);
    const added = await count(tx);
    if (added === 0) await requireThis(tx, false);
    return added;
  });
}

/** How many milliseconds the last writers are waited for, as others wait meanwhile. */
const LOCK_TIMEOUT = 2_000;

/** Runs work while nobody else changes where data is stored, and nothing that locked a blob is being written. */
function withSwitch<Result>(db: Database, work: (tx: Database) => Promise<Result>): Promise<Result> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select from blob_store for update`);
    return work(tx);
  });
}

const NO_RIGHTS =
  'The database role of this server may not write the tables of migrations: start a server as the role that runs "vitrine migrate", run "vitrine blobs move" on it once, and stop it.';

/** Whether this role may write what migrations write: they may have one of their own. */
async function mayRequire(db: Database): Promise<boolean> {
  const [row] = await db.execute(sql`
    select has_schema_privilege('drizzle', 'usage') and bool_and(case relname
      when 'vitrine_migration' then has_table_privilege(oid, 'select') and has_table_privilege(oid, 'update')
      when '__drizzle_migrations' then has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
        and has_table_privilege(oid, 'delete')
      else has_sequence_privilege(oid, 'usage') end) as may
    from pg_class where oid = 'vitrine_migration'::regclass or (relnamespace = 'drizzle'::regnamespace
      and relname in ('__drizzle_migrations', '__drizzle_migrations_id_seq'))`);
  return row?.may === true;
}

/**
 * Whether programs of earlier schemas are refused when they start.
 * @throws VitrineError CONFLICT for a role that may not write what migrations write
 */
async function requireThis(tx: Database, isRequired: boolean): Promise<void> {
  if (!(await mayRequire(tx))) throw new VitrineError("CONFLICT", NO_RIGHTS);
  await tx.execute(
    sql`update vitrine_migration set requires = ${isRequired ? SCHEMA : REQUIRED} where number = ${SCHEMA}`,
  );
  // What programs up to 0004 read.
  await tx.execute(sql`delete from drizzle.__drizzle_migrations where created_at = ${SCHEMA}`);
  if (!isRequired) return;
  await tx.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at)
    select name, number from vitrine_migration where number = ${SCHEMA}`);
}

/** Whether large data is stored as blobs. */
export async function storesBlobs(db: Database): Promise<boolean> {
  const rows = await db.execute(sql`select from blob_store where data_since is not null`);
  return rows.length > 0;
}

/** Whether the database names a blob store, as every server with one writes when it starts. */
async function hasStore(db: Database): Promise<boolean> {
  const rows = await db.execute(sql`select from blob_store`);
  return rows.length > 0;
}

/** By the names of their connections, see `APPLICATION_NAME`. */
async function hasOlderServers(db: Database): Promise<boolean> {
  const rows = await db.execute(sql`
    select from pg_stat_activity where datname = current_database() and application_name ~ '^vitrine( |$)'
      and coalesce(substring(application_name from '^vitrine ([0-9]{1,6})')::int, 0) < ${SCHEMA}`);
  return rows.length > 0;
}
