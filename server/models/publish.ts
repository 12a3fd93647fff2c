import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { z } from "zod";
import type { Artifact, ArtifactCreate } from "#contract/artifact";
import { RawJson } from "#contract/raw-json";
import { statement } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifact } from "#db/schema";
import { dataParameter } from "./data";
import { claim, hashOf } from "./idempotency";
import { measure } from "./measure";
import { uuids } from "./query/where";
import { gone, versionColumns, versionFields, versionOf } from "./version";

type Item = z.output<typeof ArtifactCreate>;

/**
 * Adds a version under its key, or an artifact without one. CONFLICT when the idempotency key came with another body
 * before; NOT_FOUND when what it made was removed since. The semantics are Prefect's create; the number and the moment
 * come from under the key's row lock.
 */
export async function create(db: Database, item: Item): Promise<Artifact> {
  const made = await insert(db, uuid(), item, item.idempotencyKey);
  if (made) return made;
  return db.transaction(async (tx) => {
    const [{ id, fresh } = { id: "", fresh: false }] = await claim(tx, [askOf(item)]);
    // Whoever held the key a moment ago may have let go of it.
    const row = fresh ? await insert(tx, id, item) : null;
    return row ?? existing(tx, id, await rowsOf(tx, [id]));
  });
}

/**
 * Adds up to 1,000 artifacts in one transaction, keys locked in sorted order; versions of one key are numbered in the
 * order given. Answers in that order. Errors: those of `create`, and then nothing is made.
 */
export async function createMany(db: Database, items: Item[]): Promise<Artifact[]> {
  return db.transaction(async (tx) => {
    const claims = await claim(tx, items.map(askOf));
    const made = await insertMany(
      tx,
      items.flatMap((item, i) => (claims[i]?.fresh ? [{ item, id: claims[i].id }] : [])),
    );
    const earlier = claims.map(({ id }) => id).filter((id) => !made.has(id));
    const known = new Map([...made, ...(await rowsOf(tx, earlier))]);
    return Promise.all(claims.map(({ id }) => existing(tx, id, known)));
  });
}

function askOf({ idempotencyKey, data = RawJson.null, ...body }: Item) {
  return { key: idempotencyKey, body: [body, dataParameter(data)] };
}

async function rowsOf(tx: Database, ids: string[]): Promise<Map<string, Artifact>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select(versionFields)
    .from(artifact)
    .where(sql`${artifact.id} = any(${uuids(ids)})`);
  return new Map(rows.map((row) => [row.id, row]));
}

async function existing(tx: Database, id: string, rows: Map<string, Artifact>): Promise<Artifact> {
  const row = rows.get(id);
  if (!row) throw await gone(tx, { id });
  return row;
}

/** What a key's row becomes when versions are added: evaluated under the lock that the conflict takes. */
const moved = sql`
  last_version = c.last_version + excluded.last_version, live = c.live + excluded.live,
  latest_id = excluded.latest_id, type = excluded.type, flow_run_id = excluded.flow_run_id,
  task_run_id = excluded.task_run_id, (last_created, created, updated) =
    (select t, t, t from (select greatest(clock_timestamp(), c.last_created) t offset 0) now)`;

const VALUES = [
  ...(["id", "key", "type", "description", "metadata", "flowRunId", "taskRunId", "text"] as const),
  ...(["size", "rows", "number", "collection", "once", "hash"] as const),
];

/**
 * One statement is safe here: the upsert's RETURNING comes from the row it locked (design: the laws of the store). With
 * an idempotency key it makes nothing where that is taken: whoever holds it is waited for.
 */
