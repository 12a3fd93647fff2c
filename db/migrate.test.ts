import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { databaseWithoutTables, freshDatabase } from "#test/database";
import { LOCK, migrate, schemaProblem, schemaStatus } from "./migrate";
import { type Migration, ownMigrations } from "./migration-files";
import type { Database } from "./postgres";
import { StartupError } from "./startup-error";

const OWN = ownMigrations();
const NEWEST = OWN.length - 1;

/** What a later program adds: one column, with what it requires. */
const later = (requires: number): Migration => ({
  number: NEWEST + 1,
  name: "9999_later",
  requires,
  statements: ["alter table artifact add column later text"],
});

/** The rows of Drizzle's table for migrations 0000 to 0004, as programs of that time wrote them. */
const CREATED = [1795420910872, 1795425744406, 1795628425646, 1795629751155, 1795633423389];

/** Migrates as programs up to 0004 did: by files and Drizzle's table alone. */
async function migrateByDrizzle(db: Database, newest: number): Promise<void> {
  await db.execute("create schema drizzle");
  await db.execute(
    "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)",
  );
  for (const { number, statements } of OWN.slice(0, newest + 1)) {
    for (const statement of statements) await db.execute(sql.raw(statement));
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('sha256', ${CREATED[number]})`,
    );
  }
}

const drizzleRows = async (db: Database) => {
  const rows = await db.execute(sql`select created_at::text as at from drizzle.__drizzle_migrations order by id`);
  return rows.map(({ at }) => Number(at));
};

/** Every column, constraint, index, trigger and function of the schema, one text each. */
async function catalogOf(db: Database): Promise<string[]> {
  const rows = await db.execute<{ text: string }>(sql`
    select concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable, column_default, collation_name) as text
      from information_schema.columns where table_schema = 'public'
    union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select pg_get_functiondef(oid) from pg_proc
      where pronamespace = 'public'::regnamespace and prolang = (select oid from pg_language where lanname = 'plpgsql')
    order by 1`);
  return rows.map(({ text }) => text);
}

describe("migrate", () => {
  test("creates the schema of an empty database, once", async () => {
    await using empty = await databaseWithoutTables();
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    expect(await migrate(empty.db, { log })).toEqual(OWN.map(({ name }) => name));
    expect(await migrate(empty.db, { log })).toEqual([]);
    expect(lines).toEqual([`Migrating the database (${OWN.length} pending) …`]);
    expect(await schemaProblem(empty.db)).toBe(null);
  });

  test("runs each migration once when four processes start together", async () => {
    await using empty = await databaseWithoutTables();
    // A small one: many catalog changes at once would refresh the caches of the connections that wait.
    const migrations = [{ number: 0, name: "0000_small", requires: 0, statements: ["create table small ()"] }];
    const waiting = sql`select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    const started = await empty.connect().db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      const all = [1, 2, 3, 4].map(() => migrate(empty.connect().db, { migrations }));
      await expect.poll(() => empty.db.execute(waiting)).toHaveLength(4);
      return all;
    });
    expect((await Promise.all(started)).flat()).toEqual(["0000_small"]);
  });

  test("runs all pending migrations or none", async () => {
    await using fresh = await freshDatabase();
    const broken = { ...later(0), number: NEWEST + 2, name: "9999_broken", statements: ["select 1 / 0"] };
    const failed = migrate(fresh.db, { migrations: [...OWN, later(0), broken] });
    await expect(failed).rejects.toMatchObject({ name: "MigrationError", migration: "9999_broken" });
    const { pending } = await schemaStatus(fresh.db, [...OWN, later(0)]);
    expect(pending).toEqual([later(0)]);
    await fresh.db.execute("alter table artifact add column later text");
  });

  test("names the command in the error of mode off, and is silent where nothing is pending", async () => {
    await using fresh = await freshDatabase();
    expect(await migrate(fresh.db, { mode: "off" })).toEqual([]);
    const pending = migrate(fresh.db, { mode: "off", migrations: [...OWN, later(0)] });
    await expect(pending).rejects.toThrow(new StartupError('The database needs a migration: run "vitrine migrate".'));
  });
});

describe("a database of an earlier program", () => {
  test.each(OWN.slice(0, CREATED.length).map(({ name, number }) => [name, number] as const))(
    "of %s is upgraded in place to the schema of a new one",
    async (_, number) => {
      await using old = await databaseWithoutTables();
      await using fresh = await freshDatabase();
      await migrateByDrizzle(old.db, number);
      const ran = await migrate(old.db);
      expect(ran).toEqual(OWN.slice(number + 1).map(({ name }) => name));
      expect((await catalogOf(old.db)).filter((text) => !text.includes("vitrine_migration"))).toEqual(
        (await catalogOf(fresh.db)).filter((text) => !text.includes("vitrine_migration")),
      );
      expect(await migrate(old.db)).toEqual([]);
      expect(await drizzleRows(old.db)).toEqual(await drizzleRows(fresh.db));
    },
  );

  test("of a development version between releases is rejected by the name of its row", async () => {
    await using old = await databaseWithoutTables();
    await migrateByDrizzle(old.db, 4);
    await old.db.execute("insert into drizzle.__drizzle_migrations (hash, created_at) values ('', 1800000000000)");
    await expect(migrate(old.db)).rejects.toThrow(/newer schema \(1800000000000\)/);
  });
});

describe("a database of a later program", () => {
  test("is used where its migrations require no more than this program", async () => {
    await using fresh = await freshDatabase();
    await migrate(fresh.db, { migrations: [...OWN, later(NEWEST)] });
    expect(await schemaStatus(fresh.db)).toEqual({ pending: [], incompatible: null });
    expect(await migrate(fresh.db, { mode: "off" })).toEqual([]);
  });

  test("is rejected in one sentence where a migration requires a later program, also one before the last", async () => {
    await using fresh = await freshDatabase();
    const last = { ...later(0), number: NEWEST + 2, name: "9999_last", statements: [] };
    await migrate(fresh.db, { migrations: [...OWN, later(NEWEST + 1), last] });
    const sentence = `The database has a newer schema (9999_last) than this Vitrine can write to (${OWN[NEWEST]?.name}): start a newer Vitrine, or use another database.`;
    await expect(migrate(fresh.db)).rejects.toThrow(new StartupError(sentence));
    expect(await schemaProblem(fresh.db)).toBe(sentence);
  });

  test("is rejected where it has another migration under a number of ours", async () => {
    await using fresh = await freshDatabase();
    await fresh.db.execute("update vitrine_migration set name = '0001_other' where number = 1");
    await expect(migrate(fresh.db)).rejects.toThrow("has migration 0001_other where this Vitrine has 0001_quick_names");
  });

  test("looks unchanged to programs up to 0004 unless a migration requires a later one", async () => {
    await using fresh = await freshDatabase();
    const before = await drizzleRows(fresh.db);
    await migrate(fresh.db, { migrations: [...OWN, later(4)] });
    expect(await drizzleRows(fresh.db)).toEqual(before);
    const breaking = { ...later(NEWEST + 2), number: NEWEST + 2, name: "9999_breaking", statements: [] };
    await migrate(fresh.db, { migrations: [...OWN, later(4), breaking] });
    expect(await drizzleRows(fresh.db)).toEqual([...before, NEWEST + 2]);
  });
});
