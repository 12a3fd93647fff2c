import { eq, getTableName, is, or, type SQL, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { VitrineError } from "#contract/error";
import { patternsIn } from "#contract/key-patterns";
import type { Database } from "#db/postgres";
import * as schema from "#db/schema";
import { artifact, artifactTrash, deployment, flow, flowRun, taskRun } from "#db/schema";
import { type Bind, filtered, type TableRows } from "./query/filtered";
import { uuids } from "./query/where";

/**
 * Whether a row of a table is reached, over its alias `t`; `inside` is the condition of a column with a key, `own` that of
 * what a role with the same patterns created, over another alias.
 */
type Rule = "all" | "none" | ((inside: (key: string) => string, own: (alias: string) => string) => string);

/** @param from what names the ids of the rows that produced a version `a` */
const produced =
  (table: string, from: string): Rule =>
  (inside, own) =>
    // All branches can be looked up by an id of `t`, or read whole: PostgreSQL chooses.
    `t.id in (select ${from} where ${inside("a.key")} union all select o.id from ${table} o where ${own("o")})`;

/**
 * What of each table a role with key patterns reaches. Runs, and what they belong to, are reached where they produced a
 * version that is, or a role with the same patterns created them. A table that is missing here has no rows for it.
 */
export const RULES: Record<string, Rule> = {
  artifact: (inside) => inside("t.key"),
  artifact_collection: (inside) => inside("t.key"),
  artifact_trash: (inside) => inside("t.key"),
  collection_key: (inside) => inside("t.key"),
  label: (inside) => inside("t.key"),
  key_redirect: (inside) => `${inside("t.key")} and ${inside("t.target")}`,
  collection_about: (inside) => inside("t.key"),
  pin: (inside) => inside("t.key"),
  read_mark: (inside) => inside("t.key"),
  // Read by the id of the caller.
  reader: "all",
  // A rename tells the key before.
  event: (inside) => `${inside("t.key")} and (t.verb <> 'collection.rename' or ${inside("(t.before ->> 'key')")})`,
  artifact_revision: (inside) =>
    `(${["artifact", "artifact_trash"].map((table) => `exists (select from ${table} a where a.id = t.artifact_id and ${inside("a.key")})`).join(" or ")})`,
  artifact_file: (inside) =>
    `(${["artifact", "artifact_trash"].map((table) => `exists (select from ${table} a where a.id = t.artifact_id and ${inside("a.key")})`).join(" or ")})`,
  // Named by rows of artifact_file that are reached.
  blob: "all",
  blob_upload: "none",
  blob_store: "none",
  trash_period: "all",
  flow_run: produced("flow_run", "a.flow_run_id from artifact a"),
  task_run: produced("task_run", "a.task_run_id from artifact a"),
  flow: produced("flow", "a.flow_id from artifact a"),
  deployment: produced("deployment", "r.deployment_id from flow_run r join artifact a on a.flow_run_id = r.id"),
  // Read by the ids in rows that are reached.
  artifact_change: "all",
  artifact_data: "all",
  artifact_preview: "all",
  actor: "all",
  event_watermark: "all",
  protected_label: "all",
  // A shared view may tell keys.
  view: () => "t.owner_id is not null",
  view_default: "all",
  artifact_preview_pending: "none",
  // Where they name a version, it is one that is reached.
  search_version: "all",
  search_latest: (inside) => inside("t.key"),
  search_pending: (inside) => inside("t.key"),
  artifact_idempotency: "none",
  backup_part: "none",
  ended_session: "none",
  server_secret: "none",
  person: "none",
  person_session: "none",
  api_key: "none",
};

export const TABLES: readonly string[] = Object.values(schema)
  .filter((each) => is(each, PgTable))
  .map(getTableName);

/** The condition of the rows of a table that are reached, over its alias `t`; undefined where all are. */
function reachedRows(table: string, keys: string, bind: Bind): string | undefined {
  const rule = RULES[table] ?? "none";
  if (rule === "none") return "false";
  if (rule === "all") return undefined;
  const patterns = patternsIn(keys).map(likePattern);
  return rule(
    (key) => `(${patterns.map((each) => `${key} like ${bind(each)}`).join(" or ")})`,
    (alias) =>
      `${alias}.limited_to is not null and string_to_array(${alias}.limited_to, ',') <@ string_to_array(${bind(keys)}, ',')`,
  );
}

/**
 * What the tables have for a role with key patterns.
 * @param others what some of them have for everyone, instead of their rows
 */
export function reachedTables(
  keys: string,
  others: ReadonlyMap<string, TableRows> = new Map(),
): Map<string, TableRows> {
  const names = [...others.keys(), ...TABLES.filter((table) => !others.has(table))];
  const tables = names.map((table): [string, TableRows] => {
    const other = others.get(table);
    // What is made of tables alone is not a table.
    if (other && !TABLES.includes(table)) return [table, other];
    const rows = (bind: Bind) => {
      const which = reachedRows(table, keys, bind) ?? "true";
      return `select * from ${other ? `(${other.rows(bind)})` : `"${table}"`} t where ${which}`;
    };
    return [table, { ...other, rows }];
  });
  return new Map(tables.filter(([table]) => others.has(table) || RULES[table] !== "all"));
}

function likePattern(pattern: string): string {
  return pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
}

const MAX_KNOWN = 1_000;
const known = new WeakMap<Database, Map<string, Database>>();

/** The database as a role reaches it by its key patterns; null reaches all. What functions of the database read is not limited. */
export function reachable(db: Database, keys: string | null): Database {
  if (keys === null) return db;
  const ofPool = known.get(db) ?? new Map<string, Database>();
  known.set(db, ofPool);
  const found = ofPool.get(keys) ?? filtered(db, reachedTables(keys));
  if (ofPool.size >= MAX_KNOWN) ofPool.clear();
  ofPool.set(keys, found);
  return found;
}

/** Whether a key is reached, as a condition; undefined where all are. */
export function isReached(key: SQL, keys: string | null | undefined): SQL | undefined {
  return keys == null ? undefined : or(...patternsIn(keys).map((pattern) => sql`${key} like ${likePattern(pattern)}`));
}

/** Those of some ids of versions that a role reaches, in the trash or not. */
export async function reachedIds(db: Database, ids: string[], keys: string | null | undefined): Promise<string[]> {
  if (keys == null) return ids;
  const rows = await reachable(db, keys).execute<{ id: string }>(sql`
    select id from ${artifact} where id = any(${uuids(ids)})
    union all select id from ${artifactTrash} where id = any(${uuids(ids)})`);
  const found = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => found.has(id));
}

