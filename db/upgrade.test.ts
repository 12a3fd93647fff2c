import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { callerOn } from "#test/caller";
import { databaseWithoutTables, freshDatabase } from "#test/database";
import { checkFixture, fixture, SCHEMAS } from "#test/fixtures/check";
import { migrate, schemaProblem } from "./migrate";
import { ownMigrations } from "./migration-files";

test.each(SCHEMAS)(
  "upgrades a database that a program of schema %s filled, with every row to the letter",
  async (schema) => {
    await using old = await databaseWithoutTables();
    const dump = await readFile(fixture(schema, "database.sql"), "utf8");
    // As in a complete dump: functions may come before what they use.
    await old.db.execute(sql.raw(`set check_function_bodies = off; ${dump}`));
    await migrate(old.db);
    expect(await schemaProblem(old.db)).toBe(null);
    await checkFixture(schema, old.pools);
  },
);

/** How programs of schema 0005 create rows: with ids of their own, made of their own clocks. */
const CREATES_OF_0005 = [
  `insert into flow (id, name, created) values (gen_random_uuid(), 'old', default)`,
  `with claimed as (insert into artifact_idempotency (key, hash, artifact_id, used)
      values ('once', 'hash', '01900000-0000-7000-8000-000000000001', clock_timestamp())
      on conflict do nothing returning true),
    stamp as (insert into artifact_collection as c
        (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id)
      select 'old', gen_random_uuid(), 1, t, 1, '01900000-0000-7000-8000-000000000001', t, t, null, null, null
      from claimed, clock_timestamp() t
      on conflict (key) do update set last_version = c.last_version + excluded.last_version,
        live = c.live + excluded.live, latest_id = excluded.latest_id, type = excluded.type,
        flow_run_id = excluded.flow_run_id, task_run_id = excluded.task_run_id, (last_created, created, updated) =
          (select t, t, t from (select greatest(clock_timestamp(), c.last_created) t offset 0) now)
      returning c.last_version as version, c.last_created as created),
    stored as (insert into artifact_data (artifact_id, data)
      select '01900000-0000-7000-8000-000000000001', '1' from claimed)
    insert into artifact (id, key, version, created, updated, size)
    select '01900000-0000-7000-8000-000000000001', 'old', version, created, created, 1 from stamp`,
];

test("programs of schema 0005 go on creating rows, between those of this program", async () => {
  await using fresh = await freshDatabase();
  const call = callerOn(fresh);
  await call.artifact.create({ key: "old" });
  for (const statement of CREATES_OF_0005) await fresh.db.execute(statement);
  // They do not know all columns that are copied from the latest version, of a new key neither.
  expect(await call.admin.doctor()).toEqual([]);
  const ofNewKey = CREATES_OF_0005[1]?.replaceAll("'old'", "'new'").replaceAll("'once'", "'again'") ?? "";
  await fresh.db.execute(ofNewKey.replaceAll("000000000001'", "000000000002'"));
  expect(await call.admin.doctor()).toEqual([]);
  await call.artifact.create({ key: "old" });
  const where = { artifacts: { key: { any: ["old"] } } };
  expect((await call.artifact.list({ where })).map(({ version }) => version)).toEqual([3, 2, 1]);
  expect(await call.flow.create({ name: "old" })).toEqual((await call.flow.list())[0]);
  expect(await call.admin.doctor()).toEqual([]);
});

test("what programs of earlier schemas restore is searched, sorted by changes, and found by parts of its keys", async () => {
  await using fresh = await freshDatabase();
  const call = callerOn(fresh);
  await call.artifact.createMany({ items: [{ key: "restored", data: 1 }, { key: "restored", data: 2 }, { data: 3 }] });
  const { id } = await call.collection.latest({ key: "restored" });
  await call.artifact.update({ id, description: "changed" });
  for (const table of ["search_pending", "collection_key", "artifact_change"])
    await fresh.db.execute(`delete from ${table}`);
  expect(await call.search.pending()).toBe(0);
  const found = await call.admin.doctor();
  expect(found.map(({ problem }) => problem).sort()).toEqual([
    "patterns do not find the key, as its copy is missing",
    "the order of changes has the version at another place",
  ]);
  await fresh.db.execute(
    "insert into backup_part (backup, number, head, content) values (gen_random_uuid(), 0, '{}', '')",
  );
  expect(await call.search.pending()).toBe(3);
  const where = { artifacts: { key: { contains: "store" } } };
  expect([await call.artifact.count({ where }), await call.collection.count({ where })]).toEqual([2, 1]);
  expect(await call.admin.doctor()).toEqual([]);
});

test("versions that were changed before 0037 are sorted by that, in the trash and restored from it too", async () => {
  await using old = await databaseWithoutTables();
  await migrate(old.db, { migrations: ownMigrations().filter(({ number }) => number <= 36) });
  const [a, b, c, d] = [1, 2, 3, 4].map((n) => `01900000-0000-7000-8000-00000000000${n}`);
  for (const [key, id] of Object.entries({ a, b, c, d })) {
    await old.db.execute(`
      with stored as (insert into artifact_data (artifact_id, data, previewed) values ('${id}', '1', true)),
        stamp as (insert into artifact_collection (key, id, last_version, last_created, live, latest_id, created, updated, version, size)
          select '${key}', gen_random_uuid(), 1, t, 1, '${id}', t, t, 1, 1 from clock_timestamp() t returning created)
      insert into artifact (id, key, version, created, updated, size) select '${id}', '${key}', 1, created, created, 1 from stamp`);
  }
  for (const id of [d, b, a])
    await old.db.execute(`select artifact_update('${id}', null, null, '{"description": "changed"}', '{}', 1000)`);
  await old.db.execute(`select artifact_remove('{${b}}', null, gen_random_uuid(), '{}', null)`);
  await migrate(old.db);
  const call = callerOn(old);
  const keys = async () => (await call.artifact.page({ sort: "UPDATED_DESC" })).items.map(({ key }) => key);
  expect(await keys()).toEqual(["a", "d", "c"]);
  await call.artifact.restore({ id: b ?? "" });
  expect(await keys()).toEqual(["a", "b", "d", "c"]);
  expect((await call.collection.list({ sort: "UPDATED_DESC" })).map(({ key }) => key)).toEqual(["a", "b", "d", "c"]);
  expect(await call.admin.doctor()).toEqual([]);
});

test("a person whom programs of earlier schemas delete leaves no pins and read marks", async () => {
  await using fresh = await freshDatabase();
  const id = "01900000-0000-7000-8000-000000000001";
  for (const statement of [
    `insert into person (id, issuer, subject, name, role) values ('${id}', 'issuer', 'subject', 'Ada', 'write')`,
    `insert into pin values ('${id}', 'key', now())`,
    `insert into read_mark values ('${id}', 'key', 1)`,
    `insert into reader values ('${id}', now())`,
    `delete from person where id = '${id}'`,
  ])
    await fresh.db.execute(statement);
  for (const table of ["pin", "read_mark", "reader"])
    expect([table, await fresh.db.execute(`select from ${table} where actor_id = '${id}'`)]).toEqual([table, []]);
});
