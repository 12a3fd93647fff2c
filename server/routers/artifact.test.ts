import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { doctor } from "#server/models/admin";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const unknown = "00000000-0000-4000-8000-000000000000";

describe("versions of a key", () => {
  const foo = (data: string) => call.artifact.create({ key: "foo", type: "markdown", data });
  const latest = () => call.collection.latest({ key: "foo" });

  it("make the next older one the latest when the latest is removed", async () => {
    const [first, second, third] = [await foo("one"), await foo("two"), await foo("three")];
    expect([first, second, third].map((row) => row.version)).toEqual([1, 2, 3]);
    expect(await latest()).toMatchObject({ id: third.id, version: 3, data: "three", isLatest: true, older: second.id });

    expect(await call.artifact.remove({ id: third.id })).toEqual({ id: third.id, key: "foo", version: 3, latest: 2 });
    expect(await latest()).toMatchObject({ id: second.id, data: "two" });

    expect(await call.artifact.remove({ id: first.id })).toMatchObject({ latest: 2 });
    expect(await latest()).toMatchObject({ id: second.id, older: null, newer: null });

    expect(await call.artifact.remove({ id: second.id })).toMatchObject({ latest: null });
    await expect(latest()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await call.collection.count({ where: { artifacts: { key: { any: ["foo"] } } } })).toBe(0);
  });

  it("never reuse a number, and keep it when restored", async () => {
    const fourth = await foo("four");
    expect(fourth.version).toBe(4);
    const trashed = await call.trash.list({ where: { key: "foo" } });
    expect(trashed.map((row) => row.version)).toEqual([2, 1, 3]);
    const third = trashed.find((row) => row.version === 3);
    const restored = await call.artifact.restore({ id: third?.id ?? "" });
    expect(restored).toMatchObject({ id: third?.id, version: 3, created: third?.created });
    expect(await latest()).toMatchObject({ id: fourth.id, older: restored.id });
  });
});

describe("create", () => {
  it("accepts an empty input: an artifact without key and version number", async () => {
    const row = await call.artifact.create({});
    expect(row).toMatchObject({ key: null, version: null, type: null, metadata: null, size: 4, number: null });
    expect(await call.artifact.read({ id: row.id })).toMatchObject({ data: null, isLatest: true, older: null });
  });

  it("stores metadata of any JSON whole", async () => {
    const metadata = { long: "x".repeat(5000), nested: { list: [1, null, { constructor: "kept" }] }, "": true };
    const row = await call.artifact.create({ key: "with-metadata", metadata });
    expect((await call.artifact.read({ id: row.id })).metadata).toEqual(metadata);
  });

  it.each([
    ["Upper", "key"],
    ["new\nline", "key"],
    ["line\n", "key"],
    ["", "key"],
    ["a".repeat(256), "key"],
  ])("rejects the key %j", async (key, field) => {
    await expect(call.artifact.create({ key })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { details: { field } },
    });
  });

  it.each([
    [{ metadata: { a: "\0" } }, "metadata"],
    [{ metadata: { a: "\ud800" } }, "metadata"],
    [{ metadata: JSON.parse('{"__proto__":1}') }, "metadata"],
    [{ metadata: { a: Number.POSITIVE_INFINITY } }, "metadata"],
    [{ metadata: { a: "x".repeat(65_536) } }, "metadata"],
    [{ metadata: [] as never }, "metadata"],
    [{ description: "\0" }, "description"],
    [{ description: "\udc00" }, "description"],
    [{ description: "é".repeat(32_769) }, "description"],
    [{ type: "" }, "type"],
    [{ type: "x".repeat(65) }, "type"],
    [{ flowRunId: "not-an-id" }, "flowRunId"],
    [{ idempotencyKey: "x".repeat(256) }, "idempotencyKey"],
  ])("rejects %j", async (input, field) => {
    await expect(call.artifact.create(input)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { details: { field } },
    });
  });

  it("stores the value of a number and the row count of each kind of table", async () => {
    const rowsOf = async (data: unknown) => (await call.artifact.create({ type: "table", data: data as never })).rows;
    expect(await rowsOf([{ a: 1 }, { a: 2 }])).toBe(2);
    expect(await rowsOf({ a: [1, 2, 3], b: [1] })).toBe(3);
    expect(
      await rowsOf([
        ["city", "people"],
        ["Oslo", 1],
        ["Rome", 2],
      ]),
    ).toBe(2);
    expect(await rowsOf('[["a"],["b"]]')).toBe(1);
    expect(await rowsOf([1, 2, 3])).toBeNull();
    expect(await rowsOf({ a: [1, 2], b: "x" })).toBeNull();
    expect(await rowsOf("no table")).toBeNull();
    expect(await call.artifact.create({ type: "progress", data: 40.5 })).toMatchObject({ number: 40.5, rows: null });
  });

  it("creates one artifact for 50 concurrent calls with one idempotency key, and rejects another body", async () => {
    const publish = (data: string) => call.artifact.create({ key: "once", data, idempotencyKey: "run-7" });
    const rows = await Promise.all(Array.from({ length: 50 }, () => publish("same")));
    expect(new Set(rows.map((row) => row.id)).size).toBe(1);
    expect(await call.artifact.count({ where: { artifacts: { key: { any: ["once"] } } } })).toBe(1);
    await expect(publish("other")).rejects.toMatchObject({ code: "CONFLICT" });
    await call.artifact.remove({ id: rows[0]?.id ?? "" });
    await expect(publish("same")).rejects.toMatchObject({
      code: "NOT_FOUND",
      cause: { details: { key: "once", version: 1 } },
    });
  });
});

