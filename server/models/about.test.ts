import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile, freshDatabase } from "#test/database";
import { doctor } from "./admin";
import { LOCAL } from "./author";
import { backup } from "./backup/backup";
import { restore, storePart } from "./backup/restore";
import { sweep } from "./purge";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const newKey = () => `about-${randomUUID()}`;

const FACTS = {
  title: "Daily sales",
  description: "What was sold, by **region**.",
  owner: "Ann, data team",
  links: [
    { url: "https://example.com/wiki", text: "Wiki" },
    { url: "mailto:ann@example.com", text: null },
  ],
  tags: ["eu", "finance"],
};

/** A key with a version and every fact. */
async function described() {
  const key = newKey();
  const { id } = await call.artifact.create({ key });
  return { key, id, about: await call.collection.update({ key, ...FACTS, tags: ["finance", "eu", "eu"] }) };
}

it("sets the facts of a key one by one, and shows them in rows of collections", async () => {
  const { key, about } = await described();
  expect(about).toEqual({ ...FACTS, updated: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(await call.collection.about({ key })).toEqual(about);
  const where = { artifacts: { key: { any: [key] } } };
  const { items } = await call.collection.page({ where });
  expect([await call.collection.list({ where }), items].map(([row]) => row?.about)).toEqual([about, about]);
  const next = await call.collection.update({ key, title: null, owner: "Bob", reason: "Ann left" });
  expect(next).toEqual({ ...FACTS, title: null, owner: "Bob", updated: expect.any(String) });
  expect(next.updated > about.updated).toBe(true);
  expect(await call.collection.update({ key, owner: "Bob", tags: ["eu", "finance"] })).toEqual(next);
  const cleared = { title: null, description: null, owner: null, links: null, tags: null };
  expect(await call.collection.update({ key, ...cleared })).toMatchObject({ ...cleared, links: [], tags: [] });
  const events = await call.event.list({ where: { key, verbs: ["collection.update"] } });
  expect(events).toHaveLength(3);
  expect(events[1]).toMatchObject({
    reason: "Ann left",
    before: { title: "Daily sales", owner: "Ann, data team" },
    after: { title: null, owner: "Bob" },
  });
});

it("refuses facts of a key without versions, and those based on older ones", async () => {
  const { key, about } = await described();
  await expect(call.collection.update({ key: "no-such-key", title: "A" })).rejects.toThrow(/no versions/);
  const set = (ifUpdated: string | null) => call.collection.update({ key, title: "B", ifUpdated });
  const refused = await set(null).catch((error) => error.cause);
  expect(refused).toMatchObject({ code: "CONFLICT", details: { key, current: about } });
  const next = await set(about.updated);
  await expect(set(about.updated)).rejects.toMatchObject({ code: "CONFLICT" });
  const other = newKey();
  await call.artifact.create({ key: other });
  expect(await call.collection.about({ key: other })).toBe(null);
  await expect(call.collection.update({ key: other, title: "A", ifUpdated: next.updated })).rejects.toThrow(/reload/);
  expect(await call.collection.update({ key: other, title: "A", ifUpdated: null })).toMatchObject({ title: "A" });
});

it("names the field of what cannot be stored", async () => {
  const { key } = await described();
  const refused: [object, RegExp][] = [
    [{ title: "" }, /title/],
    [{ title: "a".repeat(201) }, /title/],
    [{ owner: "two\nlines" }, /owner/],
    [{ links: [{ url: "javascript:alert(1)" }] }, /links\[0\]\.url.*must be an address/],
    [{ links: [{ url: "example.com" }] }, /links\[0\]\.url/],
    [{ links: Array.from({ length: 21 }, () => ({ url: "https://example.com" })) }, /links/],
    [{ description: "é".repeat(40_000) }, /description/],
    [{ tags: [" ".repeat(65)] }, /tags\[0\]/],
  ];
  for (const [fields, message] of refused) {
    await expect(call.collection.update({ key, ...fields })).rejects.toThrow(message);
  }
});

it("keeps the facts of a deleted key until its last version is deleted permanently", async () => {
  const { key, id, about } = await described();
  const second = await call.artifact.create({ key });
  const { removal } = await call.collection.remove({ key });
  await expect(call.collection.update({ key, title: "A" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await call.trash.restoreRemoval({ removal });
  expect(await call.collection.about({ key })).toEqual(about);
  await call.collection.remove({ key });
  await call.trash.purge({ ids: [id] });
  expect(await call.collection.about({ key })).toEqual(about);
  await call.trash.purge({ ids: [second.id] });
  expect(await call.collection.about({ key })).toBe(null);
  await call.artifact.create({ key });
  expect((await call.collection.list({ where: { artifacts: { key: { any: [key] } } } }))[0]?.about).toBe(null);
});

it("deletes the facts of keys whose versions another program deleted permanently, as the doctor says", async () => {
  const { key, id, about } = await described();
  const other = await described();
  await call.artifact.remove({ id });
  await fresh.db.execute(sql`delete from artifact_trash where id = ${id}::uuid`);
  await fresh.db.execute(sql`delete from artifact_data where artifact_id = ${id}::uuid`);
  expect(await doctor(fresh.db)).toEqual([{ law: 13, key, problem: "the key has facts of its own, but no versions" }]);
  expect(await call.collection.about({ key })).toEqual(about);
  await sweep(fresh.db, { trash: 0, audit: 0 });
  expect(await doctor(fresh.db)).toEqual([]);
  expect(await call.collection.about({ key: other.key })).toEqual(other.about);
});

it("is in a backup and its restore", async () => {
  const { key, about } = await described();
  await using other = await freshDatabase();
  const name = randomUUID();
  let number = 1;
  for await (const part of backup(fresh.db, null)) {
    if (/^(?:data|rows|end)$/.test(part.head.part)) await storePart(other.db, name, number++, part, 1);
  }
  for await (const _ of restore(other.db, name, 1, LOCAL));
  expect(await callerOn(other).collection.about({ key })).toEqual(about);
});
