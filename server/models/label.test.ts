import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { doctor } from "./admin";

const fresh = await databaseOfFile();
const call = callerOn(fresh);
const writer = callerOn(fresh, "write");
beforeAll(async () => {
  await call.admin.protectLabels({ labels: ["golden"] });
});

/** A new key with so many versions. */
async function keyWith(versions: number) {
  const key = `labels-${randomUUID()}`;
  const rows = await call.artifact.createMany({
    items: Array.from({ length: versions }, (_, data) => ({ key, data })),
  });
  return { key, ids: rows.map(({ id }) => id) };
}

const labelsOf = async (key: string) =>
  Object.fromEntries((await call.collection.labels({ key })).map(({ label, version }) => [label, version]));

describe("a label", () => {
  it("names a version until it is moved or removed, and reads it", async () => {
    const { key, ids } = await keyWith(3);
    const set = { key, label: "production", version: 2 };
    expect(await writer.collection.label({ ...set, reason: "Approved" })).toEqual({ ...set, previous: null });
    expect(await call.collection.latest({ key, label: "production" })).toMatchObject({ id: ids[1], data: 1 });
    expect(await call.collection.latest({ key, label: "latest" })).toMatchObject({ version: 3 });
    expect(await writer.collection.label({ ...set, version: 3 })).toMatchObject({ version: 3, previous: 2 });
    expect(await writer.collection.label({ ...set, version: 3 })).toMatchObject({ version: 3, previous: 3 });
    const [row] = await call.collection.labels({ key });
    expect(row).toMatchObject({ key, label: "production", version: 3, id: ids[2], protected: false });
    expect(await writer.collection.label({ ...set, version: null })).toMatchObject({ version: null, previous: 3 });
    await expect(call.collection.latest({ key, label: "production" })).rejects.toThrow(/has no label "production"/);
    const events = await call.event.list({ where: { key, verbs: ["collection.label"] } });
    expect(events.map(({ version, reason, before, after }) => [version, reason, before, after])).toEqual([
      [3, null, { label: "production", version: 3 }, { label: "production", version: null }],
      [3, null, { label: "production", version: 2 }, { label: "production", version: 3 }],
      [2, "Approved", { label: "production", version: null }, { label: "production", version: 2 }],
    ]);
  });

  it("is found in lists, counts and facets, by name", async () => {
    const { key, ids } = await keyWith(3);
    for (const [label, version] of [
      ["candidate", 1],
      ["candidate-2", 1],
      ["stable", 3],
    ] as const) {
      await call.collection.label({ key, label, version });
    }
    const idsOf = async (label: object) =>
      (await call.artifact.list({ where: { artifacts: { key: { any: [key] }, label } } })).map(({ id }) => id);
    expect(await idsOf({ any: ["candidate", "candidate-2"] })).toEqual([ids[0]]);
    expect(await idsOf({ any: [] })).toEqual([]);
    expect(await idsOf({ exists: true })).toEqual([ids[2], ids[0]]);
    expect(await idsOf({ exists: false })).toEqual([ids[1]]);
    const latest = (any: string[]) =>
      call.collection.count({ where: { artifacts: { key: { any: [key] }, label: { any } } } });
    expect([await latest(["stable"]), await latest(["candidate"])]).toEqual([1, 0]);
    const { labels } = await call.artifact.facets({ where: { artifacts: { key: { any: [key] } } } });
    expect(labels.map(({ value, count }) => [value, count])).toEqual([
      ["candidate", 1],
      ["candidate-2", 1],
      ["stable", 1],
    ]);
  });

  it("is only moved from the version that the caller knows", async () => {
    const { key } = await keyWith(2);
    const set = { key, label: "production" };
    const refused = await call.collection.label({ ...set, version: 1, ifVersion: 2 }).catch((error) => error.cause);
    expect(refused).toMatchObject({ code: "CONFLICT", details: { current: { ...set, version: null } } });
    await call.collection.label({ ...set, version: 1, ifVersion: null });
    await expect(call.collection.label({ ...set, version: 2, ifVersion: null })).rejects.toThrow(/names v1/);
    expect(await call.collection.label({ ...set, version: 2, ifVersion: 1 })).toMatchObject({ previous: 1 });
  });

  it("names an existing version of its key, and has a name that is not a number", async () => {
    const { key, ids } = await keyWith(2);
    await call.artifact.remove({ id: ids[0] ?? "" });
    const set = (label: string, version: number) => call.collection.label({ key, label, version });
    await expect(set("production", 1)).rejects.toThrow(/@1 was deleted/);
    await expect(set("production", 3)).rejects.toThrow(/has no version 3/);
    await expect(call.collection.label({ key: "no-such-key", label: "a", version: null })).rejects.toThrow(
      /no versions/,
    );
    for (const label of ["latest", "47", "Production", "a".repeat(65), ""])
      await expect(set(label, 2)).rejects.toThrow(/label/);
  });

  it("is one of at most 100 of a key", async () => {
    const { key } = await keyWith(2);
    await fresh.db.execute(sql`insert into label select key, 'l-' || n, id, version, now()
      from artifact, generate_series(1, 100) n where key = ${key} and version = 1`);
    await expect(call.collection.label({ key, label: "more", version: 1 })).rejects.toThrow(/100 labels already/);
    expect(await call.collection.label({ key, label: "l-7", version: 2 })).toMatchObject({ previous: 1 });
    await call.collection.label({ key, label: "l-7", version: null });
    expect(await call.collection.label({ key, label: "more", version: 1 })).toMatchObject({ previous: null });
  });
});

