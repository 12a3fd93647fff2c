import { createHash, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { RawJson } from "#contract/raw-json";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { checkData, doctor } from "./admin";
import { makeHashes } from "./hash";
import { sha256Of } from "./measure";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function forgetHashes() {
  for (const table of ["artifact", "artifact_trash"])
    await fresh.db.execute(sql.raw(`update ${table} set sha256 = null`));
}

async function hashedAll() {
  let batches = 0;
  while (await makeHashes(fresh.db)) batches += 1;
  return batches;
}

describe("the hash of data", () => {
  it("is that of the stored text, however a version is written", async () => {
    const data = RawJson.fromText(' {"b": 1.0,  "a": "\\u00e9é😀"} ') as unknown as Json;
    const expected = sha256(' {"b": 1.0,  "a": "\\u00e9é😀"} ');
    const created = await call.artifact.create({ key: "hashed", data });
    const once = await call.artifact.create({ data, idempotencyKey: "hashed" });
    const at = await call.artifact.create({ key: "hashed", data, created: created.created });
    const large = "é😀".repeat(400_000);
    const many = await call.artifact.createMany({ items: [{ key: "hashed", data }, { data: large }, {}] });
    const id = randomUUID();
    const stamps = { created: created.created, updated: created.created };
    await call.admin.import({ artifacts: [{ id, data, ...stamps }] });
    const imported = await call.artifact.read({ id });
    const rows = [created, once, at, ...many, imported];
    expect(rows.map((row) => row.sha256)).toEqual(
      rows.map((_, i) => (i === 4 ? sha256(JSON.stringify(large)) : i === 5 ? sha256("null") : expected)),
    );
    const updated = await call.artifact.update({ id: created.id, data: 5 });
    expect(updated.sha256).toBe(sha256("5"));
    expect((await call.artifact.update({ id: created.id, description: "kept" })).sha256).toBe(sha256("5"));
    expect((await call.collection.list({ where: { artifacts: { key: { any: ["hashed"] } } } }))[0]?.sha256).toBe(
      expected,
    );
    expect(await checkData(fresh.db, {})).toMatchObject({ violations: [] });
  });

  it("of any text is that of its UTF-8, also where it is made in steps", async () => {
    const part = fc.string({ unit: "grapheme", maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(part, fc.nat(60_000), async (text, times) => {
        const json = JSON.stringify(text.repeat(times));
        expect(await sha256Of(RawJson.fromText(json))).toBe(sha256(json));
      }),
      { numRuns: 20 },
    );
  });

  it("is made later for versions of earlier programs, in the trash too, in batches", async () => {
    const large = await call.artifact.create({ data: "x".repeat(9_000_000) });
    const ids = [large.id];
    for (const data of ["y".repeat(9_000_000), 1.5]) ids.push((await call.artifact.create({ key: "later", data })).id);
    await call.artifact.remove({ id: ids[1] ?? "" });
    await forgetHashes();
    const updateOf0013 = sql`select artifact_update(${ids[2]}::uuid, null, '"old"', '{"size": 5, "preview": null}')`;
    await fresh.db.execute(updateOf0013);
    expect((await call.artifact.read({ id: ids[2] ?? "" })).sha256).toBe(null);
    expect(await hashedAll()).toBe(3);
    await call.artifact.restore({ id: ids[1] ?? "" });
    const hashes = await Promise.all(ids.map(async (id) => (await call.artifact.read({ id })).sha256));
    expect(hashes).toEqual([
      sha256(`"${"x".repeat(9_000_000)}"`),
      sha256(`"${"y".repeat(9_000_000)}"`),
      sha256('"old"'),
    ]);
    expect(await checkData(fresh.db, {})).toMatchObject({ violations: [] });
  });

  it("is not made of data that is being changed", async () => {
    const { id } = await call.artifact.create({ key: "busy", data: "old" });
    await forgetHashes();
    const { db } = fresh.connect();
    await db.transaction(async (tx) => {
      await tx.execute(sql`select artifact_update(${id}::uuid, null, '5', '{"size": 1, "preview": null}')`);
      await hashedAll();
    });
    expect((await call.artifact.read({ id })).sha256).toBe(null);
    expect(await hashedAll()).toBe(1);
    expect((await call.artifact.read({ id })).sha256).toBe(sha256("5"));
  });

  it("is checked by the doctor, in batches", async () => {
    const { id, key } = await call.artifact.create({ key: "damaged", data: "as written" });
    const { id: deleted } = await call.artifact.create({ data: "deleted" });
    await call.artifact.remove({ id: deleted });
    const damage = sql`update artifact_data set data = '"other"' where artifact_id = any(${`{${id},${deleted}}`}::uuid[])`;
    await fresh.db.execute(damage);
    const found = [];
    let calls = 0;
    for (let after: string | undefined; ; calls++) {
      const { violations, next } = await call.admin.checkData({ after });
      found.push(...violations);
      if (next === null) break;
      after = next;
    }
    expect(calls).toBeGreaterThan(0);
    expect(found.map((each) => [each.law, each.key]).sort()).toEqual(
      [
        [11, key],
        [11, deleted],
      ].sort(),
    );
    await call.artifact.update({ id, data: "as written" });
    await call.trash.purge({ ids: [deleted] });
    expect(await doctor(fresh.db)).toEqual([]);
  });
});

describe("ifChanged", () => {
  const base = { key: "same", type: "json", description: "One", metadata: { a: 1, b: ["x"] }, data: { n: 1 } };

  it("returns the latest version where type, description, metadata and data are the same", async () => {
    const first = await call.artifact.create({ ...base, ifChanged: true });
    expect(first).not.toHaveProperty("unchanged");
    const again = await call.artifact.create({
      ...base,
      metadata: { b: ["x"], a: 1 },
      flowRunId: randomUUID(),
      ifChanged: true,
    });
    expect(again).toEqual({ ...first, unchanged: true });
    const changes = [
      { type: "text" },
      { description: null },
      { description: "" },
      { metadata: null },
      { metadata: { a: 2 } },
    ];
    for (const [index, change] of [...changes, { data: { n: 2 } }].entries()) {
      const row = await call.artifact.create({ ...base, ...change, ifChanged: true });
      expect(row).toMatchObject({
        version: 2 + 2 * index,
        ...(({ data: _, ...rest }) => rest)({ data: 0, ...change }),
      });
      expect(row).not.toHaveProperty("unchanged");
      expect(await call.artifact.create({ ...base, ifChanged: true })).toMatchObject({ version: 3 + 2 * index });
    }
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("compares the bytes of the data, also with a version that has no hash yet", async () => {
    const exact = (text: string) => RawJson.fromText(text) as unknown as Json;
    const { version } = await call.artifact.create({ key: "bytes", data: exact("1.0") });
    await forgetHashes();
    const same = await call.artifact.create({ key: "bytes", data: exact("1.0"), ifChanged: true });
    expect(same).toMatchObject({ version, unchanged: true });
    expect(await call.artifact.create({ key: "bytes", data: exact("1.00"), ifChanged: true })).toMatchObject({
      version: 2,
    });
    await hashedAll();
  });

  it("sees only the latest version that is not deleted", async () => {
    const { id } = await call.artifact.create({ key: "gone", data: 1 });
    await call.artifact.remove({ id });
    expect(await call.artifact.create({ key: "gone", data: 1, ifChanged: true })).toMatchObject({ version: 2 });
    await call.artifact.create({ key: "gone", data: 2 });
    expect(await call.artifact.create({ key: "gone", data: 1, ifChanged: true })).toMatchObject({ version: 4 });
  });

  it("records an idempotency key, which keeps its result", async () => {
    const first = await call.artifact.create({ key: "once", data: 1 });
    const input = { key: "once", data: 1, ifChanged: true, idempotencyKey: randomUUID() };
    expect(await call.artifact.create(input)).toEqual({ ...first, unchanged: true });
    await call.artifact.create({ key: "once", data: 2 });
    expect(await call.artifact.create(input)).toEqual({ ...first, unchanged: true });
    await expect(call.artifact.create({ ...input, ifChanged: false })).rejects.toThrow(/another request body/);
    const changed = { ...input, data: 3, idempotencyKey: randomUUID() };
    const third = await call.artifact.create(changed);
    expect(await call.artifact.create(changed)).toEqual(third);
    expect(third).not.toHaveProperty("unchanged");
    const plain = { key: "once", data: 3, ifChanged: false, idempotencyKey: randomUUID() };
    const { id } = await call.artifact.create(plain);
    expect((await call.artifact.create(plain)).id).toBe(id);
  });

  it("of many compares each with the one before it", async () => {
    const item = { key: "many", ifChanged: true };
    const key = randomUUID();
    const rows = await call.artifact.createMany({
      items: [
        { ...item, data: 1, idempotencyKey: key },
        { ...item, data: 1 },
        { key: "many", data: 1 },
        { ...item, data: 2 },
        { ...item, data: 1, idempotencyKey: key },
        {},
      ],
    });
    expect(rows.map(({ version, unchanged }) => [version, unchanged])).toEqual([
      [1, undefined],
      [1, true],
      [2, undefined],
      [3, undefined],
      [1, undefined],
      [null, undefined],
    ]);
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("records an event for what was created alone, one for each key of many", async () => {
    const item = { key: "logged", ifChanged: true, reason: "Nightly" };
    await call.artifact.create({ ...item, data: 1 });
    await call.artifact.create({ ...item, data: 1, reason: "Again" });
    await call.artifact.createMany({
      items: [
        { ...item, data: 1 },
        { ...item, data: 2 },
        { ...item, data: 3 },
      ],
    });
    const events = await call.event.list({ where: { key: "logged" } });
    expect(events.map(({ verb, version, reason, after }) => [verb, version, reason, after])).toEqual([
      ["artifact.create", 3, "Nightly", { versions: 2 }],
      ["artifact.create", 1, "Nightly", null],
    ]);
  });

  it("requires a key", async () => {
    await expect(call.artifact.create({ data: 1, ifChanged: true })).rejects.toThrow(
      'The field "key" must be set with ifChanged.',
    );
    const items = [{ key: "many" }, { key: null, ifChanged: true }];
    await expect(call.artifact.createMany({ items })).rejects.toThrow(/"items\[1\]\.key" must be set with ifChanged/);
  });
});

describe("makeLatest", () => {
  it("publishes a copy, which says where it is from, without the runs", async () => {
    const flow = await call.flow.create({ name: "copied" });
    const run = await call.flowRun.create({ flowId: flow.id });
    const data = RawJson.fromText('[{"a": 1.0}]') as unknown as Json;
    const content = { key: "copied", type: "table", description: "First", metadata: { a: 1 } };
    const first = await call.artifact.create({ ...content, data, flowRunId: run.id, taskRunId: randomUUID() });
    await call.artifact.create({ key: "copied", data: "second", flowRunId: run.id });
    const copied = await call.artifact.makeLatest({ key: "copied", version: 1, reason: "Broken input" });
    const [event] = await call.event.list({ where: { key: "copied" } });
    const event3 = { verb: "artifact.create", artifactId: copied.id, version: 3, reason: "Broken input" };
    expect(event).toMatchObject({ ...event3, after: { restoredFrom: 1 }, actor: { kind: "local" } });
    const stored = sql`select created_by, reason from artifact where id = ${copied.id}::uuid`;
    expect(await fresh.db.execute(stored)).toEqual([{ created_by: event?.actor?.id, reason: "Broken input" }]);
    const { id, size, rows, number } = first;
    expect(copied).toMatchObject({ ...content, version: 3, restoredFrom: 1, size, rows, number, sha256: first.sha256 });
    expect(copied).toMatchObject({ flowRunId: null, taskRunId: null, sha256: sha256('[{"a": 1.0}]') });
    expect(copied.created > first.created && copied.id > id && copied.updated === copied.created).toBe(true);
    const { isLatest, ...read } = await call.collection.latest({ key: "copied" });
    expect([isLatest, read.id, read.data]).toEqual([true, copied.id, [{ a: 1 }]]);
    const include = { where: { artifacts: { key: { any: ["copied"] } } }, include: ["preview" as const] };
    const previews = (await call.artifact.list(include)).map(({ preview }) => preview);
    expect(previews[0]).toEqual(previews[2]);
    expect(previews[0]).toMatchObject({ kind: "table" });
    const ofFlow = { where: { flows: { id: { any: [flow.id] } } } };
    expect([await call.collection.count(ofFlow), await call.artifact.count(ofFlow)]).toEqual([0, 2]);
    expect(await doctor(fresh.db)).toEqual([]);
    expect(await call.artifact.makeLatest({ id, reason: "Unused" })).toEqual({ ...copied, unchanged: true });
    expect(await call.artifact.makeLatest({ id: copied.id })).toEqual({ ...copied, unchanged: true });
  });

  it("makes the preview and the hash later where the version has none", async () => {
    const { id } = await call.artifact.create({ key: "unprepared", type: "markdown", data: "# One" });
    await call.artifact.create({ key: "unprepared", data: 2 });
    await fresh.db.execute(sql`insert into artifact_preview_pending values (${id}::uuid)`);
    await forgetHashes();
    const copied = await call.artifact.makeLatest({ id });
    expect(copied.sha256).toBe(sha256('"# One"'));
    const pending = sql`select artifact_id from artifact_preview_pending where artifact_id = ${copied.id}::uuid`;
    expect(await fresh.db.execute(pending)).toHaveLength(1);
    await hashedAll();
  });

  it("rejects what is missing, deleted, or has no key", async () => {
    const { id } = await call.artifact.create({ key: "there", data: 1 });
    await call.artifact.create({ key: "there", data: 2 });
    await expect(call.artifact.makeLatest({ id: randomUUID() })).rejects.toThrow(/was not found/);
    await expect(call.artifact.makeLatest({ key: "there", version: 9 })).rejects.toThrow("has no version 9");
    await expect(call.artifact.makeLatest({ key: "nowhere", version: 1 })).rejects.toThrow("has no version 1");
    expect(await fresh.db.execute(sql`select key from artifact_collection where key = 'nowhere'`)).toEqual([]);
    await call.artifact.remove({ id });
    await expect(call.artifact.makeLatest({ id })).rejects.toThrow("there@1 was deleted");
    const keyless = await call.artifact.create({ data: 1 });
    await expect(call.artifact.makeLatest({ id: keyless.id })).rejects.toMatchObject({
      message: expect.stringContaining("has no key, and so no latest version"),
      cause: { details: { field: "id" } },
    });
  });

  it("with an idempotency key copies once", async () => {
    const first = await call.artifact.create({ key: "twice", data: 1 });
    await call.artifact.create({ key: "twice", data: 2 });
    const input = { id: first.id, idempotencyKey: randomUUID() };
    const copied = await call.artifact.makeLatest(input);
    await call.artifact.create({ key: "twice", data: 3 });
    expect(await call.artifact.makeLatest(input)).toEqual(copied);
    await expect(call.artifact.makeLatest({ ...input, id: copied.id })).rejects.toThrow(/another request body/);
    await call.artifact.remove({ id: copied.id });
    await expect(call.artifact.makeLatest(input)).rejects.toThrow("twice@3 was deleted");
  });
});

describe("sameData", () => {
  it("names the last version before with the same data, as any list of versions has it", async () => {
    let keys = 0;
    const version = fc.record({ data: fc.nat(2), deleted: fc.boolean() });
    const versions = fc.array(version, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        versions,
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 8 }),
        async (all, from, limit) => {
          const key = `same-data-${keys++}`;
          const rows = await call.artifact.createMany({ items: all.map(({ data }) => ({ key, data })) });
          const ids = rows.filter((_, i) => all[i]?.deleted).map(({ id }) => id);
          if (ids.length > 0) await call.artifact.removeMany({ ids });
          const left = all.flatMap(({ data, deleted }, i) => (deleted ? [] : [{ data, version: i + 1 }])).reverse();
          const expected = left
            .filter((each) => each.version <= from)
            .slice(0, limit)
            .flatMap(({ data, version }) => {
              const before = left.find((each) => each.version < version && each.data === data);
              return before ? [{ version, sameAs: before.version }] : [];
            });
          expect(await call.collection.sameData({ key, from, limit })).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
    expect(await call.collection.sameData({ key: "no-such-key" })).toEqual([]);
  });
});