const RUNS = {
  flow: { table: flow, name: "flow" },
  deployment: { table: deployment, name: "deployment" },
  flowRun: { table: flowRun, name: "flow run" },
  taskRun: { table: taskRun, name: "task run" },
};

/** What produces artifacts. */
export type RunNoun = keyof typeof RUNS;

/**
 * Expects that a role reaches a row.
 * @param field the field of the input that names it, for the error
 * @returns the key patterns to which the role that created it was limited
 * @throws VitrineError NOT_FOUND, as for a row that does not exist
 */
export async function expectReached(
  db: Database,
  noun: RunNoun,
  id: string,
  keys: string,
  field?: string,
): Promise<string | null> {
  const { table, name } = RUNS[noun];
  const [row] = await reachable(db, keys).select({ limitedTo: table.limitedTo }).from(table).where(eq(table.id, id));
  if (row) return row.limitedTo;
  const message = `${name.charAt(0).toUpperCase()}${name.slice(1)} not found.`;
  throw new VitrineError("NOT_FOUND", message, field === undefined ? {} : { field });
}

/**
 * Expects that a role may change a row: a role with no other patterns than its own created it.
 * @throws VitrineError FORBIDDEN for another row that it reaches; NOT_FOUND as `expectReached`
 */
export async function expectOwn(db: Database, noun: RunNoun, id: string, keys: string, field?: string): Promise<void> {
  const limitedTo = await expectReached(db, noun, id, keys, field);
  if (limitedTo !== null && patternsIn(limitedTo).every((pattern) => patternsIn(keys).includes(pattern))) return;
  throw new VitrineError(
    "FORBIDDEN",
    `This ${RUNS[noun].name} was not created by a role that is limited to "${keys}", as yours is: to change it requires a role that is not limited to keys.`,
    field === undefined ? {} : { field },
  );
}

/** The condition of rows that a role may change, over a column `limited_to`; null may change all. */
export function isOwn(limitedTo: SQL, keys: string | null): SQL {
  return keys === null ? sql`true` : sql`string_to_array(${limitedTo}, ',') <@ string_to_array(${keys}, ',')`;
}

/** CONFLICT for a natural key, such as a name, that names what the role does not reach. @param what with its article */
export function hiddenError(what: string, field: string): VitrineError {
  return new VitrineError("CONFLICT", `${what} exists already, which your role does not reach; use another.`, {
    field,
  });
}