function insertion({ keyed, once }: { keyed: boolean; once: boolean }) {
  return statement(VALUES, (v) => {
    const claimed = once
      ? sql`insert into artifact_idempotency (key, hash, artifact_id, used)
          values (${v.once}, ${v.hash}, ${v.id}::uuid, clock_timestamp()) on conflict do nothing returning true`
      : sql`select true`;
    const stamp = keyed
      ? sql`insert into artifact_collection as c
            (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id)
          select ${v.key}::text, ${v.collection}::uuid, 1, t, 1, ${v.id}::uuid, t, t, ${v.type}::text, ${v.flowRunId}::uuid,
            ${v.taskRunId}::uuid from claimed, clock_timestamp() t
          on conflict (key) do update set ${moved}
          returning c.last_version as version, c.last_created as created`
      : sql`select null::bigint as version, clock_timestamp() as created from claimed`;
    return sql`
      with claimed as (${claimed}), stamp as (${stamp}),
        stored as (insert into artifact_data (artifact_id, data) select ${v.id}::uuid, ${v.text}::json from claimed)
      insert into artifact (${versionColumns})
      select ${v.id}::uuid, ${v.key}::text, version, ${v.type}::text, ${v.description}::text, ${v.metadata}::jsonb,
        ${v.flowRunId}::uuid, ${v.taskRunId}::uuid, created, created, ${v.size}::int, ${v.rows}::int, ${v.number}::float8
      from stamp returning *`;
  });
}

const insertions = {
  keyed: { plain: insertion({ keyed: true, once: false }), once: insertion({ keyed: true, once: true }) },
  keyless: { plain: insertion({ keyed: false, once: false }), once: insertion({ keyed: false, once: true }) },
};

/** Makes an artifact; null where the idempotency key that is to be used once is taken. */
async function insert(db: Database, id: string, item: Item, once?: string): Promise<Artifact | null> {
  const { key = null, type = null, description = null, metadata, flowRunId = null, taskRunId = null } = item;
  const { data = RawJson.null } = item;
  const make = insertions[key === null ? "keyless" : "keyed"][once === undefined ? "plain" : "once"];
  const [row] = await make(db, {
    ...{ id, key, type, description, flowRunId, taskRunId, text: dataParameter(data) },
    ...measure(type, data),
    metadata: metadata ? JSON.stringify(metadata) : null,
    collection: uuid(),
    once,
    hash: once === undefined ? null : hashOf(askOf(item).body),
  });
  return row ? versionOf(row) : null;
}

/** The same for many: all rows travel as one parameter, and the last of each key becomes its latest. */
async function insertMany(tx: Database, items: { id: string; item: Item }[]): Promise<Map<string, Artifact>> {
  const rows = items.map(({ id, item: { data = RawJson.null, ...input } }, n) => ({
    n,
    id,
    collection: uuid(),
    key: input.key,
    type: input.type,
    description: input.description,
    metadata: input.metadata,
    flow_run_id: input.flowRunId,
    task_run_id: input.taskRunId,
    text: dataParameter(data),
    ...measure(input.type, data),
  }));
  const made = await tx.execute(sql`
    with item as materialized (
      select *, count(*) over (partition by key) as among, row_number() over (partition by key order by n) as nth
      from json_to_recordset(${JSON.stringify(rows)}::json) as row (n int, id uuid, collection uuid, key text, type text,
        description text, metadata jsonb, flow_run_id uuid, task_run_id uuid, text text, size int, rows int, number float8)
    ), stamp as (
      insert into artifact_collection as c
        (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id)
      select key, collection, among, t, among, item.id, t, t, type, flow_run_id, task_run_id
      from item, (select clock_timestamp() t offset 0) now where key is not null and nth = among order by key collate "C"
      on conflict (key) do update set ${moved}
      returning c.key, c.last_version, c.last_created
    ), stored as (insert into artifact_data (artifact_id, data) select id, text::json from item)
    insert into artifact (${versionColumns})
    select item.id, item.key, last_version - among + nth, type, description, metadata, flow_run_id, task_run_id,
      coalesce(last_created, now.t), coalesce(last_created, now.t), size, rows, number
    from (select clock_timestamp() t offset 0) now, item left join stamp on stamp.key = item.key
    returning *`);
  return new Map(made.map(versionOf).map((row) => [row.id, row]));
}
