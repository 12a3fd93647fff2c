import type { Database } from "#db/postgres";

const TABLES = ["flow", "deployment", "flow_run", "task_run", "artifact", "artifact_data", "artifact_collection"];

/** Prefect stores metadata values as text. */
const METADATA = "(select json_object_agg(name, value) from jsonb_each_text(a.metadata) as pair(name, value))";

const RUN =
  "id, created, updated, name, tags, state_type, state_name, state_timestamp, expected_start_time, start_time, end_time";
const RUN_FROM =
  "id, created, updated, name, to_jsonb(tags), state_type::state_type, state_name, state_timestamp, expected_start_time, start_time, end_time";

/** Inserts into Prefect's tables from Vitrine's, read through a foreign data wrapper as schema `ours`. */
const COPIES = [
  "insert into flow (id, created, updated, name, tags) select id, created, updated, name, to_jsonb(tags) from ours.flow",
  `insert into deployment (id, created, updated, name, flow_id, paused, work_queue_name, tags)
    select id, created, updated, name, flow_id, paused, work_queue_name, to_jsonb(tags) from ours.deployment`,
  `insert into flow_run (${RUN}, flow_id, deployment_id, work_queue_name, flow_version, parameters)
    select ${RUN_FROM}, flow_id, deployment_id, work_queue_name, flow_version, parameters from ours.flow_run`,
  `insert into task_run (${RUN}, flow_run_id, task_key, dynamic_key)
    select ${RUN_FROM}, flow_run_id, task_key, dynamic_key from ours.task_run`,
  `update flow_run set parent_task_run_id = o.parent_task_run_id from ours.flow_run o
    where o.id = flow_run.id and o.parent_task_run_id is not null`,
  `insert into artifact (id, created, updated, key, type, description, data, metadata_, flow_run_id, task_run_id)
    select a.id, a.created, a.updated, a.key, a.type, a.description, d.data, ${METADATA}, a.flow_run_id, a.task_run_id
    from ours.artifact a join ours.artifact_data d on d.artifact_id = a.id order by a.created`,
  `insert into artifact_collection (id, created, updated, key, latest_id, type, description, data, metadata_, flow_run_id, task_run_id)
    select c.id, c.created, c.updated, c.key, c.latest_id, a.type, a.description, a.data, a.metadata_, a.flow_run_id, a.task_run_id
    from ours.artifact_collection c join artifact a on a.id = c.latest_id`,
];

/**
 * Fills Prefect's tables with the rows of a Vitrine database.
 * @param db Prefect's database
 * @param from the address of Vitrine's database on the same PostgreSQL
 */
export async function copyRowsToPrefect(
  db: Database,
  from: { host: string; port: number; user: string; password?: string; database: string },
): Promise<void> {
  const password = from.password ? `, password '${from.password}'` : "";
  const statements = [
    "create extension if not exists postgres_fdw",
    `create server ours foreign data wrapper postgres_fdw options (host '${from.host}', port '${from.port}', dbname '${from.database}', fetch_size '20000')`,
    `create user mapping for current_user server ours options (user '${from.user}'${password})`,
    "create schema ours",
    `import foreign schema public limit to (${TABLES.join(", ")}) from server ours into ours`,
    ...COPIES,
    "drop extension postgres_fdw cascade",
    "drop schema ours cascade",
    "vacuum analyze",
  ];
  for (const statement of statements) await db.execute(statement);
}
