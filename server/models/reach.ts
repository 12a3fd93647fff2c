import { getTableName, is, or, type SQL, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { patternsIn } from "#contract/key-patterns";
import type { Database } from "#db/postgres";
import * as schema from "#db/schema";
import { artifact, artifactTrash } from "#db/schema";
import { filtered, type TableFilter, type TableFilters } from "./query/filtered";
import { uuids } from "./query/where";

/** Whether a row of a table is reached, over its alias `t`; `inside` is the condition of a column with a key. */
type Rule = "all" | "none" | ((inside: (key: string) => string) => string);

const produced = (link: string) => (inside: (key: string) => string) =>
  `exists (select from artifact a where ${link} and ${inside("a.key")})`;

/**
 * What of each table a role with key patterns reaches. Runs, and what they belong to, are reached where they produced a
 * version that is. A table that is missing here has no rows for it.
 */
export const RULES: Record<string, Rule> = {
  artifact: (inside) => inside("t.key"),
  artifact_collection: (inside) => inside("t.key"),
  artifact_trash: (inside) => inside("t.key"),
  label: (inside) => inside("t.key"),
  key_redirect: (inside) => `${inside("t.key")} and ${inside("t.target")}`,
  collection_about: (inside) => inside("t.key"),
  pin: (inside) => inside("t.key"),
  // A rename tells the key before.
  event: (inside) => `${inside("t.key")} and (t.verb <> 'collection.rename' or ${inside("(t.before ->> 'key')")})`,
  artifact_revision: (inside) =>
    `(${["artifact", "artifact_trash"].map((table) => `exists (select from ${table} a where a.id = t.artifact_id and ${inside("a.key")})`).join(" or ")})`,
  flow_run: produced("a.flow_run_id = t.id"),
  task_run: produced("a.task_run_id = t.id"),
  flow: produced("a.flow_id = t.id"),
  deployment: (inside) =>
    `exists (select from flow_run r join artifact a on a.flow_run_id = r.id where r.deployment_id = t.id and ${inside("a.key")})`,
  // Read by the ids in rows that are reached.
  artifact_data: "all",
  artifact_preview: "all",
  actor: "all",
  protected_label: "all",
  artifact_preview_pending: "none",
  // Where they name a version, it is one that is reached.
  search_version: "all",
  search_latest: (inside) => inside("t.key"),
  search_pending: (inside) => inside("t.key"),
  artifact_idempotency: "none",
  backup_part: "none",
  ended_session: "none",
  person: "none",
  person_session: "none",
  api_key: "none",
};

export const TABLES: readonly string[] = Object.values(schema)
  .filter((each) => is(each, PgTable))
  .map(getTableName);

function filtersOf(keys: string): TableFilters {
  const patterns = patternsIn(keys).map(likePattern);
  const filters = new Map<string, TableFilter>();
  for (const table of TABLES) {
    const rule = RULES[table] ?? "none";
    if (rule === "none") filters.set(table, () => "false");
    if (typeof rule !== "function") continue;
    filters.set(table, (bind) =>
      rule((key) => `(${patterns.map((each) => `${key} like ${bind(each)}`).join(" or ")})`),
    );
  }
  return filters;
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
  const found = ofPool.get(keys) ?? filtered(db, filtersOf(keys));
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
