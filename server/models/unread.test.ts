import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { createChanges } from "#server/models/changes";
import { type Caller, callerOn, valueCaller } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { type Author, namedActor } from "./author";
import { signInPerson } from "./person";

const fresh = await databaseOfFile();
const local = callerOn(fresh);

const request = { service: null, flowRunId: null, requestId: null };

function readerAs(actor: Author["actor"] = namedActor("key", randomUUID())): Caller {
  const author = { ...request, actor };
  return valueCaller({
    ...{ pools: fresh.pools, role: "read", keys: null, caller: "test", author },
    changes: createChanges(null),
  });
}

const newKey = () => `unread/${randomUUID()}`;

/** What is unread among some keys: key, version, and the one that was seen last. */
async function unreadOf(call: Caller, keys: string[]) {
  const { items } = await call.collection.unread({ keys });
  return items.map(({ key, version, seen }) => [key, version, seen?.version ?? null]);
}

describe("unread keys", () => {
  it("are those with a version since one first looked, after the one that was seen last", async () => {
    const call = readerAs();
    const [old, changed, fresh] = [newKey(), newKey(), newKey()];
    for (const key of [old, changed]) await local.artifact.create({ key, data: 1 });
    expect(await call.collection.unread()).toEqual({ since: null, items: [] });
    expect(await call.collection.markRead({ key: old, version: 9 })).toEqual({ key: old, version: 1 });
    const keys = [old, changed, fresh];
    expect(await unreadOf(call, keys)).toEqual([]);
    await local.artifact.create({ key: changed, data: 2 });
    await local.artifact.create({ key: fresh, data: 1 });
    await local.artifact.create({ key: fresh, data: 2 });
    expect(await unreadOf(call, keys)).toEqual([
      [fresh, 2, null],
      [changed, 2, 1],
    ]);
    await call.collection.markRead({ key: changed, version: 2 });
    await call.collection.markRead({ key: fresh, version: 1 });
    expect(await unreadOf(call, keys)).toEqual([[fresh, 2, 1]]);
    // Another reader has seen nothing of it.
    expect(await unreadOf(readerAs(), keys)).toEqual([]);
    await local.collection.rename({ key: fresh, to: `${fresh}/new` });
    expect(await unreadOf(call, [`${fresh}/new`])).toEqual([[`${fresh}/new`, 2, 1]]);
    const { items } = await call.collection.unread({ keys: [`${fresh}/new`] });
    await call.collection.markAllRead({ until: String(items[0]?.created) });
    expect((await call.collection.unread()).items).toEqual([]);
    await expect(call.collection.markRead({ key: newKey(), version: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("begin with the first sign-in of a person, and end with the person", async () => {
    const key = newKey();
    await local.artifact.create({ key, data: 1 });
    const person = { issuer: "https://id.example", subject: "r", name: "Ann", email: null, groups: [], idToken: null };
    const signIn = (id: string) => signInPerson(fresh.db, { ...person, role: "read" }, { id, hours: 1 }, request);
    const { actor } = await signIn(randomUUID());
    await local.artifact.create({ key, data: 2 });
    await signIn(randomUUID());
    expect(await unreadOf(readerAs(actor), [key])).toEqual([[key, 2, 1]]);
    await readerAs(actor).collection.markRead({ key, version: 2 });
    await local.person.remove({ id: actor.id });
    const late = readerAs(actor).collection;
    for (const mark of [late.markRead({ key, version: 2 }), late.markAllRead({ until: "2026-01-01T00:00:00Z" })]) {
      await expect(mark).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    }
    expect(await fresh.db.execute(`select from reader where actor_id = '${actor.id}'`)).toEqual([]);
    expect(await fresh.db.execute(`select from read_mark where actor_id = '${actor.id}'`)).toEqual([]);
  });

  it("are deleted with their versions, and never those that were marked", {
    timeout: 60_000 * inject("runs"),
  }, async () => {
    const step = fc.record({
      key: fc.nat({ max: 2 }),
      act: fc.constantFrom("publish", "publish", "look", "lookOlder", "readAll", "delete", "restore"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const call = readerAs();
        const keys = [newKey(), newKey(), newKey()];
        await local.artifact.create({ key: "unread/first", data: 1 });
        await call.collection.markRead({ key: "unread/first", version: 1 });
        /** By key, the versions with whether each is deleted, and the last one that was seen. */
        const model = keys.map((key) => ({ key, versions: [] as boolean[], created: [] as string[], seen: 0 }));
        const latestOf = ({ versions }: (typeof model)[number]) => versions.lastIndexOf(true) + 1;
        for (const { key: at, act } of steps) {
          const each = model[at];
          if (!each) continue;
          const latest = latestOf(each);
          if (act === "publish") {
            const { created } = await local.artifact.create({ key: each.key, data: each.versions.length });
            each.versions.push(true);
            each.created.push(created);
          } else if (act === "readAll") {
            const { items } = await call.collection.unread({ limit: 1000 });
            const until = items[0]?.created;
            if (until === undefined) continue;
            await call.collection.markAllRead({ until });
            for (const one of model) one.seen = Math.max(one.seen, one.created.filter((time) => time <= until).length);
          } else if (latest === 0) continue;
          else if (act === "look" || act === "lookOlder") {
            const version = act === "look" ? latest : 1;
            await call.collection.markRead({ key: each.key, version });
            each.seen = Math.max(each.seen, version);
          } else if (act === "delete") {
            const { id } = await local.artifact.read({ key: each.key, version: latest });
            await local.artifact.remove({ id });
            each.versions[latest - 1] = false;
          } else {
            const rows = await local.trash.list({ where: { key: each.key } });
            if (rows.length > 0) await local.artifact.restoreMany({ ids: rows.map(({ id }) => id) });
            each.versions.fill(true);
          }
        }
        const expected = model
          .filter((each) => latestOf(each) > each.seen)
          .map((each) => [each.key, latestOf(each), each.versions.slice(0, each.seen).lastIndexOf(true) + 1 || null]);
        const found = await unreadOf(call, keys);
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 8 * inject("runs") },
    );
  });
});
