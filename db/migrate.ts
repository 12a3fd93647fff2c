import { sql } from "drizzle-orm";
import { type Migration, ownMigrations } from "./migration-files";
import type { Database } from "./postgres";
import { MigrationError, StartupError } from "./startup-error";

// Any fixed number: processes that start together take this advisory lock in turn.
export const LOCK = 0x76_69_74_72;

/**
 * `created_at` of migrations 0000 to 0004 in `drizzle.__drizzle_migrations`. Programs up to 0004 know no other table and
 * run only where exactly these rows are in it.
 */
const DRIZZLE_CREATED = [1795420910872, 1795425744406, 1795628425646, 1795629751155, 1795633423389];
const LAST_DRIZZLE = DRIZZLE_CREATED.length - 1;

/** How the schema of a database compares to the schema of this program. */
export interface SchemaStatus {
  /** Migrations of this program that have not run. */
  pending: Migration[];
  /** A sentence where the schema cannot be used by this program, even after `pending` ran; else null. */
  incompatible: string | null;
}

interface Applied {
  number: number;
  name: string;
  requires: number;
}

export interface MigrateOptions {
  /** Called with a line before migrations run. */
  log?(line: string): void;
  /** "off": pending migrations are an error. */
  mode?: "on" | "off";
  migrations?: Migration[];
}

/**
 * Runs all pending migrations in one transaction; executes no DDL where none is pending. Processes may call it at the
 * same time: one migrates, the others wait.
 * @returns the names of the migrations that ran
 * @throws MigrationError where a statement of one fails, after which none has run
 * @throws StartupError where the schema is incompatible, or migrations are pending and the mode is "off"
 */
export async function migrate(db: Database, options: MigrateOptions = {}): Promise<string[]> {
  const { log = () => {}, mode = "on", migrations = ownMigrations() } = options;
  const before = await pendingIn(db, migrations);
  if (before.length === 0) return [];
  if (mode === "off") throw new StartupError(pendingSentence(before));
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const pending = await pendingIn(tx, migrations);
    if (pending.length === 0) return [];
    log(`Migrating the database (${pending.length} pending) …`);
    await createTables(tx);
    for (const migration of pending) await run(tx, migration);
    return pending.map(({ name }) => name);
  });
}

/** Compares the schema of a database to that of this program, by reads alone. */
export async function schemaStatus(db: Database, migrations: Migration[] = ownMigrations()): Promise<SchemaStatus> {
  const applied = await appliedIn(db, migrations);
  const numbers = new Set(applied.map(({ number }) => number));
  return {
    pending: migrations.filter(({ number }) => !numbers.has(number)),
    incompatible: incompatibility(applied, migrations),
  };
}

/**
 * Why this program cannot write to a database as it is.
 * @returns null where it can
 */
export async function schemaProblem(db: Database, migrations?: Migration[]): Promise<string | null> {
  const { incompatible, pending } = await schemaStatus(db, migrations);
  return incompatible ?? (pending.length > 0 ? pendingSentence(pending) : null);
}

function pendingSentence({ length }: Migration[]): string {
  return `The database needs ${length === 1 ? "a migration" : `${length} migrations`}: run "vitrine migrate".`;
}

async function pendingIn(db: Database, migrations: Migration[]): Promise<Migration[]> {
  const { pending, incompatible } = await schemaStatus(db, migrations);
  if (incompatible) throw new StartupError(incompatible);
  return pending;
}

function incompatibility(applied: Applied[], migrations: Migration[]): string | null {
  const newest = migrations.length - 1;
  const other = applied.find(({ number, name }) => number <= newest && name !== migrations[number]?.name);
  if (other) {
    return `The database has migration ${other.name} where this Vitrine has ${migrations[other.number]?.name}: start the Vitrine that made it, or use another database.`;
  }
  const oldest = Math.max(...applied.map(({ requires }) => requires), 0);
  if (oldest <= newest) return null;
  const last = applied.reduce((a, b) => (b.number > a.number ? b : a));
  return `The database has a newer schema (${last.name}) than this Vitrine can write to (${migrations[newest]?.name}): start a newer Vitrine, or use another database.`;
}

async function appliedIn(db: Database, migrations: Migration[]): Promise<Applied[]> {
  // `exists` follows search_path, as every other statement does.
  if (await exists(db, "vitrine_migration")) {
    return db.execute<Applied & Record<string, unknown>>(sql`select number, name, requires from vitrine_migration`);
  }
  if (!(await exists(db, "drizzle.__drizzle_migrations"))) return [];
  const rows = await db.execute<{ at: string }>(sql`select created_at::text as at from drizzle.__drizzle_migrations`);
  return rows.map(({ at }) => {
    const number = DRIZZLE_CREATED.indexOf(Number(at));
    // An unknown row was written by a development version.
    return migrations[number] ?? { number: Number.POSITIVE_INFINITY, name: at, requires: Number.POSITIVE_INFINITY };
  });
}

async function exists(db: Database, table: string): Promise<boolean> {
  // to_regclass alone may return what this connection cached before it waited for the advisory lock; a relation in FROM
  // makes PostgreSQL process invalidations first.
  const rows = await db.execute(sql`select from pg_class where oid = to_regclass(${table})`);
  return rows.length > 0;
}

/** Creates the tables of migrations; the rows of an earlier program are copied from Drizzle's table into ours. */
async function createTables(tx: Database): Promise<void> {
  await tx.execute(sql`create schema if not exists drizzle`);
  await tx.execute(
    sql`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
  );
  const applied = await appliedIn(tx, ownMigrations());
  await tx.execute(sql`
    create table if not exists vitrine_migration (
      number int primary key, name text not null, requires int not null, applied timestamptz not null default now()
    )`);
  for (const each of applied) await record(tx, each);
}

async function run(tx: Database, migration: Migration): Promise<void> {
  for (const statement of migration.statements) {
    await tx.execute(sql.raw(statement)).catch((error: unknown) => {
      throw new MigrationError(migration.name, error);
    });
  }
  await record(tx, migration);
  const { number, name, requires } = migration;
  // Leaving out what programs up to 0004 can run on keeps them running.
  if (number > LAST_DRIZZLE && requires <= LAST_DRIZZLE) return;
  await tx.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${name}, ${DRIZZLE_CREATED[number] ?? number})`,
  );
}

async function record(tx: Database, { number, name, requires }: Applied): Promise<void> {
  await tx.execute(
    sql`insert into vitrine_migration (number, name, requires) values (${number}, ${name}, ${requires}) on conflict do nothing`,
  );
}
