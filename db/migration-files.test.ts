import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownMigrations, readMigrations } from "./migration-files";

async function folderOf(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), "vitrine-migrations-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

test("reads files in order and splits statements at breakpoints", async () => {
  await using folder = await folderOf({
    "0001_b.sql": "-- requires: 0000\nSELECT 3;",
    "0000_a.sql": "-- requires: 0000\nSELECT 1;--> statement-breakpoint\nSELECT 2;",
    "README.md": "not a migration",
  });
  expect(readMigrations(folder.path)).toEqual([
    { number: 0, name: "0000_a", requires: 0, statements: ["-- requires: 0000\nSELECT 1;", "\nSELECT 2;"] },
    { number: 1, name: "0001_b", requires: 0, statements: ["-- requires: 0000\nSELECT 3;"] },
  ]);
});

test.each([
  ["a gap in the numbers", { "0001_b.sql": "-- requires: 0000\n" }, "name it 0000_name.sql"],
  ["a name without a number", { "first.sql": "-- requires: 0000\n" }, "name it 0000_name.sql"],
  ["a number used twice", { "0000_a.sql": "-- requires: 0000\n", "0000_b.sql": "-- requires: 0000\n" }, "0000_b.sql"],
  ["no header", { "0000_a.sql": "SELECT 1;" }, 'must be "-- requires: NNNN"'],
  ["a header below the first line", { "0000_a.sql": "\n-- requires: 0000\n" }, 'must be "-- requires: NNNN"'],
  ["a header that names a later program", { "0000_a.sql": "-- requires: 0001\n" }, "with 0000 or less"],
])("rejects %s", async (_, files, message) => {
  await using folder = await folderOf(files);
  expect(() => readMigrations(folder.path)).toThrow(message);
});

test("this program's own migrations can be read", () => {
  expect(ownMigrations()[4]).toMatchObject({ number: 4, name: "0004_backup", requires: 4 });
});
