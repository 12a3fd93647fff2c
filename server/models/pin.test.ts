import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { MAX_PINS } from "#contract/pin";
import { createChanges } from "#server/models/changes";
import type { Role } from "#server/routers/context";
import { type Caller, callerOn, valueCaller } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { type Author, namedActor } from "./author";
import { signInPerson } from "./person";
import { sweep } from "./purge";

const fresh = await databaseOfFile();
/** Anyone on a server without credentials: their pins are everyone's. */
const local = callerOn(fresh);

const request = { service: null, flowRunId: null, requestId: null };

function callerAs(actor: Author["actor"], role: Role = "read", keys: string | null = null): Caller {
  const author = { ...request, actor };
  return valueCaller({ pools: fresh.pools, role, keys, caller: "test", author, changes: createChanges(null) });
}

const reader = (name: string = randomUUID()) => callerAs(namedActor("key", name));

async function newKeys(count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, (_, i) => `pins/${randomUUID()}-${i}`);
  await local.artifact.createMany({ items: keys.map((key, data) => ({ key, data })) });
  return keys;
}

const pinsOf = async (call: Caller, keys: string[]) =>
  (await call.collection.pins()).filter(({ key }) => keys.includes(key)).map(({ key, shared }) => [key, shared]);

describe("pins", () => {
  it("are each reader's own, and everyone's without a credential", async () => {
    const [one, two, shared] = (await newKeys(3)).sort() as [string, string, string];
    const keys = [one, two, shared];
    const [ann, ben] = [reader(), reader()];
    const pinned = await ann.collection.pin({ key: one });
    expect(pinned).toMatchObject({ key: one, shared: false });
    expect(await ann.collection.pin({ key: one })).toEqual(pinned);
    await ben.collection.pin({ key: two });
    await local.collection.pin({ key: shared });
    expect(await ben.collection.pin({ key: shared })).toMatchObject({ shared: true });
    const inOrder = (...pins: [string, boolean][]) => pins.sort(([a], [b]) => (a < b ? -1 : 1));
    expect(await pinsOf(ann, keys)).toEqual(inOrder([one, false], [shared, true]));
    expect(await pinsOf(ben, keys)).toEqual(inOrder([two, false], [shared, true]));
    expect(await pinsOf(local, keys)).toEqual([[shared, true]]);
    await expect(ann.collection.unpin({ key: shared })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await ann.collection.unpin({ key: one })).toEqual({ key: one });
    expect(await ann.collection.unpin({ key: one })).toEqual({ key: one });
    expect(await ann.collection.unpin({ key: "never-pinned" })).toEqual({ key: "never-pinned" });
    expect(await pinsOf(ann, keys)).toEqual([[shared, true]]);
    await callerAs(namedActor("key", "boss"), "admin").collection.unpin({ key: shared });
    expect(await pinsOf(ben, keys)).toEqual([[two, false]]);
  });

  it("need a key that exists and is reached, and are at most 100", async () => {
    const call = reader();
    await expect(call.collection.pin({ key: "pins/none" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const [key] = await newKeys(1);
    const limited = callerAs(namedActor("key", "limited"), "read", "reports/*");
    await expect(limited.collection.pin({ key: String(key) })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const keys = await newKeys(MAX_PINS + 1);
    for (const each of keys.slice(4)) await call.collection.pin({ key: each });
    const results = await Promise.allSettled(keys.slice(0, 4).map((each) => call.collection.pin({ key: each })));
    const rejected = results.filter(({ status }) => status === "rejected");
    expect(rejected).toMatchObject([{ reason: { code: "CONFLICT" } }]);
    expect(await call.collection.pins()).toHaveLength(MAX_PINS);
  });

  it("stay while versions are in the trash, follow a rename, and are deleted with the last version", async () => {
    const [key, other] = (await newKeys(2)) as [string, string];
    const call = reader();
    for (const each of [key, other]) await call.collection.pin({ key: each });
    const { removal } = await local.collection.remove({ key });
    const shown = async () => (await call.collection.page({ pinned: true })).items.map((row) => row.key);
    expect(await shown()).toEqual([other]);
    await local.trash.restoreRemoval({ removal });
    expect((await shown()).sort()).toEqual([key, other].sort());
    const to = `${key}/renamed`;
    await local.collection.rename({ key, to });
    expect(await pinsOf(call, [key, to])).toEqual([[to, false]]);
    await local.collection.remove({ key: to });
    expect(await pinsOf(call, [to])).toEqual([[to, false]]);
    await local.trash.purge({ ids: (await local.trash.list({ where: { key: to } })).map(({ id }) => id) });
    expect(await pinsOf(call, [to])).toEqual([]);
    // A program that knows no pins deletes the other permanently.
    await local.collection.remove({ key: other });
    await fresh.db.execute(`delete from artifact_trash where key = '${other}'`);
    expect(await local.admin.doctor()).toMatchObject([{ key: other, problem: /pinned/ }]);
    await sweep(fresh.db, { trash: 0, audit: 0 });
    expect(await local.admin.doctor()).toEqual([]);
    expect(await pinsOf(call, [other])).toEqual([]);
  });

  it("of a person are deleted with them", async () => {
    const person = { issuer: "https://id.example", subject: "a", name: "Ann", email: null, groups: [], idToken: null };
    const session = { id: randomUUID(), hours: 1 };
    const { actor } = await signInPerson(fresh.db, { ...person, role: "read" }, session, request);
    const [key] = (await newKeys(1)) as [string];
    const call = callerAs(actor);
    await call.collection.pin({ key });
    await local.person.remove({ id: actor.id });
    expect(await pinsOf(call, [key])).toEqual([]);
    await expect(call.collection.pin({ key })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("lists", () => {
  const sort = fc.constantFrom("CREATED_DESC", "KEY_ASC", "NUMBER_DESC", "TYPE_ASC", "VERSIONS_ASC");

  it("have the pinned and, by cursor, all other keys, each once, while pins change", {
    timeout: 60_000 * inject("runs"),
  }, async () => {
    const folder = `pins-${randomUUID()}/`;
    const keys = Array.from({ length: 12 }, (_, i) => `${folder}${i}`);
    await local.artifact.createMany({
      items: keys.map((key, n) => ({ key, data: n % 3, type: n % 2 ? "number" : "table" })),
    });
    const where = { artifacts: { key: { startsWith: folder } } };
    const subset = fc.uniqueArray(fc.constantFrom(...keys));
    await fc.assert(
      fc.asyncProperty(subset, subset, sort, fc.integer({ min: 1, max: 5 }), async (before, toggled, sort, limit) => {
        const call = reader();
        const pinned = new Set(before);
        for (const key of before) await call.collection.pin({ key });
        const all = await call.collection.list({ where, sort, limit: 200 });
        const others: string[] = [];
        let changes = [...toggled];
        let cursor: string | undefined;
        do {
          const page = await call.collection.page({ where, sort, limit, pinned: false, cursor });
          others.push(...page.items.map(({ key }) => key));
          cursor = page.next ?? undefined;
          const [key, ...rest] = changes;
          changes = rest;
          if (key === undefined) continue;
          if (pinned.delete(key)) await call.collection.unpin({ key });
          else {
            pinned.add(key);
            await call.collection.pin({ key });
          }
        } while (cursor);
        const stable = all.map(({ key }) => key).filter((key) => !toggled.includes(key));
        expect(others.filter((key) => !toggled.includes(key))).toEqual(stable.filter((key) => !pinned.has(key)));
        const { items } = await call.collection.page({ where, sort, limit: 200, pinned: true });
        expect(items.map(({ key }) => key)).toEqual(all.map(({ key }) => key).filter((key) => pinned.has(key)));
        expect((await call.collection.page({ where, sort, limit: 200 })).items).toHaveLength(keys.length);
      }),
      { numRuns: 8 * inject("runs") },
    );
  });
});
