import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, describe, expect, inject, it } from "vitest";
import type { Json } from "#contract/json";
import { createChanges } from "#server/models/changes";
import { callerOn, valueCaller } from "#test/caller";
import { databaseOfFile, freshDatabase } from "#test/database";
import { doctor } from "./admin";
import { LOCAL } from "./author";
import { backup } from "./backup/backup";
import { restore, storePart } from "./backup/restore";

const fresh = await databaseOfFile();
const call = callerOn(fresh);
afterAll(async () => expect(await doctor(fresh.db)).toEqual([]));

const stateOf = async (id: string) => {
  const { description, metadata, data, size, rows, number } = await call.artifact.read({ id });
  return { description, metadata, data, size, rows, number };
};

const countOf = async (table: string) =>
  Number((await fresh.db.execute(sql.raw(`select count(*) as n from ${table}`)))[0]?.n);

describe("a revision", () => {
  it("has what a change replaced, who changed it, when and why", async () => {
    const { id } = await call.artifact.create({
      key: "a",
      type: "table",
      description: "one",
      data: [{ n: 1 }, { n: 2 }],
    });
    const first = await call.artifact.update({ id, description: "two", reason: "typo" });
    const second = await call.artifact.update({ id, data: "x", metadata: { a: 1 } });
    await call.artifact.update({ id, description: "two", metadata: { a: 1 }, data: "x" });
    const actor = { id: LOCAL.actor.id, kind: "local", name: "local" };
    const before = { actor, service: null, metadata: null, rows: 2, number: null };
    const [last, earlier, ...more] = await call.artifact.revisions({ id });
    expect(more).toEqual([]);
    expect(earlier).toMatchObject({
      ...before,
      ...{ revision: 1, time: first.updated, reason: "typo", changed: ["description"], description: "one" },
    });
    expect(last).toMatchObject({
      ...before,
      ...{ revision: 2, time: second.updated, reason: null, changed: ["metadata", "data"], description: "two" },
    });
    for (const revision of [1, 2]) {
      expect((await call.artifact.revision({ id, revision })).data).toEqual([{ n: 1 }, { n: 2 }]);
    }
    expect(await call.artifact.revisions({ id, before: 2, limit: 1 })).toEqual([earlier]);
    await expect(call.artifact.revision({ id, revision: 3 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(call.artifact.revisions({ id: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is kept of progress once a minute, unless anything else is changed", async () => {
    const { id } = await call.artifact.create({ type: "progress", data: 0 });
    // A change of description begins a new one, in whatever minute this runs.
    for (const data of [1, 2, 3]) await call.artifact.update({ id, data });
    const { length } = await call.artifact.revisions({ id });
    expect(length).toBeLessThan(3);
    await call.artifact.update({ id, data: 4, description: "half" });
    for (const data of [5, 6]) await call.artifact.update({ id, data });
    await fresh.db.execute(sql`
      update artifact_revision set time = time - interval '1 hour' where artifact_id = ${id}::uuid`);
    await call.artifact.update({ id, data: 7 });
    const revisions = await call.artifact.revisions({ id });
    expect(revisions.map(({ number }) => number).slice(0, 1)).toEqual([6]);
    expect((await call.artifact.revision({ id, revision: 1 })).data).toBe(0);
    const { id: other } = await call.artifact.create({ type: "markdown", data: 0 });
    for (const data of [1, 2, 3]) await call.artifact.update({ id: other, data });
    expect(await call.artifact.revisions({ id: other })).toHaveLength(3);
  });

  it("is one of the last that the server keeps, and keeps its number", async () => {
    const context = {
      pools: fresh.pools,
      role: "admin" as const,
      keys: null,
      caller: "test",
      changes: createChanges(null),
    };
    const few = valueCaller({ ...context, keepRevisions: 2 });
    const { id } = await few.artifact.create({ data: 0 });
    const rows = await countOf("artifact_data");
    for (const data of [1, 2, 3, 4]) await few.artifact.update({ id, data });
    expect((await few.artifact.revisions({ id })).map(({ revision, number }) => [revision, number])).toEqual([
      [4, 3],
      [3, 2],
    ]);
    expect(await countOf("artifact_data")).toBe(rows + 2);
    await expect(few.artifact.revert({ id, revision: 2 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is kept in the trash, and deleted with its version permanently", async () => {
    const before = [await countOf("artifact_revision"), await countOf("artifact_data")];
    const { id } = await call.artifact.create({ key: "b", data: 0 });
    for (const data of [1, 2]) await call.artifact.update({ id, data, description: String(data) });
    await call.artifact.remove({ id });
    await call.artifact.restore({ id });
    expect(await call.artifact.revisions({ id })).toHaveLength(2);
    await call.artifact.remove({ id });
    await call.trash.purge({ ids: [id] });
    expect([await countOf("artifact_revision"), await countOf("artifact_data")]).toEqual(before);
  });

  it("without its version or its data is found by the doctor", async () => {
    await using broken = await freshDatabase();
    const { id } = await callerOn(broken).artifact.create({ data: 0 });
    const missing = randomUUID();
    for (const [version, data] of [
      [id, missing],
      [missing, null],
    ]) {
      await broken.db.execute(sql`
        insert into artifact_revision (artifact_id, revision, time, changed, size, data_id)
        values (${version}::uuid, 1, now(), '{data}', 1, ${data}::uuid)`);
    }
    expect(await doctor(broken.db)).toEqual([
      { law: 2, key: missing, problem: "a revision is of a version that does not exist" },
      { law: 2, key: id, problem: "the data of a revision is missing" },
    ]);
  });

  it("is made by programs of before, too", async () => {
    const { id } = await call.artifact.create({ data: 0 });
    await fresh.db.execute(sql`
      select * from artifact_update(${id}::uuid, null, '1', '{"size":1,"number":1,"description":"old"}')`);
    expect(await call.artifact.revisions({ id })).toMatchObject([
      { revision: 1, actor: null, changed: ["description", "data"], number: 0 },
    ]);
  });
});

describe("revert", () => {
  it("is an update, and so can be reverted; a stale ifUpdated is a CONFLICT", async () => {
    const { id, updated } = await call.artifact.create({ key: "c", description: "one", data: 1 });
    await call.artifact.update({ id, description: "two", data: 2 });
    await expect(call.artifact.revert({ id, revision: 1, ifUpdated: updated })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await call.artifact.revert({ id, revision: 1, reason: "wrong" });
    expect(await stateOf(id)).toMatchObject({ description: "one", data: 1, number: 1 });
    await call.artifact.revert({ id, revision: 2 });
    expect(await stateOf(id)).toMatchObject({ description: "two", data: 2, number: 2 });
    const [, reverted] = (await call.artifact.history({ id })).items;
    expect(reverted).toMatchObject({
      verb: "artifact.revert",
      reason: "wrong",
      after: { revision: 2, revertedTo: 1, number: 1 },
    });
    expect((await call.collection.history({ key: "c" })).items).toHaveLength(4);
  });

  it("gives back the state before any change, after any edits and reverts", async () => {
    const Data = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant("x".repeat(5_000)));
    const edit = fc.record(
      {
        description: fc.option(fc.stringMatching(/^[a-z]{0,3}$/)),
        metadata: fc.option(fc.dictionary(fc.constantFrom("a", "b"), fc.integer({ max: 9, min: 0 }))),
        data: Data,
      },
      { requiredKeys: [] },
    );
    const step = fc.oneof({ arbitrary: edit, weight: 3 }, { arbitrary: fc.nat(), weight: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("table", "markdown", "progress"),
        fc.array(step, { maxLength: 8 }),
        async (type, steps) => {
          const { id } = await call.artifact.create({ type, data: 0 });
          /** The state before each change, by its number. */
          const states = new Map<number, object>();
          for (const each of steps) {
            const before = await stateOf(id);
            const [last] = await call.artifact.revisions({ id, limit: 1 });
            const count = last?.revision ?? 0;
            if (typeof each !== "number") await call.artifact.update({ id, ...each, data: each.data as Json });
            else if (count > 0) await call.artifact.revert({ id, revision: (each % count) + 1 });
            const [next] = await call.artifact.revisions({ id, limit: 1 });
            if ((next?.revision ?? 0) > count) states.set(next?.revision ?? 0, before);
            if (typeof each === "number" && count > 0)
              expect(await stateOf(id)).toEqual(states.get((each % count) + 1));
          }
          for (const [revision, state] of states) {
            const { description, metadata, data, size, rows, number } = await call.artifact.revision({ id, revision });
            expect({ description, metadata, data, size, rows, number }).toEqual(state);
          }
        },
      ),
      { numRuns: 20 * inject("runs") },
    );
  });

  it("and updates at the same time have one order, of which every revision is a state", async () => {
    const { id } = await call.artifact.create({ key: "race", data: 0, description: "0" });
    await call.artifact.update({ id, data: 1, description: "1" });
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 3 === 0
          ? call.artifact.revert({ id, revision: 1 }).catch((error) => expect(error.code).toBe("CONFLICT"))
          : call.artifact.update({ id, data: n, description: String(n) }),
      ),
    );
    const revisions = await call.artifact.revisions({ id, limit: 200 });
    expect(revisions.map(({ revision }) => revision)).toEqual(revisions.map((_, i) => revisions.length - i));
    for (const { revision, description } of revisions) {
      expect((await call.artifact.revision({ id, revision })).data).toBe(Number(description));
    }
    const { description, data } = await stateOf(id);
    expect(data).toBe(Number(description));
  });
});

it("a backup has the revisions and events, and a restore has them to the letter", async () => {
  await using source = await freshDatabase();
  const from = callerOn(source);
  const { id } = await from.artifact.create({ key: "kept", data: { a: 1 }, reason: "first" });
  await from.artifact.update({ id, data: { a: 2 }, description: "x" });
  await from.artifact.revert({ id, revision: 1 });
  await from.artifact.remove({ id });
  await using target = await freshDatabase();
  const name = randomUUID();
  let number = 1;
  for await (const part of backup(source.db, null)) {
    if (/^(?:data|rows|end)$/.test(part.head.part)) await storePart(target.db, name, number++, part, 1);
  }
  const messages = [];
  for await (const message of restore(target.db, name, 1, LOCAL)) messages.push(message);
  expect(messages.at(-1)).toMatchObject({ violations: 0 });
  const to = callerOn(target);
  const [restored, ...events] = await to.event.list();
  expect(restored).toMatchObject({ verb: "database.restore", after: { backup: name } });
  expect(events).toEqual(await from.event.list());
  expect(await target.db.execute("select from artifact_preview_pending")).toHaveLength(1);
  for (const each of [from, to]) await each.artifact.restore({ id });
  expect(await to.artifact.revisions({ id })).toEqual(await from.artifact.revisions({ id }));
  for (const revision of [1, 2]) {
    expect(await to.artifact.revision({ id, revision })).toEqual(await from.artifact.revision({ id, revision }));
  }
  const [{ committed } = {}] = await target.db.execute(
    sql`select bool_and(xid <= pg_current_xact_id()) as committed from event`,
  );
  expect(committed).toBe(true);
});
