import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Caller, callerOn } from "#test/caller";
import { freshDatabase } from "#test/database";
import { migrate } from "./migrate";

/** Calls again where the server says so, as clients do. */
async function retried<T>(call: () => Promise<T>): Promise<T> {
  return call().catch((error) => {
    expect(error).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    return call();
  });
}

/** Uses the statements that write and read versions and runs, on each of the pools' connections. */
async function useAll(call: Caller, key: string): Promise<void> {
  const { id } = await call.artifact.create({ key, data: 1, idempotencyKey: key });
  const second = await call.artifact.create({ key, data: 2 });
  // A pool cannot repeat a transaction.
  await retried(() => call.artifact.createMany({ items: [{ key, data: 3 }, { data: 4 }] }));
  await call.artifact.update({ id, description: "changed" });
  for (let i = 0; i < 8; i++) {
    await call.artifact.read({ id });
    await call.artifact.read({ key, version: 2 });
    await call.collection.latest({ key });
    await call.artifact.list({});
    await call.collection.list({});
  }
  await call.artifact.remove({ id });
  await call.trash.list({});
  await call.artifact.restore({ id });
  const { removal } = await call.artifact.removeMany({ ids: [id, second.id] });
  await call.trash.restoreRemoval({ removal });
  await call.collection.remove({ key });
  await call.trash.purge({ ids: [second.id] });
  const flow = await call.flow.create({ name: key });
  const run = await call.flowRun.create({ flowId: flow.id, state: { type: "RUNNING" } });
  await call.flowRun.update({ id: run.id, state: { type: "COMPLETED" } });
  const task = await call.taskRun.create({ flowRunId: run.id, taskKey: "a", dynamicKey: "0" });
  await call.taskRun.remove({ id: task.id });
  await call.flowRun.list({});
  await call.flow.remove({ id: flow.id });
  expect(await call.admin.doctor()).toEqual([]);
}

test("a running program keeps working after a later one added nullable columns", async () => {
  await using fresh = await freshDatabase();
  const call = callerOn(fresh);
  await useAll(call, "before");
  const tables = await fresh
    .connect()
    .db.execute("select tablename as name from pg_tables where schemaname = 'public'");
  for (const { name } of tables) await fresh.db.execute(`alter table ${name} add column later text`);
  await useAll(call, "after");
});

test("DML rights are enough on a migrated database", async () => {
  await using fresh = await freshDatabase();
  const role = `dml_${fresh.address.database}`;
  await fresh.db.execute(`create role ${role} login`);
  await fresh.db.execute(`grant select, insert, update, delete on all tables in schema public to ${role}`);
  const { db, pools } = fresh.connect({ user: role });
  const may = sql`select has_schema_privilege('public', 'create') or has_database_privilege(current_database(), 'create') as ddl`;
  expect(await db.execute(may)).toEqual([{ ddl: false }]);
  expect(await migrate(db)).toEqual([]);
  await useAll(callerOn({ pools }), "with-dml-rights");
  await fresh.db.execute(`drop owned by ${role}`);
  await fresh.db.execute(`drop role ${role}`);
});
