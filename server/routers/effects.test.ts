import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChangeMessage } from "#contract/changes";
import { valueCaller } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import { appRouter } from "./app-router";
import { EFFECTS } from "./effects";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** A caller, and what its calls were said to change. */
function listening() {
  const words: ChangeMessage[] = [];
  const changes = { changed: (word: ChangeMessage) => words.push(word), watch: () => expect.unreachable() };
  return { words, call: valueCaller({ pools: fresh.pools, role: "admin", changes }) };
}

test("every write says what it changes", () => {
  const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>); // flat
  const writes = procedures.filter(([, { _def }]) => _def.type === "mutation").map(([path]) => path);
  expect(Object.keys(EFFECTS).sort(), "name a new write in server/effects.ts").toEqual(writes.sort());
});

describe("the keys of a change are those", () => {
  test("of one row, of many, of what was removed and restored", async () => {
    const { words, call } = listening();
    const { id } = await call.artifact.create({ key: "one", metadata: { key: "not-a-key" } });
    const many = await call.artifact.createMany({ items: [{ key: "two" }, { key: "three" }, {}] });
    const ids = many.map((row) => row.id);
    await call.artifact.update({ id, description: "said" });
    await call.artifact.remove({ id });
    await call.artifact.restore({ id });
    await call.artifact.removeMany({ ids });
    await call.artifact.restoreMany({ ids });
    await call.collection.remove({ key: "one" });
    await call.collection.removeMany({ keys: ["two", "three"] });
    const keys = words.map((word) => (word.type === "changed" ? [...new Set(word.keys)].sort().join() : word.type));
    const pair = "three,two";
    expect(keys).toEqual(["one", pair, "one", "one", "one", pair, pair, "one", pair]);
  });

  test("of none where there is no key", async () => {
    const { words, call } = listening();
    await call.artifact.create({ data: 1 });
    await call.flow.create({ name: "flow" });
    expect(words).toEqual([
      { type: "changed", kinds: ["artifact"], keys: [] },
      { type: "changed", kinds: ["flow"], keys: [] },
    ]);
  });
});

test("what is read, refused or not found changes nothing", async () => {
  const { words, call } = listening();
  await call.artifact.list();
  await expect(call.artifact.create({ key: "Not a key" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(call.artifact.remove({ id: "0199b3c8-0000-7000-8000-000000000000" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(words).toEqual([]);
});

test("a write whose connection was lost may have been written", async () => {
  const { words, call } = listening();
  const { key } = await call.artifact.create({ key: "lost" });
  const cut =
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and wait_event_type = 'Lock'";
  const other = fresh.connect();
  await other.db.transaction(async (tx) => {
    await tx.execute(`select from artifact_collection where key = '${key}' for update`);
    const writing = call.artifact.create({ key });
    const refused = expect(writing).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    await expect.poll(() => tx.execute(cut)).not.toHaveLength(0);
    await refused;
  });
  expect(words.slice(1)).toEqual([{ type: "resync" }]);
});
