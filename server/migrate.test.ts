import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { ownMigrations } from "#db/migration-files";
import { databaseWithoutTables } from "#test/database";

/** The environment of a process is read once. */
async function migrate(url: string) {
  vi.stubEnv("DATABASE_URL", url);
  const { runMigrations } = await import("./migrate");
  return runMigrations(() => {});
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("reports each migration of an empty database, and none of a migrated one", async () => {
  await using database = await databaseWithoutTables();
  const { applied } = z.object({ applied: z.array(z.string()) }).parse(await migrate(database.url));
  expect(applied).toHaveLength(ownMigrations().length);
  expect(await migrate(database.url)).toEqual({ applied: [] });
});

test("reports in one sentence why a database cannot be migrated", async () => {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-"));
  const result = await migrate(`postgresql:///x?host=${folder}`);
  expect(result).toEqual({ error: expect.stringMatching(/^[A-Z][^\n]*\.$/) });
  await rm(folder, { recursive: true });
});
