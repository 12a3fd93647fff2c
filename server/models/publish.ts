import { sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { Artifact, ArtifactCreate } from "#contract/artifact";
import type { Database } from "#db/postgres";
import { artifact } from "#db/schema";
import { claim } from "./idempotency";
import { measure } from "./measure";
import { gone, versionColumns, versionFields, versionOf } from "./version";
import { uuids } from "./where";

/** One artifact to be made: what was sent, and its data as JSON text. */
export interface Item {
  input: Omit<ArtifactCreate, "data">;
  text: string;
}

/**
 * Adds a version under its key, or an artifact without one. CONFLICT when the idempotency key came with another body
 * before; NOT_FOUND when what it made was removed since. The semantics are Prefect's create; the number and the moment
 * come from under the key's row lock.
 */
export async function create(db: Database, item: Item): Promise<Artifact> {
  if (item.input.idempotencyKey === undefined) return insert(db, uuid(), item);
  return db.transaction(async (tx) => {
    const [{ id, fresh } = { id: "", fresh: false }] = await claim(tx, [askOf(item)]);
    if (fresh) return insert(tx, id, item);
    return existing(tx, id, await rowsOf(tx, [id]));
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
      items.flatMap((item, i) => (claims[i]?.fresh ? [{ ...item, id: claims[i].id }] : [])),
    );
    const earlier = claims.map(({ id }) => id).filter((id) => !made.has(id));
    const known = new Map([...made, ...(await rowsOf(tx, earlier))]);
    return Promise.all(claims.map(({ id }) => existing(tx, id, known)));
  });
}

function askOf({ input: { idempotencyKey, ...body }, text }: Item) {
  return { key: idempotencyKey, body: [body, text] };
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

/** One statement is safe here: the upsert's RETURNING comes from the row it locked (design: the laws of the store). */
async function insert(db: Database, id: string, { input, text }: Item): Promise<Artifact> {
  const { key, type, description, metadata, flowRunId, taskRunId } = input;
  const { size, rows, number } = measure(type, text);
  const stamp = key
    ? sql`insert into artifact_collection as c
            (key, id, last_version, last_created, live, latest_id, created, updated, type, flow_run_id, task_run_id)
          select ${key}, ${uuid()}::uuid, 1, t, 1, ${id}::uuid, t, t, ${type ?? null}, ${flowRunId ?? null}::uuid,
            ${taskRunId ?? null}::uuid from clock_timestamp() t
          on conflict (key) do update set ${moved}
          returning c.last_version as version, c.last_created as created`
    : sql`select null::bigint as version, clock_timestamp() as created`;
  const [row] = await db.execute(sql`
    with stamp as (${stamp}),
      stored as (insert into artifact_data (artifact_id, data) values (${id}::uuid, ${text}::json))
    insert into artifact (${versionColumns})
    select ${id}::uuid, ${key ?? null}, version, ${type ?? null}, ${description ?? null},
      ${metadata ? JSON.stringify(metadata) : null}::jsonb, ${flowRunId ?? null}::uuid, ${taskRunId ?? null}::uuid,
      created, created, ${size}, ${rows}, ${number}::float8
    from stamp returning *`);
  if (!row) throw new Error("insert … returning gave no row");
  return versionOf(row);
}

/** The same for many: all rows travel as one parameter, and the last of each key becomes its latest. */
async function insertMany(tx: Database, items: (Item & { id: string })[]): Promise<Map<string, Artifact>> {
  const rows = items.map(({ id, input, text }, n) => ({
    n,
    id,
    collection: uuid(),
    key: input.key,
    type: input.type,
    description: input.description,
    metadata: input.metadata,
    flow_run_id: input.flowRunId,
    task_run_id: input.taskRunId,
    text,
    ...measure(input.type, text),
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
