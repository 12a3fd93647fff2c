import { type SQL, sql } from "drizzle-orm";
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
import { recordset } from "./recordset";
import { notFoundError, toVersion, versionColumns, versionFields } from "./version";

type Item = z.output<typeof ArtifactCreate>;

/**
 * Adds a version under its key, or an artifact without one, with Prefect's semantics.
 * @throws VitrineError CONFLICT where the idempotency key was used with another body; NOT_FOUND where the artifact it
 * created was deleted
 */
export async function create(db: Database, item: Item): Promise<Artifact> {
  const created = await insert(db, uuid(), item, item.idempotencyKey);
  if (created) return created;
  return db.transaction(async (tx) => {
    const [{ id, fresh } = { id: "", fresh: false }] = await claim(tx, [requestOf(item)]);
    // The transaction that held the idempotency key may have been rolled back.
    const row = fresh ? await insert(tx, id, item) : null;
    return row ?? existing(tx, id, await rowsOf(tx, [id]));
  });
}

/**
 * Adds up to 1,000 artifacts in one transaction; versions of one key are numbered in the order of the items.
 * @returns the artifacts in that order
 * @throws VitrineError as `create`; then nothing is created
 */
export async function createMany(db: Database, items: Item[]): Promise<Artifact[]> {
  return db.transaction(async (tx) => {
    const claims = await claim(tx, items.map(requestOf));
    const created = await insertMany(
      tx,
      items.flatMap((item, i) => (claims[i]?.fresh ? [{ item, id: claims[i].id }] : [])),
    );
    const earlier = claims.map(({ id }) => id).filter((id) => !created.has(id));
    const rows = new Map([...created, ...(await rowsOf(tx, earlier))]);
    return Promise.all(claims.map(({ id }) => existing(tx, id, rows)));
  });
}

function requestOf({ idempotencyKey, data = RawJson.null, ...body }: Item) {
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
  if (!row) throw await notFoundError(tx, { id });
  return row;
}

const COLUMNS = Object.entries(versionFields);

/** A row of `artifact`, without what PostgreSQL sets: version, created and updated. */
function rowOf(id: string, { data = RawJson.null, idempotencyKey, ...fields }: Item) {
  return { ...fields, id, ...measure(fields.type, data) };
}

/** What `insert into artifact` selects: the columns in `set` from there, every other one from `value`. */
function selected(set: Record<string, SQL>, value: (field: string, column: (typeof COLUMNS)[number][1]) => SQL): SQL {
  const values = COLUMNS.map(([field, column]) => set[field] ?? value(field, column));
  return sql.join(values, sql`, `);
}

/** What the collection row of a key becomes when versions are added, evaluated under the lock that the conflict takes. */
const nextCollection = sql`
  last_version = c.last_version + excluded.last_version, live = c.live + excluded.live,
  latest_id = excluded.latest_id, type = excluded.type, flow_run_id = excluded.flow_run_id,
  task_run_id = excluded.task_run_id, (last_created, created, updated) =
    (select t, t, t from (select greatest(clock_timestamp(), c.last_created) t offset 0) now)`;

const PARAMETERS = [...COLUMNS.map(([field]) => field), "data", "collectionId", "idempotencyKey", "hash"];

/**
 * A create in one statement, which is safe because the upsert's RETURNING comes from the row that it locked. With an
 * idempotency key it waits for a transaction that holds the key, and inserts nothing where the key was used.
 */
function insertion({ keyed, once }: { keyed: boolean; once: boolean }) {
  return statement<string>(PARAMETERS, (v) => {
    const claimed = once
      ? sql`insert into artifact_idempotency (key, hash, artifact_id, used)
          values (${v.idempotencyKey}, ${v.hash}, ${v.id}::uuid, clock_timestamp()) on conflict do nothing returning true`
      : sql`select true`;
    const stamp = keyed
      ? sql`insert into artifact_collection as c
            (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id)
          select ${v.key}::text, ${v.collectionId}::uuid, 1, t, 1, ${v.id}::uuid, t, t, ${v.type}::text,
            ${v.flowRunId}::uuid, ${v.taskRunId}::uuid from claimed, clock_timestamp() t
          on conflict (key) do update set ${nextCollection}
          returning c.last_version as version, c.last_created as created`
      : sql`select null::bigint as version, clock_timestamp() as created from claimed`;
    const values = selected(
      { version: sql`version`, created: sql`created`, updated: sql`created` },
      (field, column) => sql`${v[field]}::${sql.raw(column.getSQLType())}`,
    );
    return sql`
      with claimed as (${claimed}), stamp as (${stamp}),
        stored as (insert into artifact_data (artifact_id, data) select ${v.id}::uuid, ${v.data}::json from claimed)
      insert into artifact (${versionColumns()}) select ${values} from stamp returning ${versionColumns()}`;
  });
}

const insertions = {
  keyed: { plain: insertion({ keyed: true, once: false }), once: insertion({ keyed: true, once: true }) },
  keyless: { plain: insertion({ keyed: false, once: false }), once: insertion({ keyed: false, once: true }) },
};

/** Creates an artifact; null where the idempotency key was used. */
async function insert(db: Database, id: string, item: Item, idempotencyKey?: string): Promise<Artifact | null> {
  const once = idempotencyKey === undefined ? "plain" : "once";
  const values = new Map<string, unknown>(Object.entries(rowOf(id, item)));
  const parameters = COLUMNS.map(([field, column]) => {
    const value = values.get(field) ?? null;
    return [field, value === null ? null : column.mapToDriverValue(value)];
  });
  const [row] = await insertions[item.key == null ? "keyless" : "keyed"][once](db, {
    ...Object.fromEntries(parameters),
    data: dataParameter(item.data ?? RawJson.null),
    collectionId: uuid(),
    idempotencyKey,
    hash: idempotencyKey === undefined ? null : hashOf(requestOf(item).body),
  });
  return row ? toVersion(row) : null;
}

/** Creates many: their rows are one parameter, and the last of each key becomes its latest. */
async function insertMany(tx: Database, items: { id: string; item: Item }[]): Promise<Map<string, Artifact>> {
  const rows = items.map(({ id, item }) => rowOf(id, item));
  const more = items.map(({ item: { data = RawJson.null } }) => ({ collection_id: uuid(), data: dataParameter(data) }));
  const created = sql`coalesce(last_created, now.t)`;
  const values = selected(
    { version: sql`last_version - versions + nth`, created, updated: created },
    (_, { name }) => sql`item.${sql.identifier(name)}`,
  );
  const inserted = await tx.execute(sql`
    with item as materialized (
      select *, count(*) over (partition by key) as versions, row_number() over (partition by key order by ordinality) as nth
      from rows from (${recordset(artifact, rows)},
        json_to_recordset(${JSON.stringify(more)}::json) as (collection_id uuid, data text)) with ordinality as item
    ), stamp as (
      insert into artifact_collection as c
        (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id)
      select key, collection_id, versions, t, versions, item.id, t, t, type, flow_run_id, task_run_id
      from item, (select clock_timestamp() t offset 0) now
      where key is not null and nth = versions order by key collate "C"
      on conflict (key) do update set ${nextCollection}
      returning c.key, c.last_version, c.last_created
    ), stored as (insert into artifact_data (artifact_id, data) select id, data::json from item)
    insert into artifact (${versionColumns()})
    select ${values} from (select clock_timestamp() t offset 0) now, item left join stamp on stamp.key = item.key
    returning ${versionColumns()}`);
  return new Map(inserted.map(toVersion).map((row) => [row.id, row]));
}
