import { TRPCError } from "@trpc/server";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import type { Where } from "#contract/where";
import { type Caller, callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { authorColumns, LOCAL } from "./author";
import { lockKeys } from "./lock-keys";
import { foldersByIndex } from "./skip-scan";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

let keys = 0;

/** A new key with so many versions, their data their numbers. */
async function keyWith(versions: number): Promise<string> {
  const key = `renamed-${keys++}`;
  await call.artifact.createMany({ items: Array.from({ length: versions }, (_, i) => ({ key, data: i + 1 })) });
  return key;
}

const numbersOf = async (key: string) =>
  (await call.artifact.list({ where: { artifacts: { key: { any: [key] } } } })).map(({ version }) => version);

describe("a renamed key", () => {
  it("keeps its versions, deleted ones, labels, revisions and its collection's id", async () => {
    const key = await keyWith(3);
    const to = `team/${key}`;
    const before = await call.collection.latest({ key });
    const [collection] = await call.collection.list({ where: { artifacts: { key: { any: [key] } } } });
    await call.artifact.update({ id: before.id, data: 33 });
    await call.collection.label({ key, label: "production", version: 2 });
    const { id: deleted } = await call.artifact.read({ key, version: 1 });
    await call.artifact.remove({ id: deleted });
    expect(await call.collection.rename({ key, to, reason: "By team" })).toEqual({
      key: to,
      previous: key,
      versions: 2,
    });
    expect(await numbersOf(to)).toEqual([3, 2]);
    expect(await numbersOf(key)).toEqual([]);
    expect(await call.collection.latest({ key: to })).toMatchObject({ id: before.id, key: to, data: 33 });
    expect(await call.collection.latest({ key: to, label: "production" })).toMatchObject({ version: 2 });
    expect(await call.collection.list({ where: { artifacts: { key: { any: [to] } } } })).toMatchObject([
      { collectionId: collection?.collectionId, versions: 2 },
    ]);
    expect(await call.artifact.revisions({ id: before.id })).toMatchObject([{ revision: 1 }]);
    expect(await call.trash.list({ where: { key: to } })).toMatchObject([{ id: deleted, key: to, version: 1 }]);
    expect(await call.artifact.restore({ id: deleted })).toMatchObject({ key: to, version: 1 });
    expect((await call.artifact.create({ key: to })).version).toBe(4);
    expect(await call.admin.doctor()).toEqual([]);
  });

  it("is read by the old key, until that has versions again", async () => {
    const key = await keyWith(2);
    const to = `${key}.new`;
    await call.collection.label({ key, label: "production", version: 1 });
    await call.collection.rename({ key, to });
    expect(await call.collection.latest({ key })).toMatchObject({ key: to, version: 2 });
    expect(await call.collection.latest({ key, label: "production" })).toMatchObject({ key: to, version: 1 });
    expect(await call.artifact.read({ key, version: 1 })).toMatchObject({ key: to, version: 1, data: 1 });
    expect(await call.collection.renamedTo({ key })).toBe(to);
    for (const write of [
      () => call.collection.label({ key, label: "production", version: 2 }),
      () => call.collection.remove({ key }),
      () => call.collection.rename({ key, to: "elsewhere" }),
    ]) {
      await expect(write()).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: `Key "${key}" was renamed to "${to}".`,
        cause: { details: { renamedTo: to } },
      });
    }
    await expect(call.artifact.read({ key, version: 9 })).rejects.toThrow(`Key "${to}" has no version 9.`);
    expect(await call.artifact.create({ key, data: "new" })).toMatchObject({ key, version: 1 });
    expect(await call.collection.latest({ key })).toMatchObject({ key, data: "new" });
    await expect(call.artifact.read({ key, version: 2 })).rejects.toThrow(`Key "${key}" has no version 2.`);
    const { removal } = await call.collection.remove({ key });
    expect(await call.collection.renamedTo({ key })).toBeNull();
    const [trashed] = await call.trash.list({ where: { key } });
    expect(trashed?.removal).toBe(removal);
    await call.trash.purge({ ids: [trashed?.id ?? ""] });
    expect(await call.collection.renamedTo({ key })).toBe(to);
  });

  it("can be renamed again and back, and all its former keys refer to it", async () => {
    const first = await keyWith(1);
    const [second, third] = [`${first}-b`, `${first}-c`];
    await call.collection.rename({ key: first, to: second });
    await call.collection.rename({ key: second, to: third });
    for (const key of [first, second]) expect(await call.collection.renamedTo({ key })).toBe(third);
    await call.collection.rename({ key: third, to: first });
    for (const key of [second, third]) expect(await call.collection.renamedTo({ key })).toBe(first);
    expect(await call.collection.renamedTo({ key: first })).toBeNull();
    const { items } = await call.collection.history({ key: first });
    expect(items.map(({ verb, before, after }) => [verb, before?.key, after?.key])).toEqual([
      ["collection.rename", third, first],
      ["collection.rename", second, third],
      ["collection.rename", first, second],
      ["artifact.create", undefined, undefined],
    ]);
    expect(await call.admin.doctor()).toEqual([]);
  });

  it("does not become one that has versions, in the trash or not, or the same one", async () => {
    const [key, other, deleted] = [await keyWith(1), await keyWith(1), await keyWith(1)];
    await call.collection.remove({ key: deleted });
    const renamed = (to: string) => call.collection.rename({ key, to });
    await expect(renamed(other)).rejects.toMatchObject({ code: "CONFLICT", message: /has versions already/ });
    await expect(renamed(deleted)).rejects.toMatchObject({ code: "CONFLICT", message: /versions in the trash/ });
    await expect(renamed(key)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(renamed("a//b")).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(call.collection.rename({ key: "never", to: "ever" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(call.collection.rename({ key: deleted, to: "ever" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await numbersOf(key)).toEqual([1]);
    expect(await call.artifact.create({ key: "ever" })).toMatchObject({ version: 1 });
  });

  it("is refused where it has more versions than a statement can rename in time", async () => {
    const key = await keyWith(1);
    const count = (live: number) =>
      fresh.db.execute(`update artifact_collection set live = ${live} where key = '${key}'`);
    await count(200_001);
    const tooMany = {
      code: "CONFLICT",
      message: `Key "${key}" has more than 200,000 versions, too many to be renamed.`,
    };
    await expect(call.collection.rename({ key, to: `${key}-b` })).rejects.toMatchObject(tooMany);
    await count(1);
    expect(await numbersOf(key)).toEqual([1]);
  });

  it("goes on with the numbers of permanently deleted versions of its new key", async () => {
    const [key, to] = [await keyWith(1), await keyWith(5)];
    await call.collection.remove({ key: to });
    await call.trash.purge({ ids: (await call.trash.list({ where: { key: to } })).map(({ id }) => id) });
    await call.collection.rename({ key, to });
    expect(await call.artifact.create({ key: to })).toMatchObject({ version: 6 });
  });

  it("takes versions that are imported under the old key", async () => {
    const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
    const row = (n: number) => ({
      ...{ id: id(n), key: "imported", data: n, previous: n === 1 ? null : id(n - 1) },
      ...{ created: `2026-01-0${n}T00:00:00Z`, updated: `2026-01-0${n}T00:00:00Z` },
    });
    await call.admin.import({ artifacts: [row(1)] });
    await call.collection.rename({ key: "imported", to: "prefect/imported" });
    expect(await call.admin.import({ artifacts: [row(1), row(2)] })).toMatchObject({
      created: 1,
      existing: 1,
      rejected: [],
    });
    expect(await numbersOf("prefect/imported")).toEqual([2, 1]);
  });
});

describe("folders", () => {
  it("have the keys in them, anywhere or directly, where their latest version matches", async () => {
    const top = `folders-${keys++}`;
    const names = ["a", "b_c/x", "b_c/y/z", "b_c/y/z2", "b.c/x", "d/gone"].map((name) => `${top}/${name}`);
    await call.artifact.createMany({
      items: names.map((key) => ({ key, type: key.includes("z") ? "table" : "text" })),
    });
    await call.collection.remove({ key: `${top}/d/gone` });
    const folders = async (folder: string, where?: Where) =>
      (await call.collection.folders({ folder, where })).map(({ folder, keys }) => [folder.slice(top.length), keys]);
    const direct = async (folder: string) =>
      (await call.collection.list({ where: { artifacts: { key: { folder } } }, sort: "KEY_ASC" })).map(
        ({ key }) => key,
      );
    expect(await call.collection.folders({})).toContainEqual({ folder: `${top}/`, keys: 5 });
    expect(await folders(`${top}/`)).toEqual([
      ["/b.c/", 1],
      ["/b_c/", 3],
    ]);
    expect(await folders(`${top}/b_c/`)).toEqual([["/b_c/y/", 2]]);
    expect(await folders(`${top}/`, { artifacts: { type: { any: ["table"] } } })).toEqual([["/b_c/", 2]]);
    expect(await folders(`${top}/`, { artifacts: { description: { contains: "none" } } })).toEqual([]);
    expect(await direct(`${top}/`)).toEqual([names[0]]);
    expect(await direct(`${top}/b_c/`)).toEqual([names[1]]);
    expect(await direct("")).not.toContain(names[0]);
  });

  it("are the same by the index alone as by all keys, of any keys", async () => {
    const segment = fc.stringMatching(/^[a-b0.-]{1,2}$/).filter((text) => !/^\.\.?$/.test(text));
    const name = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    const sample = fc.record({ names: fc.uniqueArray(name, { maxLength: 12 }), deleted: fc.nat(12) });
    await fc.assert(
      fc.asyncProperty(sample, async ({ names, deleted }) => {
        const top = `indexed-${keys++}`;
        const all = names.map((name) => `${top}/${name}`);
        if (all.length > 0) await call.artifact.createMany({ items: all.map((key) => ({ key })) });
        const removed = all.slice(0, deleted);
        if (removed.length > 0) await call.collection.removeMany({ keys: removed });
        const rest = all.slice(deleted);
        for (const folder of [`${top}/`, `${top}/a/`, `${top}/-/`]) {
          const inside = rest.filter((key) => key.startsWith(folder)).map((key) => key.slice(folder.length).split("/"));
          const found = [
            ...new Set(inside.flatMap(([first, ...more]) => (more.length > 0 ? [first ?? ""] : []))),
          ].sort();
          const expected = found.map((name) => ({
            folder: `${folder}${name}/`,
            keys: inside.filter(([first, ...more]) => first === name && more.length > 0).length,
          }));
          expect(await foldersByIndex(fresh.db, folder, 30)).toEqual(expected);
          // By another condition that all keys fulfil.
          const where = { artifacts: { size: { min: 0 } } };
          expect(await call.collection.folders({ folder, where })).toEqual(expected);
          const entries = new Set(inside.map(([first, ...more]) => (more.length > 0 ? `${first}/` : first)));
          if (deleted === 0 && entries.size > 0) {
            expect(await foldersByIndex(fresh.db, folder, entries.size - 1)).toBeNull();
            expect(await foldersByIndex(fresh.db, folder, entries.size)).toEqual(expected);
          }
        }
      }),
      { numRuns: 15 * inject("runs"), endOnFailure: true },
    );
  });
});

it("a version that is published again locks no other key than that to which its own was renamed meanwhile", async () => {
  const key = await keyWith(2);
  const to = `${key}.to`;
  const { id } = await call.artifact.read({ key, version: 1 });
  const isBlocked = sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const other = fresh.connect().db;
  const watching = fresh.connect().db;
  const { publishing, locking } = await fresh.db.transaction(async (tx) => {
    await tx.execute(sql`select from collection_rename(${key}, ${to}, ${authorColumns(LOCAL)}::jsonb)`);
    const locking = other.transaction(async (tx) => {
      await lockKeys(tx, [to]);
      await tx.execute(sql`set local lock_timeout = 500`);
      await lockKeys(tx, [key]);
    });
    await expect.poll(() => watching.execute(isBlocked)).toHaveLength(1);
    const publishing = call.artifact.makeLatest({ id });
    await expect.poll(() => watching.execute(isBlocked)).toHaveLength(2);
    return { publishing, locking };
  });
  await locking;
  expect(await publishing).toMatchObject({ key: to, version: 3 });
});

const step = fc.record({
  verb: fc.constantFrom(
    ...(["create", "create", "rename", "rename", "rename", "update", "remove", "restore"] as const),
    ...(["removeAll", "label", "makeLatest", "read"] as const),
  ),
  key: fc.nat(2),
  to: fc.nat(2),
  which: fc.nat(7),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Performs a step on one of three keys; what another client made impossible is NOT_FOUND or CONFLICT. */
async function perform(caller: Caller, names: string[], known: string[], { verb, which, ...of }: Step): Promise<void> {
  const id = known[which % known.length] ?? "";
  const key = names[of.key] ?? "";
  const to = names[of.to === of.key ? (of.to + 1) % 3 : of.to] ?? "";
  const verbs = {
    create: async () => {
      known.push((await caller.artifact.create({ key })).id);
    },
    rename: () => caller.collection.rename({ key, to }),
    update: () => caller.artifact.update({ id, description: String(which) }),
    remove: () => caller.artifact.remove({ id, force: ["production"] }),
    restore: () => caller.artifact.restore({ id }),
    removeAll: () => caller.collection.remove({ key, force: ["production"] }),
    label: () => caller.collection.label({ key, label: "production", version: (which % 3) + 1 }),
    makeLatest: async () => {
      const { id: copy, unchanged } = await caller.artifact.makeLatest({ id });
      if (!unchanged) known.push(copy);
    },
    read: () => caller.collection.latest({ key }),
  };
  await verbs[verb]().catch((error: unknown) => {
    if (!(error instanceof TRPCError) || !/^(?:NOT_FOUND|CONFLICT)$/.test(error.code)) throw error;
  });
}

it("renames race with creates, updates, deletes and restores of two servers, and lose nothing", {
  timeout: 60_000 * inject("runs"),
}, async () => {
  const callers = [call, callerOn(fresh.connect())];
  const program = fc.array(fc.array(step, { minLength: 2, maxLength: 6 }), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(program, async (clients) => {
      const names = ["a", "b", "c"].map((name) => `race-${keys}/${name}`);
      keys++;
      const rows = await call.artifact.createMany({ items: names.slice(0, 2).map((key) => ({ key })) });
      const known = rows.map(({ id }) => id);
      await Promise.all(
        clients.map(async (steps, client) => {
          for (const each of steps) await perform(callers[client % 2] ?? call, names, known, each);
        }),
      );
      const here = await call.artifact.list({ where: { artifacts: { key: { any: names } } }, limit: 200 });
      const trash = await Promise.all(names.map((key) => call.trash.list({ where: { key }, limit: 200 })));
      const found = [...here, ...trash.flat()];
      expect(found.map(({ id }) => id).sort()).toEqual([...known].sort());
      expect(new Set(found.map(({ key, version }) => `${key}@${version}`)).size).toBe(found.length);
      expect(await call.admin.doctor()).toEqual([]);
    }),
    { numRuns: 20 * inject("runs"), endOnFailure: true },
  );
});