describe("a labelled version", () => {
  it("is deleted only with its labels in force, and has them again when that is undone", async () => {
    const { key, ids } = await keyWith(3);
    const [first = "", second = ""] = ids;
    for (const label of ["production", "staging"]) await writer.collection.label({ key, label, version: 1 });
    const refused = await writer.artifact.remove({ id: first, force: ["staging"] }).catch((error) => error.cause);
    expect(refused).toMatchObject({
      code: "CONFLICT",
      details: { labels: [{ key, label: "production", version: 1 }] },
    });
    await expect(writer.artifact.removeMany({ ids: [second, first] })).rejects.toThrow(/production/);
    await expect(writer.collection.remove({ key })).rejects.toThrow(/staging/);
    expect(await call.artifact.count({ where: { artifacts: { key: { any: [key] } } } })).toBe(3);
    await writer.artifact.remove({ id: first, force: ["production", "staging", "other"] });
    expect(await labelsOf(key)).toEqual({});
    await writer.collection.label({ key, label: "staging", version: 2 });
    await writer.artifact.restore({ id: first });
    expect(await labelsOf(key)).toEqual({ production: 1, staging: 2 });
    const { removal } = await writer.collection.remove({ key, force: ["production", "staging"] });
    await writer.trash.restoreRemoval({ removal });
    expect(await labelsOf(key)).toEqual({ production: 1, staging: 2 });
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("that lost a label twice gets it where it was lost last", async () => {
    const { key, ids } = await keyWith(2);
    for (const [at, id] of ids.entries()) {
      await call.collection.label({ key, label: "production", version: at + 1 });
      await call.artifact.remove({ id, force: ["production"] });
    }
    await call.artifact.restoreMany({ ids });
    expect(await labelsOf(key)).toEqual({ production: 2 });
  });
});

describe("a protected label", () => {
  it("is moved, lost and given other data by the role admin alone", async () => {
    const { key, ids } = await keyWith(2);
    const [id = ""] = ids;
    const refusal = /The label "golden" is protected/;
    await expect(writer.collection.label({ key, label: "golden", version: 1 })).rejects.toThrow(refusal);
    await call.collection.label({ key, label: "golden", version: 1 });
    await expect(writer.collection.label({ key, label: "golden", version: null })).rejects.toThrow(refusal);
    await expect(writer.artifact.remove({ id, force: ["golden"] })).rejects.toThrow(refusal);
    await expect(writer.artifact.update({ id, data: 5 })).rejects.toThrow(refusal);
    await writer.artifact.update({ id, description: "Its data is the same" });
    await call.artifact.update({ id, data: 5 });
    await call.artifact.remove({ id, force: ["golden"] });
    await writer.artifact.restore({ id });
    expect(await labelsOf(key)).toEqual({});
    await call.artifact.remove({ id });
    await call.artifact.restore({ id });
    expect(await labelsOf(key)).toEqual({});
    expect(await call.admin.protectedLabels()).toEqual(["golden"]);
    expect(await call.admin.protectLabels({ labels: ["b", "a", "b"] })).toEqual(["a", "b"]);
    await writer.collection.label({ key, label: "golden", version: 1 });
    await call.admin.protectLabels({ labels: ["golden"] });
    expect(await call.collection.labels({ key })).toMatchObject([{ label: "golden", protected: true }]);
  });
});

it("two lists of protected labels at once are one of them", async () => {
  const lists = ["one", "two", "three", "four"].map((name) => [name]);
  const write = (labels: string[]) => call.admin.protectLabels({ labels });
  for (let round = 0; round < 5; round++) {
    await Promise.all(lists.map(write));
    expect(lists).toContainEqual(await call.admin.protectedLabels());
  }
  await call.admin.protectLabels({ labels: ["golden"], reason: "As it was" });
  const [event] = await call.event.list({ where: { verbs: ["admin.protectLabels"] }, limit: 1 });
  expect(event).toMatchObject({ before: { labels: [expect.any(String)] }, after: { labels: ["golden"] } });
});

it("the doctor finds a label that names no version of its key", async () => {
  const { key } = await keyWith(1);
  await call.collection.label({ key, label: "production", version: 1 });
  await fresh.db.execute(sql`update label set version = 2 where key = ${key}`);
  expect(await doctor(fresh.db)).toMatchObject([{ law: 12, key }]);
  await fresh.db.execute(sql`update label set version = 1 where key = ${key}`);
  expect(await doctor(fresh.db)).toEqual([]);
});

it.each([
  ["0002, of versions", "artifact_remove(array[ID]::uuid[], REMOVAL)", "artifact_restore(array[ID]::uuid[], null)"],
  ["0002, of a key", "artifact_remove_keys(array[KEY], REMOVAL)", "artifact_restore(null, REMOVAL)"],
  ["0005", "artifact_remove(array[ID]::uuid[], null, REMOVAL)", "artifact_restore(null, REMOVAL)"],
  ["0016", "artifact_remove(array[ID]::uuid[], null, REMOVAL, null)", "artifact_restore(null, REMOVAL, null)"],
])("what programs of schema %s delete takes its labels along", async (_, remove, restore) => {
  const { key, ids } = await keyWith(2);
  for (const label of ["production", "golden"]) await call.collection.label({ key, label, version: 1 });
  const removal = randomUUID();
  const perform = (statement: string) => {
    const named = statement.replace("ID", `'${ids[0]}'`).replace("KEY", `'${key}'`);
    return fresh.db.execute(sql.raw(`select ${named.replace("REMOVAL", `'${removal}'::uuid`)}`));
  };
  await perform(remove);
  expect(await labelsOf(key)).toEqual({});
  expect(await doctor(fresh.db)).toEqual([]);
  await perform(restore);
  expect(await labelsOf(key)).toEqual({ golden: 1, production: 1 });
  expect(await doctor(fresh.db)).toEqual([]);
});
