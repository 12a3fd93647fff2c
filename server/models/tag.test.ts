import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { doctor } from "./admin";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const newKey = () => `tags-${randomUUID()}`;

describe("tags of a version", () => {
  it("are a set, stored by every kind of create, replaced and cleared by update, and reverted", async () => {
    const key = newKey();
    const tags = ["b", 'quo"te', "a,b", "b"];
    const sorted = ["a,b", "b", 'quo"te'];
    const { id } = await call.artifact.create({ key, tags });
    const again = { key, tags, idempotencyKey: key };
    const rows = [
      await call.artifact.read({ id }),
      await call.artifact.create(again),
      await call.artifact.create(again),
      await call.artifact.create({ key, tags, created: new Date().toISOString().replace("Z", "000Z") }),
      ...(await call.artifact.createMany({ items: [{ key, tags }, { tags }] })),
      await call.artifact.create({ tags }),
    ];
    expect(rows.map((row) => row.tags)).toEqual(rows.map(() => sorted));
    expect((await call.artifact.create({ key, data: "without" })).tags).toEqual([]);
    expect((await call.artifact.update({ id, tags: ["c"] })).tags).toEqual(["c"]);
    expect((await call.artifact.update({ id, description: "kept" })).tags).toEqual(["c"]);
    expect((await call.artifact.update({ id, tags: [] })).tags).toEqual([]);
    const revisions = await call.artifact.revisions({ id });
    expect(revisions.map(({ changed, tags }) => [changed, tags])).toEqual([
      [["tags"], ["c"]],
      [["description"], ["c"]],
      [["tags"], sorted],
    ]);
    expect((await call.artifact.revert({ id, revision: 1 })).tags).toEqual(sorted);
    const [event] = await call.event.list({ where: { artifactId: id } });
    expect(event).toMatchObject({ verb: "artifact.revert", before: { tags: [] }, after: { tags: sorted } });
    await call.artifact.remove({ id });
    const [trashed] = await call.trash.list({ where: { key } });
    expect(trashed?.tags).toEqual(sorted);
    expect((await call.artifact.restore({ id })).tags).toEqual(sorted);
    const copy = await call.artifact.makeLatest({ id });
    expect([copy.version, copy.tags]).toEqual([6, sorted]);
  });

  it("are compared by ifChanged only where they are given", async () => {
    const key = newKey();
    const same = { key, data: 1, ifChanged: true };
    await call.artifact.create({ key, data: 1, tags: ["b", "a"] });
    expect(await call.artifact.create(same)).toMatchObject({ version: 1, unchanged: true });
    expect(await call.artifact.create({ ...same, tags: ["a", "b"] })).toMatchObject({ version: 1, unchanged: true });
    expect(await call.artifact.create({ ...same, tags: [] })).toMatchObject({ version: 2, tags: [] });
    expect(await call.artifact.create({ ...same, tags: [] })).toMatchObject({ version: 2, unchanged: true });
  });

  it("are at most 50 of 1 to 64 characters", async () => {
    const key = newKey();
    const refused: [string[], RegExp][] = [
      [[""], /tags\[0\]/],
      [["a", "b".repeat(65)], /tags\[1\]/],
      [["line\nbreak"], /control characters/],
      [Array.from({ length: 51 }, (_, i) => `t${i}`), /tags/],
    ];
    for (const [tags, message] of refused) await expect(call.artifact.create({ key, tags })).rejects.toThrow(message);
    const full = Array.from({ length: 50 }, (_, i) => `t${i}`);
    const { id } = await call.artifact.create({ key, tags: full });
    const message = `Version ${key}@1 would have 51 tags, and can have at most 50.`;
    await expect(call.artifact.tagMany({ ids: [id], add: ["more"] })).rejects.toThrow(message);
    const { changed } = await call.artifact.tagMany({ ids: [id], add: ["more"], remove: ["t7"] });
    expect(changed[0]?.tags).toHaveLength(50);
  });
});

