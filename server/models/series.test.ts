import { expect, it } from "vitest";
import type { Metadata } from "#contract/artifact";
import type { Json } from "#contract/json";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

it("returns every version with the measure, oldest first, without deleted ones", async () => {
  const flowRunId = "0199b3c8-0000-7000-8000-000000000001";
  const publish = (type: string, data: Json) => call.artifact.create({ key: "few", type, data, flowRunId });
  const rows = [await publish("progress", 10), await publish("table", [{ a: 1 }, { a: 2 }]), await publish("n", 7.5)];
  const missing = await publish("progress", 99);
  await call.artifact.remove({ id: missing.id });

  const numbers = await call.collection.series({ key: "few" });
  expect(numbers).toMatchObject({ key: "few", versions: 2 });
  expect(numbers.points).toEqual([
    { version: 1, created: rows[0]?.created, value: 10, flowRunId },
    { version: 3, created: rows[2]?.created, value: 7.5, flowRunId },
  ]);
  expect((await call.collection.series({ key: "few", measure: "rows" })).points).toMatchObject([
    { version: 2, value: 2 },
  ]);
  expect((await call.collection.series({ key: "few", measure: "size" })).versions).toBe(3);
  const range = await call.collection.series({ key: "few", measure: "size", from: 2, to: 2 });
  expect([range.versions, range.points.map(({ version }) => version)]).toEqual([1, [2]]);
  expect((await call.collection.series({ key: "few", measure: "size", from: 2 })).versions).toBe(2);
  expect(await call.collection.series({ key: "none" })).toEqual({ key: "none", versions: 0, points: [] });
});

it("returns the numbers in a field of the metadata", async () => {
  const fields: Metadata[] = [{ "a b": 0.5 }, { "a b": "0.5" }, { "a b": null }, { other: 1 }, { "a b": -2e3 }];
  for (const metadata of fields) {
    await call.artifact.create({ key: "fields", data: 1, metadata });
  }
  expect(await call.collection.series({ key: "fields", metadata: "a b" })).toMatchObject({
    versions: 2,
    points: [
      { version: 1, value: 0.5 },
      { version: 5, value: -2000 },
    ],
  });
});

it("returns the last 20 versions of each key, oldest first, without deleted ones", async () => {
  const items = Array.from({ length: 23 }, (_, i) => ({ key: "trend", type: "progress", data: i + 1 }));
  const versions = await call.artifact.createMany({ items });
  await call.artifact.removeMany({ ids: versions.slice(20, 22).map(({ id }) => id) });
  await call.artifact.create({ key: "trend-table", type: "table", data: [{ a: 1 }] });
  const [none, table, trend] = await call.collection.trends({ keys: ["none", "trend-table", "trend"] });
  expect(none).toEqual({ key: "none", points: [] });
  expect(table).toEqual({ key: "trend-table", points: [{ version: 1, number: null, rows: 1, size: 9 }] });
  const remaining = [...Array.from({ length: 20 }, (_, i) => i + 1), 23].slice(-20);
  expect(trend?.points.map(({ version, number }) => [version, number])).toEqual(remaining.map((n) => [n, n]));
});

it("keeps every peak of thousands of versions in at most 1,000 points", async () => {
  const at = (version: number) => (version === 1234 ? 1e6 : version === 2345 ? -1e6 : version);
  for (let first = 1; first <= 3000; first += 1000) {
    const items = Array.from({ length: 1000 }, (_, i) => ({ key: "many", type: "progress", data: at(first + i) }));
    await call.artifact.createMany({ items });
  }
  const { versions, points } = await call.collection.series({ key: "many" });
  expect(versions).toBe(3000);
  expect(points).toHaveLength(1000);
  expect(points.find(({ value }) => value === 1e6)?.version).toBe(1234);
  expect(points.find(({ value }) => value === -1e6)?.version).toBe(2345);
  expect(points.map(({ version }) => version)).toEqual(points.map(({ version }) => version).toSorted((a, b) => a - b));
});
