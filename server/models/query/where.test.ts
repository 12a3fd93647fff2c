import { beforeAll, describe, expect, it } from "vitest";
import type { MetadataCondition } from "#contract/filter";
import type { ArtifactFilter } from "#contract/where";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";

const fresh = await databaseOfFile();
const call = callerOn(fresh);
beforeAll(async () => {
  for (let i = 0; i < 30; i++) await call.artifact.create({ key: `key-${i % 3}` });
});

function nested(depth: number): unknown {
  return depth > 0 ? [nested(depth - 1)] : 0;
}

describe("the artifact's own filter", () => {
  it("counts at most one beyond atMost", async () => {
    expect(await call.artifact.count({ atMost: 10 })).toBe(11);
    expect(await call.artifact.count({ atMost: 500 })).toBe(30);
    expect(await call.collection.count({ atMost: 0 })).toBe(1);
  });

  it.each([
    [{ id: { any: ["x"] } }, "where.artifacts.id.any[0]"],
    [{ key: { any: ["UPPER"] } }, "where.artifacts.key.any[0]"],
    [{ key: { like: "x".repeat(256) } }, "where.artifacts.key.like"],
    [{ key: { contains: "\0" } }, "where.artifacts.key.contains"],
    [{ type: { any: Array.from({ length: 1001 }, () => "t") } }, "where.artifacts.type.any"],
    [{ created: { after: "today" } }, "where.artifacts.created.after"],
    [{ created: { after: "2026-02-30T00:00:00Z" } }, "where.artifacts.created.after"],
    [{ created: { before: "2026-01-01T24:00:00Z" } }, "where.artifacts.created.before"],
    [{ created: { before: "2026-01-01T00:00:00" } }, "where.artifacts.created.before"],
    [{ created: { before: "1969-12-31T00:00:00Z" } }, "where.artifacts.created.before"],
    [{ metadata: [{ name: "a", equals: "\0" }] }, "where.artifacts.metadata[0].equals"],
    [{ metadata: [{ name: "a", equals: { b: Number.POSITIVE_INFINITY } }] }, "where.artifacts.metadata[0].equals"],
    [{ metadata: [{ name: "a", any: [1, nested(201)] }] }, "where.artifacts.metadata[0].any[1]"],
    [{ metadata: [{ name: "\ud800" }] }, "where.artifacts.metadata[0].name"],
    [{ data: {} }, "where.artifacts.data"],
  ])("refuses %j", async (filter, field) => {
    const listed = call.artifact.list({ where: { artifacts: filter as ArtifactFilter } });
    await expect(listed).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { field } } });
  });
});

describe("a path in the metadata", () => {
  beforeAll(async () => {
    const metadata = { model: { layers: [12, "Dense"], "0": "zero", "a.b": null }, tags: ["eu"] };
    await call.artifact.create({ key: "with-path", metadata });
  });

  it.each<[MetadataCondition, boolean]>([
    [{ name: "model", path: ["layers", "0"], equals: 12 }, true],
    [{ name: "model", path: ["layers", "-1"], any: [12, "Dense"] }, true],
    [{ name: "model", path: ["layers", "1"], contains: "DENS" }, true],
    [{ name: "model", path: ["layers", "0"], min: 12, max: 12 }, true],
    [{ name: "model", path: ["layers", "1"], min: 0 }, false],
    [{ name: "model", path: ["layers", "2"], exists: true }, false],
    [{ name: "model", path: ["layers", "0"], notAny: [12] }, false],
    [{ name: "model", path: ["0"], equals: "zero" }, true],
    [{ name: "model", path: ["a.b"], exists: true }, true],
    [{ name: "model", path: ["a.b"], equals: null }, true],
    [{ name: "tags", contains: "eu" }, true],
    [{ name: "tags", contains: "e" }, false],
  ])("%j", async (condition, found) => {
    const artifacts = { key: { any: ["with-path"] }, metadata: [condition] };
    expect(await call.artifact.count({ where: { artifacts } })).toBe(found ? 1 : 0);
  });
});