describe("tagMany", () => {
  it("adds and removes tags of versions, with or without a key, all or none", async () => {
    const key = newKey();
    const items = [{ key, tags: ["a", "b"] }, { key }, { key, tags: ["c"] }, {}];
    const ids = (await call.artifact.createMany({ items })).map(({ id }) => id);
    const unknown = randomUUID();
    const change = { add: ["c", "d"], remove: ["b", "d"], reason: "Sorted out" };
    const { changed, missing } = await call.artifact.tagMany({ ids: [...ids, unknown], ...change });
    expect(missing).toEqual([unknown]);
    expect(changed.map(({ id, tags, previous }) => [ids.indexOf(id), previous, tags])).toEqual([
      [0, ["a", "b"], ["a", "c", "d"]],
      [1, [], ["c", "d"]],
      [2, ["c"], ["c", "d"]],
      [3, [], ["c", "d"]],
    ]);
    expect((await call.artifact.tagMany({ ids, ...change })).changed).toEqual([]);
    const events = await call.event.list({ where: { artifactId: ids[0] } });
    expect(events[0]).toMatchObject({
      verb: "artifact.update",
      reason: "Sorted out",
      after: { tags: ["a", "c", "d"] },
    });
    expect(events).toHaveLength(1);
    const full = Array.from({ length: 49 }, (_, i) => `t${i}`);
    await expect(call.artifact.tagMany({ ids, add: full })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await call.artifact.read({ id: ids[1] ?? "" })).tags).toEqual(["c", "d"]);
    await expect(call.artifact.tagMany({ ids, add: [], remove: [] })).rejects.toThrow(/add/);
    await call.artifact.tagMany({ ids, remove: ["a", "c", "d"] });
    const [row] = await fresh.db.execute(sql`select tags from artifact where id = ${ids[0]}::uuid`);
    expect(row).toEqual({ tags: null });
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("adds and removes tags of keys", async () => {
    const [one, two] = [newKey(), newKey()];
    await call.artifact.createMany({ items: [{ key: one }, { key: two }] });
    await call.collection.update({ key: one, title: "One", tags: ["a"] });
    const change = { keys: [one, two, "no-such-key"], add: ["b"], remove: ["a"] };
    const { changed, missing } = await call.collection.tagMany({ ...change, reason: "Moved" });
    expect(missing).toEqual(["no-such-key"]);
    expect(new Map(changed.map(({ key, ...tags }) => [key, tags]))).toEqual(
      new Map([
        [one, { tags: ["b"], previous: ["a"] }],
        [two, { tags: ["b"], previous: [] }],
      ]),
    );
    expect((await call.collection.tagMany(change)).changed).toEqual([]);
    expect(await call.collection.about({ key: one })).toMatchObject({ title: "One", tags: ["b"] });
    const events = await call.event.list({ where: { key: one, verbs: ["collection.update"] } });
    expect(events[0]).toMatchObject({ reason: "Moved", before: { tags: ["a"] }, after: { tags: ["b"] } });
    expect(events).toHaveLength(2);
    await call.collection.tagMany({ keys: [two], remove: ["b"] });
    const [row] = await fresh.db.execute(sql`select tags from collection_about where key = ${two}`);
    expect(row).toEqual({ tags: null });
  });
});

it("reaches the tags and facts of the keys of a role alone", async () => {
  const [inside, outside] = [`in-${newKey()}`, `out-${newKey()}`];
  const limited = callerOn(fresh, "write", "in-*");
  const ids = (await call.artifact.createMany({ items: [{ key: inside }, { key: outside }] })).map(({ id }) => id);
  await call.collection.update({ key: outside, title: "Secret", tags: ["secret"] });
  expect(await limited.collection.about({ key: outside })).toBe(null);
  await expect(limited.collection.update({ key: outside, title: "Mine" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const tagged = await limited.artifact.tagMany({ ids, add: ["mine"] });
  expect([tagged.changed.map(({ key }) => key), tagged.missing]).toEqual([[inside], [ids[1]]]);
  expect((await limited.collection.tagMany({ keys: [inside, outside], add: ["mine"] })).missing).toEqual([outside]);
  expect(await limited.artifact.count({ where: { artifacts: { tags: { any: ["secret"] } } } })).toBe(0);
  expect((await limited.artifact.facets({})).artifactTags).toEqual([{ value: "mine", id: null, count: 1 }]);
  expect(await call.collection.about({ key: outside })).toMatchObject({ title: "Secret", tags: ["secret"] });
});

describe("lists", () => {
  it("find versions by their own tags and those of their key, and count them", async () => {
    const [one, two] = [newKey(), newKey()];
    const both = `both-${one}`;
    const own = `own-${one}`;
    const { id } = await call.artifact.create({ key: one, tags: [both, own] });
    await call.artifact.createMany({ items: [{ key: one }, { key: two, tags: [both] }] });
    await call.collection.update({ key: one, tags: [both] });
    const where = (tags: object) => ({ artifacts: { key: { any: [one, two] }, tags } });
    const count = (tags: object) => call.artifact.count({ where: where(tags) });
    expect(await count({ any: [both] })).toBe(3);
    expect(await count({ all: [both, own] })).toBe(1);
    expect(await count({ any: [] })).toBe(0);
    expect(await count({ notAny: [own] })).toBe(2);
    expect(await count({ isNull: true })).toBe(0);
    expect(await count({ all: Array.from({ length: 101 }, (_, i) => `t${i}`) })).toBe(0);
    expect((await call.artifact.list({ where: { artifacts: { tags: { any: [own] } } } })).map((row) => row.id)).toEqual(
      [id],
    );
    expect(await call.collection.count({ where: where({ any: [both] }) })).toBe(2);
    expect(await call.collection.count({ where: where({ any: [own] }) })).toBe(0);
    const [row] = await call.collection.list({ where: { artifacts: { tags: { all: [both] }, key: { any: [two] } } } });
    expect(row).toMatchObject({ key: two, tags: [both], about: null });
    const { artifactTags, tags } = await call.artifact.facets({ where: where({}) });
    expect(artifactTags.map(({ value, count }) => [value, count])).toEqual([
      [both, 3],
      [own, 1],
    ]);
    expect(tags).toEqual([]);
    const latest = await call.collection.facets({ where: where({}) });
    expect(latest.artifactTags.map(({ value, count }) => [value, count])).toEqual([[both, 2]]);
  });

  it("find the versions of more tagged keys than are named one by one", async () => {
    const tag = `many-${randomUUID()}`;
    await fresh.db.execute(sql`
      insert into artifact_collection (key, id, last_version, last_created, live)
        select ${tag} || n, gen_random_uuid(), 1, 'epoch', 0 from generate_series(1, 1001) n`);
    await fresh.db.execute(sql`
      insert into artifact (id, key, version, created, updated, size)
        select gen_random_uuid(), ${tag} || n, 1, 'epoch', 'epoch', 4 from generate_series(1, 1001) n`);
    await fresh.db.execute(sql`
      insert into collection_about (key, tags, updated)
        select ${tag} || n, array[${tag}], 'epoch' from generate_series(1, 1001) n`);
    const count = (tags: object) => call.artifact.count({ where: { artifacts: { key: { startsWith: tag }, tags } } });
    expect(await count({ any: [tag] })).toBe(1001);
    expect(await count({ notAny: [tag] })).toBe(0);
    expect(await count({ isNull: false })).toBe(1001);
    await fresh.db.execute(sql`delete from collection_about where tags = array[${tag}]`);
    await fresh.db.execute(sql`delete from artifact where key like ${`${tag}%`}`);
  });

  it("include the labels of each version where they are asked for", async () => {
    const key = newKey();
    await call.artifact.createMany({
      items: [
        { key, data: 1 },
        { key, data: 2 },
      ],
    });
    for (const [label, version] of [
      ["staging", 2],
      ["production", 2],
      ["old", 1],
    ] as const)
      await call.collection.label({ key, label, version });
    const where = { artifacts: { key: { any: [key] } } };
    const rows = await call.artifact.list({ where, include: ["labels", "data"] });
    expect(rows.map(({ labels }) => labels)).toEqual([["production", "staging"], ["old"]]);
    const [latest] = await call.collection.list({ where, include: ["preview", "labels"] });
    expect(latest?.labels).toEqual(["production", "staging"]);
    const { items } = await call.collection.page({ where, include: ["labels"] });
    expect(items[0]?.labels).toEqual(["production", "staging"]);
    expect(await call.collection.list({ where })).not.toHaveProperty("0.labels");
  });
});