describe("createMany", () => {
  it("numbers the versions of each key in the order of the input, the last one latest", async () => {
    const first = await call.artifact.create({ key: "bulk-a", data: 0 });
    const keys = ["bulk-b", "bulk-a", null, "bulk-a", "bulk-b", null];
    const rows = await call.artifact.createMany({
      items: keys.map((key, n) => ({ key, type: `t${n}`, data: { n }, metadata: { n } })),
    });
    expect(rows.map((row) => [row.key, row.version])).toEqual([
      ["bulk-b", 1],
      ["bulk-a", 2],
      [null, null],
      ["bulk-a", 3],
      ["bulk-b", 2],
      [null, null],
    ]);
    expect(await call.collection.latest({ key: "bulk-a" })).toMatchObject({
      id: rows[3]?.id,
      type: "t3",
      data: { n: 3 },
    });
    expect(rows.every((row) => row.created > first.created && row.updated === row.created)).toBe(true);
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("creates one artifact per idempotency key, also within a call, and nothing where one is rejected", async () => {
    const item = { key: "bulk-once", data: 1, idempotencyKey: "bulk-1" };
    const rows = await call.artifact.createMany({ items: [item, { ...item }, { key: "bulk-once", data: 2 }] });
    expect(rows.map((row) => row.version)).toEqual([1, 1, 2]);
    expect(await call.artifact.createMany({ items: [item] })).toEqual([rows[0]]);
    const rejected = call.artifact.createMany({ items: [{ key: "bulk-once" }, { ...item, data: 3 }] });
    await expect(rejected).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await call.artifact.count({ where: { artifacts: { key: { any: ["bulk-once"] } } } })).toBe(2);
  });

  it("never deadlocks with calls that have the same keys in another order", async () => {
    const keys = Array.from({ length: 30 }, (_, i) => `bulk-race-${i}`);
    const orders = [keys, keys.toReversed(), keys.toSorted(), keys.toSpliced(0, 9, ...keys.slice(0, 9).reverse())];
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        orders.map((order) =>
          call.artifact.createMany({ items: order.map((key) => ({ key, idempotencyKey: `${key}-${round}` })) }),
        ),
      );
    }
    expect(await doctor(fresh.db)).toEqual([]);
    const { version, older } = await call.collection.latest({ key: "bulk-race-0" });
    expect([version, older !== null]).toEqual([10, true]);
  });
});

