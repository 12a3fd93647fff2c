import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { authorColumns, LOCAL } from "./author";

const fresh = await databaseOfFile();
const all = callerOn(fresh);
const limited = callerOn(fresh.connect(), "admin", "in/*");

const reason = "by the limited role";
const isBlocked = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

interface Target {
  key: string;
  id: string;
  /** A version in the trash. */
  deleted: string;
  removal: string;
}

type Write = (target: Target) => Promise<unknown>;
const WRITES: [name: string, write: Write][] = [
  ["update", ({ id }) => limited.artifact.update({ id, description: "new", reason })],
  ["revert", ({ id }) => limited.artifact.revert({ id, revision: 1, reason })],
  ["makeLatest", ({ id }) => limited.artifact.makeLatest({ id, reason })],
  ["makeLatest by number", ({ key }) => limited.artifact.makeLatest({ key, version: 1, reason })],
  ["remove", ({ id }) => limited.artifact.remove({ id, reason })],
  ["removeMany", ({ id }) => limited.artifact.removeMany({ ids: [id], reason })],
  ["tagMany", ({ id }) => limited.artifact.tagMany({ ids: [id], add: ["new"], reason })],
  ["restore", ({ deleted }) => limited.artifact.restore({ id: deleted, reason })],
  ["restoreMany", ({ deleted }) => limited.artifact.restoreMany({ ids: [deleted], reason })],
  ["restoreRemoval", ({ removal }) => limited.trash.restoreRemoval({ removal, reason })],
  ["purge", ({ deleted }) => limited.trash.purge({ ids: [deleted], reason })],
  ["label", ({ key }) => limited.collection.label({ key, label: "new", version: 1, reason })],
  ["collection.update", ({ key }) => limited.collection.update({ key, title: "new", reason })],
  ["collection.remove", ({ key }) => limited.collection.remove({ key, reason })],
];

let count = 0;
async function newTarget(): Promise<Target> {
  const key = `in/${count++}`;
  const [first, second] = [await all.artifact.create({ key, data: 1 }), await all.artifact.create({ key, data: 2 })];
  await all.artifact.create({ key, data: 3 });
  await all.artifact.update({ id: first.id, description: "old" });
  const { removal } = await all.artifact.removeMany({ ids: [second.id] });
  return { key, id: first.id, deleted: second.id, removal };
}

const written = (key: string) =>
  fresh.db.execute(sql`select verb from event where reason = ${reason} and key = ${key}`);

it.each(WRITES)(
  "%s of a role with key patterns writes nothing where the key is renamed away meanwhile",
  async (_, write) => {
    const target = await newTarget();
    const to = target.key.replace("in/", "out/");
    // The rename holds the lock of the key until the write waits for it, after its checks.
    const writing = await fresh.db.transaction(async (tx) => {
      await tx.execute(sql`select from collection_rename(${target.key}, ${to}, ${authorColumns(LOCAL)}::jsonb)`);
      const result = write(target).catch((error: unknown) => error);
      await expect.poll(() => fresh.db.execute(isBlocked)).toHaveLength(1);
      return { result };
    });
    const result = await writing.result;
    if (result instanceof Error) expect(result).toMatchObject({ code: "NOT_FOUND" });
    expect(JSON.stringify(result)).not.toContain("out/");
    expect(await written(to)).toEqual([]);
    expect(await written(target.key)).toEqual([]);
  },
);

it.each(WRITES)(
  "%s of such a role writes where the key is renamed inside of its patterns, or not at all",
  async (name, write) => {
    const target = await newTarget();
    const to = `${target.key}-renamed`;
    const byName = ["label", "collection.update", "collection.remove", "makeLatest by number"].includes(name);
    if (!byName) await all.collection.rename({ key: target.key, to });
    await write(target);
    expect(await written(byName ? target.key : to)).toHaveLength(1);
  },
);
