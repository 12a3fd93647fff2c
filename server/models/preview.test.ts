import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { makePreviews } from "./preview";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const text = (text: string) => ({ kind: "text", text });

async function previewIn(id: string) {
  const where = { artifacts: { id: { any: [id] } } };
  const [row] = await call.artifact.list({ where, include: ["preview"] });
  return row?.preview;
}

/** How many rows the tables of previews have for a version. */
async function storedOf(id: string) {
  const [row] = await fresh.db.execute(sql`
    select (select count(*)::int from artifact_preview where artifact_id = ${id}::uuid) as stored,
      (select count(*)::int from artifact_preview_pending where artifact_id = ${id}::uuid) as pending`);
  return row;
}

it("is written with a version, however that is created, and read where a list includes it", async () => {
  const data = { type: "markdown", data: "# One" };
  const created = await call.artifact.create({ key: "one", ...data });
  const at = await call.artifact.create({ key: "one", ...data, created: created.created });
  const once = await call.artifact.create({ ...data, idempotencyKey: "once" });
  const large = { type: "markdown", data: "x".repeat(1_200_000) };
  const many = await call.artifact.createMany({ items: [{ key: "two", ...data }, large, { data: 5 }] });
  const imported = randomUUID();
  const stamps = { created: created.created, updated: created.created };
  await call.admin.import({ artifacts: [{ ...data, id: imported, ...stamps }] });
  const ids = [created.id, at.id, once.id, ...many.map(({ id }) => id), imported];
  const expected = [1, 1, 1, 1, 0, 0, 1].map((first) => (first ? text("# One") : expect.anything()));
  expected[4] = text("x".repeat(320));
  expect(await Promise.all(ids.map(previewIn))).toEqual([...expected.slice(0, 5), null, text("# One")]);
  expect(await storedOf(many[2]?.id ?? "")).toEqual({ stored: 0, pending: 0 });
  const [latest] = (await call.collection.page({ sort: "KEY_ASC", include: ["preview"] })).items;
  expect(latest).toMatchObject({ key: "one", preview: text("# One") });
  const [both] = (await call.artifact.page({ sort: "CREATED_ASC", include: ["data", "preview"] })).items;
  expect(both).toMatchObject({ preview: text("# One"), data: "# One" });
  expect((await call.artifact.list({ limit: 1 }))[0]).not.toHaveProperty("preview");
});

it("follows an update of the data, and stays in the trash", async () => {
  const { id } = await call.artifact.create({ key: "changing", type: "link", data: "https://a.example" });
  await call.artifact.update({ id, description: "Unchanged" });
  expect(await previewIn(id)).toMatchObject({ kind: "link", url: "https://a.example" });
  await call.artifact.update({ id, data: "https://b.example" });
  await call.artifact.remove({ id });
  await call.artifact.restore({ id });
  expect(await previewIn(id)).toMatchObject({ kind: "link", url: "https://b.example" });
  await call.artifact.update({ id, data: 5 });
  expect(await previewIn(id)).toBeNull();
  await call.artifact.update({ id, data: ["a"] });
  expect(await previewIn(id)).toEqual({ kind: "list", items: 1, first: ["a"] });
  await call.artifact.remove({ id });
  await call.trash.purge({ ids: [id] });
  expect(await storedOf(id)).toEqual({ stored: 0, pending: 0 });
});

it("is made later for what earlier programs write, and never shown of earlier data", async () => {
  const { id } = await call.artifact.create({ key: "old", data: "new" });
  const updateOf0012 = sql`select artifact_update(${id}::uuid, null, '"old"', '{"size": 5, "rows": null, "number": null}')`;
  await fresh.db.execute(updateOf0012);
  expect(await previewIn(id)).toBeNull();
  const other = await call.artifact.create({ data: "in the trash" });
  await fresh.db.execute(sql`delete from artifact_data where artifact_id = ${other.id}::uuid`);
  await fresh.db.execute(
    sql`insert into artifact_data (artifact_id, data) values (${other.id}::uuid, '"in the trash"')`,
  );
  await call.artifact.remove({ id: other.id });
  expect(await makePreviews(fresh.db)).toBe(true);
  expect(await makePreviews(fresh.db)).toBe(false);
  await call.artifact.restore({ id: other.id });
  expect([await previewIn(id), await previewIn(other.id)]).toEqual([text("old"), text("in the trash")]);
  expect(await storedOf(id)).toEqual({ stored: 1, pending: 0 });
});

it("is left pending while its data changes", async () => {
  const { id } = await call.artifact.create({ key: "busy", data: "new" });
  await fresh.db.execute(sql`insert into artifact_preview_pending values (${id}::uuid)`);
  await fresh.db.execute(sql`delete from artifact_preview where artifact_id = ${id}::uuid`);
  const { db } = fresh.connect();
  await db.transaction(async (tx) => {
    await tx.execute(sql`select artifact_update(${id}::uuid, null, '5', '{"size": 1, "preview": null}')`);
    await makePreviews(fresh.db);
  });
  expect([await previewIn(id), await storedOf(id)]).toEqual([null, { stored: 0, pending: 1 }]);
  expect(await makePreviews(fresh.db)).toBe(true);
  expect(await storedOf(id)).toEqual({ stored: 0, pending: 0 });
});

it("is made one by one for large data, beside that of others", async () => {
  const ids = [];
  for (const size of [5_000_000, 10, 5_000_000]) {
    const { id } = await call.artifact.create({ data: "x".repeat(size) });
    ids.push(id);
  }
  await fresh.db.execute(sql`with deleted as (delete from artifact_preview where artifact_id = any(${`{${ids}}`}::uuid[]) returning artifact_id)
    insert into artifact_preview_pending select artifact_id from deleted`);
  let batches = 0;
  while (await makePreviews(fresh.db)) batches += 1;
  expect(batches).toBe(2);
  expect(await Promise.all(ids.map(previewIn))).toEqual([320, 10, 320].map((size) => text("x".repeat(size))));
});