describe("read", () => {
  it("finds a version by key and number, with its existing neighbours", async () => {
    const ids = [];
    for (const data of [1, 2, 3]) ids.push((await call.artifact.create({ key: "walk", data })).id);
    await call.artifact.remove({ id: ids[1] ?? "" });
    expect(await call.artifact.read({ key: "walk", version: 3 })).toMatchObject({
      id: ids[2],
      older: ids[0],
      newer: null,
    });
    await expect(call.artifact.read({ key: "walk", version: 2 })).rejects.toMatchObject({
      code: "NOT_FOUND",
      cause: {
        details: { id: ids[1], key: "walk", version: 2, removedAt: expect.stringMatching(/^\d{4}-.*\.\d{6}Z$/) },
      },
    });
    await expect(call.artifact.read({ id: unknown })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("update", () => {
  it("leaves absent fields, clears null fields, and changes `updated`", async () => {
    const row = await call.artifact.create({ key: "edit", description: "was", metadata: { a: 1 }, data: 1 });
    const changed = await call.artifact.update({ id: row.id, description: null, data: [1.5] });
    const { updated } = changed;
    const sha256 = hash("sha256", "[1.5]");
    expect(changed).toMatchObject({ ...row, description: null, size: 5, number: null, sha256, updated });
    expect(changed.updated > row.updated).toBe(true);
    expect(await call.artifact.read({ id: row.id })).toMatchObject({ data: [1.5], metadata: { a: 1 } });
    const [listed] = await call.collection.list({
      where: { artifacts: { key: { any: ["edit"] } } },
      sort: "UPDATED_DESC",
    });
    expect(listed?.updated).toBe(changed.updated);
  });

  it("changes nothing without fields", async () => {
    const row = await call.artifact.create({ key: "still" });
    expect(await call.artifact.update({ id: row.id })).toEqual(row);
  });

  it("rejects a stale `ifUpdated` with the current row, and accepts a current one with any UTC offset", async () => {
    const row = await call.artifact.create({ key: "guarded" });
    const current = await call.artifact.update({ id: row.id, description: "theirs" });
    const stale = call.artifact.update({ id: row.id, description: "mine", ifUpdated: row.updated });
    await expect(stale).rejects.toMatchObject({ code: "CONFLICT", cause: { details: { current } } });
    const offset = current.updated.replace("Z", "+00:00");
    expect(await call.artifact.update({ id: row.id, description: "mine", ifUpdated: offset })).toMatchObject({
      description: "mine",
    });
  });

  it("accepts one of two concurrent writes with the same `ifUpdated`", async () => {
    const row = await call.artifact.create({ key: "contested" });
    const writes = ["a", "b"].map((description) =>
      call.artifact.update({ id: row.id, description, ifUpdated: row.updated }),
    );
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is NOT_FOUND for a removed version", async () => {
    const row = await call.artifact.create({ key: "updated-late" });
    await call.artifact.remove({ id: row.id });
    await expect(call.artifact.update({ id: row.id, description: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("list with data", () => {
  it("has no data by default, and reports how many rows fit where data is too large", async () => {
    const big = "x".repeat(12 * 1024 * 1024);
    for (const data of [big, big, big]) await call.artifact.create({ key: "big", data });
    const where = { artifacts: { key: { any: ["big"] } } };
    expect((await call.artifact.list({ where })).every((row) => !("data" in row))).toBe(true);
    await expect(call.artifact.list({ where, include: ["data"] })).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      cause: { details: { fits: 2 } },
    });
    expect(await call.artifact.list({ where, include: ["data"], limit: 2 })).toHaveLength(2);
  });
});
