import { expect, test } from "vitest";
import { freshDatabase } from "#test/database";
import { startPgbouncer, withoutPgbouncer } from "#test/pgbouncer";
import { isPoolerError } from "./connection/loss";
import { poolerNote, sharesConnections } from "./pooler";

test("a connection to PostgreSQL is not shared", async () => {
  await using fresh = await freshDatabase();
  expect(await sharesConnections(fresh.address)).toBe(false);
});

test.for<[string[], boolean]>([
  [["pool_mode = session"], false],
  [["pool_mode = transaction"], true],
  [["pool_mode = transaction", "server_round_robin = 1"], true],
  [["pool_mode = transaction", "default_pool_size = 1"], true],
])("PgBouncer with %j shares connections: %s", async ([lines, shared], { skip }) => {
  skip(withoutPgbouncer !== "", withoutPgbouncer);
  await using fresh = await freshDatabase();
  await using pooler = await startPgbouncer(fresh, ...lines);
  expect(await sharesConnections(pooler.url)).toBe(shared);
});

test("a pooler that allows no transactions is an error", async ({ skip }) => {
  skip(withoutPgbouncer !== "", withoutPgbouncer);
  await using fresh = await freshDatabase();
  await using pooler = await startPgbouncer(fresh, "pool_mode = statement");
  await expect(sharesConnections(pooler.url)).rejects.toThrow(
    /allows no transactions: set its pool_mode to transaction/,
  );
});

test.each([
  [Object.assign(new Error('prepared statement "a" does not exist'), { code: "26000" }), true],
  [Object.assign(new Error("unsupported startup parameter: statement_timeout"), { code: "08P01" }), true],
  [Object.assign(new Error("terminating connection"), { code: "57P01" }), false],
  ["26000", false],
])("%s shows a pooler: %s", (error, shows) => {
  expect(isPoolerError(error)).toBe(shows);
});

test("the note names the mode", () => {
  const notes = (["none", "session", "transaction"] as const).map(poolerNote);
  expect(notes).toEqual([
    null,
    expect.stringContaining("session mode"),
    expect.stringMatching(/transaction mode.*DATABASE_DIRECT_URL/),
  ]);
});
