import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createChanges } from "#server/models/changes";
import { callerOn, valueCaller } from "#test/caller";
import { databaseOfFile, freshDatabase } from "#test/database";
import { type Author, namedActor } from "./author";
import { sweep } from "./purge";

const fresh = await databaseOfFile();
const admin = callerOn(fresh);
const claimed = randomUUID();
const author: Author = {
  actor: namedActor("key", "nightly"),
  service: "etl",
  flowRunId: claimed,
  requestId: "request-1",
};
const call = valueCaller({
  pools: fresh.pools,
  role: "admin",
  keys: null,
  caller: "test",
  changes: createChanges(null),
  author,
});

const of = async (key: string) => (await admin.event.list({ where: { key }, limit: 200 })).reverse();
const by = { actor: author.actor, service: "etl", flowRunId: claimed, requestId: "request-1" };

describe("an event", () => {
  it("is recorded of each write of a version, with who wrote, why, and what changed", async () => {
    const key = "single";
    const flowRunId = randomUUID();
    const { id } = await call.artifact.create({ key, flowRunId, reason: "first" });
    await call.artifact.update({ id, description: "new", data: "four", reason: "second" });
    await call.artifact.update({ id, metadata: { a: 1 } });
    const { removed, removal } = await call.artifact.removeMany({ ids: [id], reason: "third" });
    await call.artifact.restoreMany({ ids: [id], reason: "fourth" });
    await call.artifact.remove({ id, reason: "fifth" });
    await call.trash.purge({ ids: [id], reason: "sixth" });
    expect(removed).toHaveLength(1);
    const one = { ...by, key, artifactId: id, version: 1, before: null, after: null, reason: null };
    expect(await of(key)).toMatchObject([
      { ...one, verb: "artifact.create", reason: "first", flowRunId },
      {
        ...one,
        verb: "artifact.update",
        reason: "second",
        before: { description: null, size: 4, rows: null, number: null },
        after: { description: "new", size: 6, rows: null, number: null, revision: 1 },
      },
      { ...one, verb: "artifact.update", before: { metadata: null }, after: { metadata: { a: 1 }, revision: 2 } },
      { ...one, verb: "artifact.remove", reason: "third", after: { removal } },
      { ...one, verb: "artifact.restore", reason: "fourth" },
      { ...one, verb: "artifact.remove", reason: "fifth", after: { removal: expect.any(String) } },
      { ...one, verb: "artifact.purge", reason: "sixth" },
    ]);
  });

  it("is recorded of flows, deployments and flow runs that are created, changed and deleted, but not of states", async () => {
    const verbs = ["flow", "deployment", "flowRun", "taskRun"].flatMap((noun) =>
      ["create", "update", "remove"].map((verb) => `${noun}.${verb}`),
    );
    const flow = await call.flow.create({ name: "recorded" });
    await call.flow.create({ name: "recorded" });
    const deployment = await call.deployment.create({ flowId: flow.id, name: "nightly" });
    const { id, name } = await call.flowRun.create({ flowId: flow.id, deploymentId: deployment.id, name: "first" });
    const task = await call.taskRun.create({ flowRunId: id, taskKey: "load", dynamicKey: "0" });
    await call.flow.update({ id: flow.id, tags: ["a"] });
    await call.flow.update({ id: flow.id, tags: ["a"] });
    await call.deployment.update({ id: deployment.id, paused: true, description: "Every night" });
    await call.flowRun.update({ id, state: { type: "RUNNING" } });
    await call.flowRun.propose({ id, state: { type: "COMPLETED" } });
    await call.taskRun.update({ id: task.id, state: { type: "COMPLETED" } });
    await call.flowRun.update({ id, name: "renamed", state: { type: "FAILED" } });
    await call.taskRun.remove({ id: task.id });
    await call.flowRun.remove({ id });
    await call.deployment.remove({ id: deployment.id });
    await call.flow.remove({ id: flow.id });
    const ofFlow = { id: flow.id, name: "recorded" };
    const ofDeployment = { id: deployment.id, flowId: flow.id, name: "nightly" };
    const ofRun = { id, flowId: flow.id, deploymentId: deployment.id, name };
    const events = (await admin.event.list({ where: { verbs, actors: [author.actor.id] }, limit: 200 })).reverse();
    expect(events.map(({ verb, before, after }) => [verb, before, after])).toEqual([
      ["flow.create", null, ofFlow],
      ["deployment.create", null, ofDeployment],
      ["flowRun.create", null, ofRun],
      ["flow.update", { ...ofFlow, tags: [] }, { ...ofFlow, tags: ["a"] }],
      [
        "deployment.update",
        { id: deployment.id, name: "nightly", description: null, paused: false },
        { id: deployment.id, name: "nightly", description: "Every night", paused: true },
      ],
      ["flowRun.update", { id, name }, { id, name: "renamed" }],
      ["taskRun.remove", { id: task.id, flowRunId: id, name: "load-0" }, null],
      ["flowRun.remove", { ...ofRun, name: "renamed" }, null],
      ["deployment.remove", ofDeployment, null],
      ["flow.remove", ofFlow, null],
    ]);
    for (const event of events) expect(event).toMatchObject(by);
  });

  it("is recorded of each key where a call names keys or creates many", async () => {
    const [a, b] = ["many-a", "many-b"];
    const items = [{ key: a }, { key: b, reason: "only" }, { key: a, reason: "last" }, {}, {}];
    const created = await call.artifact.createMany({ items });
    expect(await of(a)).toMatchObject([
      { verb: "artifact.create", version: 2, artifactId: null, reason: "last", after: { versions: 2 } },
    ]);
    expect(await of(b)).toMatchObject([{ version: 1, artifactId: created[1]?.id, reason: "only", after: null }]);
    const keyless = await admin.event.list({ where: { artifactId: created[4]?.id } });
    expect(keyless).toMatchObject([{ ...by, verb: "artifact.create", key: null, version: null }]);
    const { removal } = await call.collection.removeMany({ keys: [a, b], reason: "old" });
    await call.trash.restoreRemoval({ removal, reason: "needed" });
    await call.collection.remove({ key: a });
    expect((await of(a)).slice(1)).toMatchObject([
      { verb: "artifact.remove", reason: "old", after: { versions: 2, removal } },
      { verb: "artifact.restore", reason: "needed", after: { versions: 2 } },
      { verb: "artifact.remove", after: { versions: 2 } },
    ]);
  });

  it("is recorded of a create with a given time, with an idempotency key once, and not of a failure", async () => {
    const key = "times";
    const input = { key, idempotencyKey: randomUUID() };
    await call.artifact.create({ key, created: "2026-01-01T00:00:00Z", reason: "late" });
    for (const again of [input, input]) await call.artifact.create(again);
    await expect(call.artifact.create({ key, created: "2026-01-01T00:00:00Z" })).rejects.toThrow("before");
    await call.artifact.update({ id: (await call.collection.latest({ key })).id });
    expect(await of(key)).toMatchObject([
      { verb: "artifact.create", version: 1, reason: "late" },
      { verb: "artifact.create", version: 2, reason: null },
    ]);
  });

  it("has at most 4 KiB before and after, and says what it leaves out", async () => {
    const key = "large";
    const { id } = await call.artifact.create({ key, description: "é".repeat(30_000), metadata: { a: 1 } });
    await call.artifact.update({ id, description: "\u0001".repeat(60_000), metadata: { list: Array(5_000).fill(1) } });
    const [, updated] = await of(key);
    for (const fields of [updated?.before, updated?.after]) {
      expect(Buffer.byteLength(JSON.stringify(fields))).toBeLessThanOrEqual(4096);
    }
    expect(updated?.before).toEqual({ metadata: { a: 1 }, description: `${"é".repeat(300)}…`, cut: ["description"] });
    expect(updated?.after).toMatchObject({ cut: expect.arrayContaining(["description", "metadata"]) });
    expect(updated?.after).not.toHaveProperty("metadata");
  });

  it("is found by each condition, and paged", async () => {
    const { id } = await call.artifact.create({ key: "found" });
    const [found] = await of("found");
    const time = found?.time ?? "";
    const where = { verbs: ["artifact.create"], actors: [author.actor.id], key: "found", artifactId: id };
    const claims = { flowRunId: claimed, service: "etl", requestId: "request-1", after: time, before: time };
    expect(await admin.event.list({ where: { ...where, ...claims } })).toEqual([found]);
    const others = { ...claims, flowRunId: id, service: "other", requestId: "other" };
    for (const [name, value] of Object.entries({
      ...others,
      verbs: ["x"],
      actors: [id],
      key: "x",
      artifactId: claimed,
    })) {
      const later = name === "after" ? "2200-01-01T00:00:00Z" : name === "before" ? "1999-01-01T00:00:00Z" : value;
      expect([name, await admin.event.count({ where: { ...where, [name]: later } })]).toEqual([name, 0]);
    }
    const all = await admin.event.list({ limit: 200 });
    const first = await admin.event.page({ limit: 2 });
    const second = await admin.event.page({ limit: 2, cursor: first.next });
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 4));
    expect(await admin.event.count()).toBe(all.length);
    expect(await admin.event.actors()).toEqual(expect.arrayContaining([author.actor]));
  });

  it("is in the order of its transactions, which a reader of all events follows", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => call.artifact.create({ key: `ordered-${n % 3}` })));
    const read = () =>
      fresh.db.execute<{ key: string; version: string }>(sql`
      select key, version from (
        select xid, id, key, version from event
        union all select created_xid, id, key, version from artifact where created_xid is not null
        union all select created_xid, id, key, version from artifact_trash where created_xid is not null) written
      where key like 'ordered-%' and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id`);
    // Until transactions of other databases of the same PostgreSQL, such as of other test files, have ended.
    await expect.poll(async () => (await read()).length, { timeout: 20_000 }).toBe(20);
    const rows = await read();
    for (const n of [0, 1, 2]) {
      const versions = rows.filter(({ key }) => key === `ordered-${n}`).map(({ version }) => Number(version));
      expect(versions).toEqual(versions.map((_, i) => i + 1));
    }
  });
});

