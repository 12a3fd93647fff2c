import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";
import { migrate } from "#db/migrate";
import type { Connection, Database } from "#db/postgres";
import { doctor } from "#server/models/admin";
import { type Place, startPlace, tell, textOf } from "../harness/postgres";
import { artifacts } from "./artifacts";
import { runs } from "./runs";
import { type Size, sizeOf } from "./size";

const TABLES = ["artifact", "artifact_data", "artifact_collection", "flow_run", "task_run"];

/**
 * A database with that many artifacts, made by SQL where it is not there yet. It is kept for the next time, as long as
 * the generator does not change; a newer schema is migrated to.
 */
export async function filled(place: Place, count: number, name = `bench_${count}`): Promise<Connection> {
  const mark = await markOf();
  const connection = await place.open(name);
  if ((await markIn(connection.db)) === mark) {
    await migrate(connection.db);
    // An index that a migration made anew has no statistics yet.
    await connection.db.execute("analyze");
    return connection;
  }
  await connection.close();
  await place.drop(name);
  const patient = await place.open(name, { limits: false });
  await migrate(patient.db);
  await fill(patient.db, sizeOf(count));
  await patient.db.execute(`comment on database ${name} is '${mark}'`);
  await patient.close();
  return place.open(name);
}

/** Fills a migrated, empty database; indexes that only serve queries are made after the rows. */
export async function fill(db: Database, size: Size): Promise<void> {
  const begin = performance.now();
  await db.transaction(async (tx) => {
    for (const [name, value] of [
      ["synchronous_commit", "off"],
      ["work_mem", "256MB"],
      ["maintenance_work_mem", "512MB"],
    ])
      await tx.execute(`set local ${name} = '${value}'`);
    const indexes = await servingIndexes(tx);
    for (const { name } of indexes) await tx.execute(`drop index "${name}"`);
    for (const statement of runs(size)) await tx.execute(statement);
    for (const statement of artifacts(size)) await tx.execute(statement);
    await tx.execute("set constraints all immediate");
    for (const { definition } of indexes) await tx.execute(definition);
  });
  for (const statement of ["vacuum analyze", "checkpoint"]) await db.execute(statement);
  const violations = await doctor(db);
  if (violations.length > 0) throw new Error(`The volume breaks a law: ${JSON.stringify(violations[0])}`);
  tell(
    `${size.artifacts} artifacts made in ${((performance.now() - begin) / 1000).toFixed(0)} s; the doctor finds no violation`,
  );
}

async function servingIndexes(tx: Database): Promise<{ name: string; definition: string }[]> {
  const tables = TABLES.map((table) => `'${table}'::regclass`).join(", ");
  return tx.execute<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      join pg_class c on c.oid = i.indexrelid where i.indrelid in (${tables}) and not i.indisunique`,
  );
}

async function markIn(db: Database): Promise<unknown> {
  const [row] = await db.execute(
    "select shobj_description(oid, 'pg_database') as mark from pg_database where datname = current_database()",
  );
  return row?.mark;
}

async function markOf(): Promise<string> {
  const sources = ["size", "runs", "artifacts"].map((name) => `bench/volume/${name}.ts`);
  const text = await textOf(sources);
  return createHash("sha256").update(text).digest("hex");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await using place = await startPlace();
  const counts = process.argv.slice(2).map(Number);
  for (const count of counts.length > 0 ? counts : [10_000, 100_000, 1_000_000]) {
    await (await filled(place, count)).close();
  }
}
