import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { migrate, migrated } from "./migrate";
import { StartupError } from "./startup-error";

test("a fresh database is migrated, and migrating again changes nothing", async () => {
  await using fresh = await freshDatabase();
  const announced: number[] = [];
  await migrate(fresh.db, (pending) => announced.push(pending));
  expect(announced).toEqual([]);
  expect(await migrated(fresh.db)).toBe(true);
});

test("four processes that migrate an empty database at once run each migration once", async () => {
  await using fresh = await freshDatabase();
  await fresh.db.execute(sql`drop schema drizzle cascade`);
  await fresh.db.execute(sql`drop schema public cascade`);
  await fresh.db.execute(sql`create schema public`);
  expect(await migrated(fresh.db)).toBe(false);
  await Promise.all([1, 2, 3, 4].map(() => migrate(fresh.connect().db)));
  expect(await migrated(fresh.db)).toBe(true);
});

test("a schema newer than the program is refused in one sentence", async () => {
  await using fresh = await freshDatabase();
  await fresh.db.execute(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
  );
  await expect(migrate(fresh.db)).rejects.toThrow(StartupError);
  expect(await migrated(fresh.db)).toBe(false);
});
