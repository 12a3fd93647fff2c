import { hash, randomUUID } from "node:crypto";
import { type Column, getTableColumns, sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { ArtifactCreate, ArtifactUpdate } from "#contract/artifact";
import { ArtifactImport } from "#contract/import";
import { artifact, artifactTrash } from "#db/schema";
import { callerOn } from "#test/caller";
import { databaseOfFile, type FreshDatabase, freshDatabase } from "#test/database";
import { doctor } from "./admin";
import { LOCAL } from "./author";
import { backup } from "./backup/backup";
import { restore, storePart } from "./backup/restore";

// Every column of `artifact` is filled and followed through everything that writes, moves or copies a row, so that a
// column which one of these leaves out fails here.
const COLUMNS = getTableColumns(artifact);

const fresh = await databaseOfFile();
const call = callerOn(fresh);
let flowRunId: string;
beforeAll(async () => {
  const flow = await call.flow.create({ name: "columns" });
  flowRunId = (await call.flowRun.create({ flowId: flow.id })).id;
});

/** A value for a column, as the API takes it; another one for each column and each `salt`. */
function sampleOf(name: string, column: Column, salt: number): unknown {
  const n = 1000 * salt + Object.keys(COLUMNS).indexOf(name);
  const type = column.getSQLType();
  if (name === "flowRunId") return flowRunId;
  if (type === "uuid") return `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  if (type === "text[]") return [`${name}-${n}`];
  if (type === "jsonb") return { [name]: n };
  if (type === "timestamptz") return `2026-01-02T03:04:05.${String(n).padStart(6, "0")}Z`;
  if (type === "double precision") return n + 0.25;
  if (type === "bytea") return `\\x${n.toString(16).padStart(8, "0")}`;
  return /int|xid/.test(type) ? n : `${name.toLowerCase()}-${n}`;
}

/** An input with a value for each field of a schema that is a column. */
function inputOf(schema: { shape: object }, salt: number): Record<string, unknown> {
  const fields = Object.entries(COLUMNS).filter(([name]) => name in schema.shape);
  return Object.fromEntries(fields.map(([name, column]) => [name, sampleOf(name, column, salt)]));
}

/** A version with a value in every column. */
async function filledVersion(salt: number): Promise<{ id: string; key: string }> {
  const key = `filled-${salt}`;
  await call.artifact.create({ key });
  const { created, ...input } = inputOf(ArtifactCreate, salt);
  const { id } = await call.artifact.create({ ...input, key, data: salt });
  const generated = new Set(["id", "key", "version", "flowRunId", "flowId", "created"]);
  const values = Object.entries(COLUMNS)
    .filter(([name]) => !generated.has(name))
    .map(([name, column]) => {
      const value = sampleOf(name, column, salt);
      const isList = Array.isArray(value);
      const text = isList ? `{${value}}` : typeof value === "object" ? JSON.stringify(value) : String(value);
      return sql`${sql.identifier(column.name)} = ${text}::text::${sql.raw(column.getSQLType())}`;
    });
  await fresh.db.execute(sql`update artifact set ${sql.join(values, sql`, `)} where id = ${id}::uuid`);
  await fresh.db.execute(sql`
    update artifact_collection c set (updated, type, task_run_id, size, rows, number) =
      (a.updated, a.type, a.task_run_id, a.size, a.rows, a.number)
    from artifact a where a.id = c.latest_id and a.id = ${id}::uuid`);
  const { row } = await rowOf(id);
  expect(Object.keys(row)).toHaveLength(Object.keys(COLUMNS).length);
  expect(Object.entries(row).filter(([, value]) => value === null)).toEqual([]);
  const texts = Object.values(row).map((value) => JSON.stringify(value));
  expect(new Set(texts).size).toBe(texts.length);
  return { id, key };
}

/** A whole row as PostgreSQL has it, with its table and its data. */
async function rowOf(id: string, { db }: Pick<FreshDatabase, "db"> = fresh) {
  const [found] = await db.execute<{ name: string; row: Record<string, unknown>; data: string }>(sql`
    select name, row, data from (
      select 'artifact' as name, id, to_jsonb(a) as row from artifact a
      union all select 'artifact_trash', id, to_jsonb(t) from artifact_trash t) v
    join artifact_data d on d.artifact_id = v.id where v.id = ${id}::uuid`);
  if (!found) throw new Error(`There is no row ${id}.`);
  return found;
}

it("create, createMany and import store every field of their input", async () => {
  const created = inputOf(ArtifactCreate, 1);
  expect(Object.keys(created)).toEqual(expect.arrayContaining(["key", "type", "metadata", "taskRunId"]));
  const stored = await call.artifact.create(created);
  const many = [inputOf(ArtifactCreate, 2), inputOf(ArtifactCreate, 3)];
  const rows = [stored, ...(await call.artifact.createMany({ items: many }))];
  for (const [i, { reason, ...returned }] of [created, ...many].entries()) {
    expect(rows[i]).toMatchObject(returned);
    expect((await rowOf(rows[i]?.id ?? "")).row).toMatchObject({ reason, created_by: LOCAL.actor.id });
  }
  const { data, ...imported } = ArtifactImport.parse({ ...inputOf(ArtifactImport, 4), previous: null });
  expect(await call.admin.import({ artifacts: [imported] })).toMatchObject({ created: 1 });
  const { previous, ...fields } = imported;
  expect(await call.artifact.read({ id: imported.id })).toMatchObject(fields);
  expect(await call.collection.list({ where: { artifacts: { id: { any: [imported.id] } } } })).toMatchObject([fields]);
});

it("update changes every field of its input, clears it, and keeps all others", async () => {
  const { id } = await filledVersion(10);
  const before = await rowOf(id);
  const changes = inputOf(ArtifactUpdate, 11);
  delete changes.id;
  // The reason of an update is in its event.
  const { reason, ...fields } = changes;
  expect(await call.artifact.update({ id, ...changes })).toMatchObject(fields);
  const stamps = { updated: expect.any(String), updated_by: LOCAL.actor.id };
  expect(await rowOf(id)).toEqual({ ...before, row: { ...before.row, ...fields, ...stamps } });
  const nulls = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
  expect(await call.artifact.update({ id, ...nulls })).toMatchObject({ ...nulls, tags: [] });
  const replaced = await call.artifact.update({ id, data: "é" });
  const sha256 = hash("sha256", `"é"`);
  const measured = { size: 4, rows: null, number: null };
  expect(await rowOf(id)).toEqual({
    name: "artifact",
    row: { ...before.row, ...nulls, ...measured, sha256: `\\x${sha256}`, ...stamps },
    data: '"é"',
  });
  expect(replaced).toMatchObject({ ...measured, sha256 });
});

it("remove and restore keep every column", async () => {
  const { id } = await filledVersion(20);
  const before = await rowOf(id);
  await call.artifact.remove({ id });
  const { flow_id, ...moved } = before.row;
  const extra = { removed: expect.any(String), removal: expect.any(String), removed_by: LOCAL.actor.id, labels: null };
  expect(await rowOf(id)).toEqual({ ...before, name: "artifact_trash", row: { ...moved, ...extra } });
  await call.artifact.restore({ id });
  expect(await rowOf(id)).toEqual(before);
});

it("removing a key and undoing it keep every column", async () => {
  const { id, key } = await filledVersion(30);
  const before = await rowOf(id);
  const { removal, versions } = await call.collection.remove({ key });
  expect([versions, (await rowOf(id)).name]).toEqual([2, "artifact_trash"]);
  await call.trash.restoreRemoval({ removal });
  expect(await rowOf(id)).toEqual(before);
  expect(await doctor(fresh.db)).toEqual([]);
});

it("a backup and its restore keep every column, in the trash too", async () => {
  const { id } = await filledVersion(40);
  const trashed = await filledVersion(41);
  await call.artifact.remove({ id: trashed.id });
  await fresh.db.execute(sql`update artifact_trash set removed_by = ${randomUUID()}::uuid where id = ${trashed.id}`);
  const expected = [await rowOf(id), await rowOf(trashed.id)];
  expect(Object.keys(expected[1]?.row ?? {})).toHaveLength(Object.keys(getTableColumns(artifactTrash)).length);
  await using other = await freshDatabase();
  const name = randomUUID();
  let number = 1;
  for await (const part of backup(fresh.db, null)) {
    if (/^(?:data|rows|end)$/.test(part.head.part)) await storePart(other.db, name, number++, part, 1);
  }
  const messages = [];
  for await (const message of restore(other.db, name, 1, LOCAL)) messages.push(message);
  expect(messages.at(-1)).toMatchObject({ violations: 0 });
  const restored = [await rowOf(id, other), await rowOf(trashed.id, other)];
  // The transactions of another database mean nothing in this one.
  const moved = expected.map(({ row, ...rest }) => ({ ...rest, row: { ...row, created_xid: expect.any(String) } }));
  expect(restored).toEqual(moved);
  expect(restored[0]?.row.created_xid).not.toBe(expected[0]?.row.created_xid);
});

it("lists return the fields of the contract, and no other column", async () => {
  const { id, key } = await filledVersion(50);
  const names = Object.keys(COLUMNS).filter((name) => !/^(?:flowId|updatedBy|reason|created[A-Z].*)$/.test(name));
  const where = { artifacts: { id: { any: [id] } } };
  const [row] = await call.artifact.list({ where });
  expect(Object.keys(row ?? {}).sort()).toEqual(names.toSorted());
  await call.artifact.remove({ id });
  const [trashed] = await call.trash.list({ where: { key } });
  expect(Object.keys(trashed ?? {}).sort()).toEqual([...names, "removed", "removal"].sort());
});

it("every write goes on while another program's migration adds a column", async () => {
  const { id } = await filledVersion(60);
  const stamps = { created: "2026-01-02T03:04:05Z", updated: "2026-01-02T03:04:05Z" };
  const writes = async () => {
    const key = `later-${randomUUID()}`;
    const { id } = await call.artifact.create({ key, description: "create" });
    await call.artifact.createMany({ items: [{ key }, {}] });
    await call.artifact.update({ id, metadata: { n: 1 } });
    await call.artifact.remove({ id });
    await call.artifact.restore({ id });
    const { removal } = await call.collection.remove({ key });
    await call.trash.restoreRemoval({ removal });
    await call.admin.import({ artifacts: [{ ...stamps, id: randomUUID() }] });
    await call.artifact.read({ id });
  };
  // As many as there are connections, so that the statements of all of them are prepared.
  const onAllConnections = () => Promise.all(Array.from({ length: 20 }, writes));
  await onAllConnections();
  for (const table of ["artifact", "artifact_trash"]) {
    await fresh.db.execute(sql.raw(`alter table ${table} add column later text default 'filled'`));
  }
  await onAllConnections();
  await fresh.db.execute("select artifact_define_remove()");
  await onAllConnections();
  await fresh.db.execute(sql`update artifact set later = 'changed' where id = ${id}::uuid`);
  await call.artifact.remove({ id });
  expect((await rowOf(id)).row).toMatchObject({ later: "changed" });
  expect(await doctor(fresh.db)).toEqual([]);
});
