import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RawJson } from "#contract/raw-json";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { doctor } from "./admin";
import { hashOf } from "./idempotency";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const day = (n: number) => `2026-01-${String(n).padStart(2, "0")}T00:00:00.000000Z`;

describe("a given time of creation", () => {
  it("is stored, with an id of that time, and the time of the update is now", async () => {
    const before = Date.now() - 60_000;
    const row = await call.artifact.create({ key: "backfill", data: 1, created: "2026-01-02T01:00:00+01:00" });
    expect(row).toMatchObject({ version: 1, created: day(2) });
    expect(Date.parse(row.updated)).toBeGreaterThan(before);
    expect(Number.parseInt(row.id.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.parse(day(2)));
    expect(await call.collection.latest({ key: "backfill" })).toMatchObject({ id: row.id, created: day(2), data: 1 });
    const keyless = await call.artifact.create({ created: day(3) });
    expect(keyless).toMatchObject({ key: null, version: null, created: day(3) });
  });

  it("is not before that of the last version, in the trash too, nor after now", async () => {
    const { id } = await call.artifact.create({ key: "bounds", created: day(5) });
    await call.artifact.remove({ id });
    await expect(call.artifact.create({ key: "bounds", created: day(4) })).rejects.toThrow(
      `The field "created" must not be before ${day(5)}, when the last version of its key was created.`,
    );
    await expect(call.artifact.create({ key: "bounds", created: "2199-01-01T00:00:00Z" })).rejects.toThrow(
      /^The field "created" must not be after 20\d\d-.*Z, the present by the clock of the database\.$/,
    );
    await expect(call.artifact.create({ created: "2199-01-01T00:00:00Z" })).rejects.toThrow(/must not be after/);
    expect(await call.artifact.create({ key: "bounds", created: day(5) })).toMatchObject({ version: 2 });
    expect(await call.artifact.create({ key: "bounds" })).toMatchObject({ version: 3 });
    await expect(call.artifact.create({ key: "never", created: "2199-01-01T00:00:00Z" })).rejects.toThrow();
    expect(await call.artifact.create({ key: "never", created: day(1) })).toMatchObject({ version: 1 });
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("belongs to what an idempotency key stands for", async () => {
    const input = { key: "once", created: day(1), idempotencyKey: "once" };
    const { id } = await call.artifact.create(input);
    await call.artifact.create({ key: "once" });
    expect((await call.artifact.create(input)).id).toBe(id);
    await expect(call.artifact.create({ ...input, created: day(2) })).rejects.toThrow(/another request body/);
  });

  it("names the item of createMany that is out of bounds, and then nothing is created", async () => {
    const items = [{ key: "many", created: day(2) }, { key: "other" }, { key: "many", created: day(1) }];
    await expect(call.artifact.createMany({ items })).rejects.toThrow(/^The field "items\[2\]\.created" /);
    expect(await call.collection.count({ where: { artifacts: { key: { any: ["many", "other"] } } } })).toBe(0);
  });
});

it("any mixture of given times and none keeps the laws of a key", async () => {
  const step = fc.record({ key: fc.constantFrom("p", "q", null), day: fc.option(fc.integer({ min: 1, max: 20 })) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), fc.uuid(), async (steps, run) => {
      const items = steps.map(({ key, day: n }, index) => ({
        key: key && `${key}-${run}`,
        data: index,
        ...(n !== null && { created: day(n) }),
      }));
      const allowed = items.every(
        ({ key, created }, index) =>
          key === null ||
          created === undefined ||
          items.slice(0, index).every((each) => each.key !== key || (each.created ?? "now") <= created),
      );
      const result = call.artifact.createMany({ items });
      if (!allowed) {
        await expect(result).rejects.toThrow(/must not be before/);
        return;
      }
      const rows = await result;
      const numbers = new Map<string | null, number>();
      for (const [index, row] of rows.entries()) {
        const { key, created = expect.any(String) } = items[index] ?? {};
        numbers.set(row.key, (numbers.get(row.key) ?? 0) + 1);
        expect(row).toMatchObject({ key, created, version: key === null ? null : numbers.get(row.key), number: index });
      }
    }),
    { numRuns: 30 },
  );
  expect(await doctor(fresh.db)).toEqual([]);
});

it("stores each data of many, of any size, under its own version", async () => {
  const sizes = [10, 700_000, 10, 600_000, 3_000_000, 10, 900_000, 200_000, 10];
  const items = sizes.map((size, index) => ({ key: `sizes-${index % 2}`, data: `${index}${"é".repeat(size / 2)}` }));
  const rows = await call.artifact.createMany({ items: [...items, { key: "sizes-0" }] });
  const stored = await Promise.all(rows.map(async ({ id }) => (await call.artifact.read({ id })).data));
  expect(stored.map((data) => JSON.stringify(data))).toEqual([
    ...items.map(({ data }) => JSON.stringify(data)),
    "null",
  ]);
  expect(await doctor(fresh.db)).toEqual([]);
});

it("hashes large data in steps as earlier versions did at once", async () => {
  const data = RawJson.fromValue(`${"a".repeat(256 * 1024 - 2)}😀"\\\n\u0001${"😀é".repeat(200_000)}`);
  const fields = { key: "k", metadata: { a: "é" } };
  const expected = createHash("sha256")
    .update(JSON.stringify([fields, data.text()]))
    .digest("hex");
  const hash = hashOf(fields, data);
  expect(hash).toBeInstanceOf(Promise);
  expect(await hash).toBe(expected);
  expect(hashOf({}, RawJson.null)).toBe(createHash("sha256").update('[{},"null"]').digest("hex"));
});