it("a sweep records an event of each batch as the system's, and deletes events that are older", async () => {
  await using own = await freshDatabase();
  const caller = callerOn(own);
  for (const key of ["a", "b"]) await caller.artifact.create({ key });
  await caller.collection.removeMany({ keys: ["a", "b"] });
  await own.db.execute(sql`update artifact_trash set removed = removed - interval '31 days'`);
  expect(await sweep(own.db, { trash: 30, audit: 400 })).toBe(2);
  const system = { kind: "system", name: "system" };
  const [purged] = await caller.event.list();
  expect(purged).toMatchObject({ verb: "artifact.purge", actor: system, key: null, after: { versions: 2 } });
  await own.db.execute(sql`
    update event set id = id_at(clock_timestamp() - interval '401 days', id) where verb = 'artifact.create'`);
  await sweep(own.db, { trash: 0, audit: 0 });
  expect(await caller.event.count()).toBe(5);
  await sweep(own.db, { trash: 30, audit: 400 });
  expect(await caller.event.list()).toMatchObject([
    { verb: "event.purge", actor: system, after: { events: 2 } },
    { verb: "artifact.purge" },
    { verb: "artifact.remove" },
    { verb: "artifact.remove" },
  ]);
});

it("needs the role admin", async () => {
  for (const role of ["read", "write"] as const) {
    await expect(callerOn(fresh, role).event.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
});

it("programs of before record changes and deletions without an actor", async () => {
  const { id } = await call.artifact.create({ key: "old" });
  await fresh.db.execute(sql`select * from artifact_update(${id}::uuid, null, null, '{"description":"old"}')`);
  await fresh.db.execute(sql`select * from artifact_remove(array[${id}]::uuid[], null, ${randomUUID()}::uuid)`);
  await fresh.db.execute(sql`select * from artifact_restore(array[${id}]::uuid[], null)`);
  expect((await of("old")).slice(1)).toMatchObject([
    { verb: "artifact.update", actor: null, after: { description: "old" } },
    { verb: "artifact.remove", actor: null },
    { verb: "artifact.restore", actor: null },
  ]);
});
