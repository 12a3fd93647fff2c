import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Database } from "./postgres";
import { StartupError } from "./startup-error";

// From the source as from the built file, both one folder below the root.
const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), "..", "db", "migrations");

// Any number that is ours: what two starting processes must not do at once.
const LOCK = 0x76_69_74_72;

/**
 * Brings the database to this program's schema: all pending migrations, or none.
 * Several processes may do it at once; one works, the others wait and find nothing to do.
 * @param announce told how many migrations are about to run, if any
 * @throws Refusal where the schema is of a newer program
 */
export async function migrate(db: Database, announce: (pending: number) => void = () => {}): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    await tx.execute(sql`create schema if not exists drizzle`);
    await tx.execute(
      sql`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
    );
    const done = await applied(tx);
    refuseNewer(
      done,
      known.map((each) => each.folderMillis),
    );
    const pending = known.filter((each) => !done.includes(each.folderMillis));
    if (pending.length > 0) announce(pending.length);
    for (const { sql: statements, hash, folderMillis } of pending) {
      for (const statement of statements) await tx.execute(sql.raw(statement));
      await tx.execute(
        sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`,
      );
    }
  });
}

/**
 * Whether the database has this program's schema.
 * @returns false where migrations are missing or it is of another program
 */
export async function migrated(db: Database): Promise<boolean> {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const [found] = await db.execute<{ there: boolean }>(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  );
  if (!found?.there) return false;
  const done = await applied(db);
  return done.length === known.length && known.every((each) => done.includes(each.folderMillis));
}

async function applied(db: Database): Promise<number[]> {
  const rows = await db.execute<{ at: string }>(sql`select created_at::text as at from drizzle.__drizzle_migrations`);
  return rows.map((row) => Number(row.at));
}

function refuseNewer(done: number[], known: number[]): void {
  if (done.every((at) => known.includes(at))) return;
  throw new StartupError(
    "The database has migrations that this Vitrine does not know: start the newer Vitrine that made them, or use another database.",
  );
}
