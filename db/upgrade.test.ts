import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { databaseWithoutTables } from "#test/database";
import { checkFixture, fixture } from "#test/fixtures/check";
import { migrate, schemaProblem } from "./migrate";

test("upgrades a database that a program of schema 0004 filled, with every row to the letter", async () => {
  await using old = await databaseWithoutTables();
  await old.db.execute(sql.raw(await readFile(fixture("database.sql"), "utf8")));
  await migrate(old.db);
  expect(await schemaProblem(old.db)).toBe(null);
  await checkFixture(old.pools);
});
