import { type SQL, sql } from "drizzle-orm";
import { NIL } from "uuid";
import type { z } from "zod";
import type { Artifact, ArtifactCreate } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { RawJson } from "#contract/raw-json";
import { ruleSentence } from "#contract/rules/broken-rule";
import { statement } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifact, timestampText } from "#db/schema";
import { createPauses } from "#formats/steps";
import { type Author, authorColumns } from "./author";
import { insertEvents } from "./event";
import { claim, completeClaims, hashOf, type IdempotentRequest } from "./idempotency";
import { lockKeys } from "./lock-keys";
import { measure, measureAll } from "./measure";
import { uuids } from "./query/where";
import { recordset } from "./recordset";
import { dataOf, splitData, storeData, withData } from "./store-data";
import { creationFields, notFoundError, toVersion, versionColumns, versionFields } from "./version";

type Item = z.output<typeof ArtifactCreate>;

/**
 * Adds a version under its key, or an artifact without one, with Prefect's semantics.
 * @throws VitrineError CONFLICT where the idempotency key was used with another body; NOT_FOUND where the artifact it
 * created was deleted; BAD_REQUEST for a `created` before that of the last version of the key, or after now
 */
export async function create(db: Database, item: Item, author: Author): Promise<Artifact> {
  const created = item.created === undefined ? await insert(db, item, author) : null;
  if (created) return created;
  // Its time needs the lock first; or the transaction that held the idempotency key may have been rolled back.
  const [row] = await createAll(db, [item], author, () => "created");
  if (row) return row;
  throw new Error("createAll returns a row for each item");
}

/**
 * Adds up to 1,000 artifacts in one transaction; versions of one key are numbered in the order of the items.
 * @returns the artifacts in that order
 * @throws VitrineError as `create`; then nothing is created
 */
export async function createMany(db: Database, items: Item[], author: Author): Promise<Artifact[]> {
  return createAll(db, items, author, (index) => `items[${index}].created`);
}

/** `fieldOf` names the `created` of an item, by its index. */
async function createAll(
  db: Database,
  items: Item[],
  author: Author,
  fieldOf: (index: number) => string,
): Promise<Artifact[]> {
  const requests = await requestsOf(items);
  return db.transaction(async (tx) => {
    const claims = await claim(tx, requests);
    const fresh = items.filter((_, i) => claims[i]?.fresh);
    const created = await insertAll(tx, fresh, author, (item) => fieldOf(items.indexOf(item)));
    const ids = new Map(
      fresh.flatMap(({ idempotencyKey: key }, i) => (key === undefined ? [] : [[key, created[i]?.id ?? ""]])),
    );
    await completeClaims(tx, ids);
    const rows = await rowsOf(
      tx,
      claims.flatMap(({ id = [] }) => id),
    );
    for (const row of created) rows.set(row.id, row);
    let next = 0;
    return Promise.all(
      claims.map(({ fresh, id }, i) => {
        const row = fresh ? created[next++] : undefined;
        return row ?? existing(tx, id ?? ids.get(items[i]?.idempotencyKey ?? "") ?? "", rows);
      }),
    );
  });
}

/** Inserts items in one statement, or one by one under the locks of their keys where the time of any of them is given. */
async function insertAll(
  tx: Database,
  items: Item[],
  author: Author,
  fieldOf: (item: Item) => string,
): Promise<Artifact[]> {
  if (items.length === 0) return [];
  if (items.every(({ created }) => created === undefined)) return insertMany(tx, items, author);
  await lockKeys(
    tx,
    items.map(({ key }) => key),
  );
  const rows: Artifact[] = [];
  for (const item of items) {
    const row = await insert(tx, { ...item, idempotencyKey: undefined }, author);
    if (!row) throw await boundError(tx, item, fieldOf(item));
    rows.push(row);
  }
  const created = rows.map((row, i) => ({ ...row, reason: items[i]?.reason }));
  await tx.execute(creationEvents(authorColumns(author), sql`${recordset(artifact, created)} created`));
  return rows;
}

/** Why the `created` of an item, the key of which is locked, is rejected. */
async function boundError(tx: Database, { key, created }: Item, field: string): Promise<VitrineError> {
  const [bounds] = await tx.execute<{ last: string | null; now: string }>(sql`
    select clock_timestamp() as now, (
      select last_created from artifact_collection where key = ${key ?? null} and last_created > ${created}::timestamptz
    ) as last`);
  const { last = null, now = "" } = bounds ?? {};
  const rule =
    last === null
      ? `must not be after ${timestampText(now)}, the present by the clock of the database`
      : `must not be before ${timestampText(last)}, when the last version of its key was created`;
  return new VitrineError("BAD_REQUEST", ruleSentence({ field, rule }), { field });
}

async function requestsOf(items: Item[]): Promise<IdempotentRequest[]> {
  const pause = createPauses();
  const requests: IdempotentRequest[] = [];
  for (const { idempotencyKey: key, data = RawJson.null, ...fields } of items) {
    requests.push({ key, hash: key === undefined ? "" : await hashOf(fields, data) });
    if (key !== undefined) await pause(data.bytes);
  }
  return requests;
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

const COLUMNS = Object.entries({ ...versionFields, ...creationFields });

const COLUMN_NAMES = sql.raw(COLUMNS.map(([, { name }]) => `"${name}"`).join(", "));

/** What `insert into artifact` selects: the columns in `set` from there, every other one from `value`. */
function selected(set: Record<string, SQL>, value: (field: string, column: (typeof COLUMNS)[number][1]) => SQL): SQL {
  const values = COLUMNS.map(([field, column]) => set[field] ?? value(field, column));
  return sql.join(values, sql`, `);
}

/** Columns of a collection row that are those of its latest version, and take values of the item. */
const LATEST_COLUMNS = sql.raw("version, type, flow_run_id, task_run_id, size, rows, number");

/**
 * What the collection row of a key becomes when versions are added, evaluated under the lock that the conflict takes.
 * `created` rises from version to version, and so do the ids that are made of it.
 */
const nextCollection = sql`
  last_version = c.last_version + excluded.last_version, live = c.live + excluded.live,
  type = excluded.type, flow_run_id = excluded.flow_run_id, task_run_id = excluded.task_run_id,
  version = c.last_version + excluded.last_version, size = excluded.size, rows = excluded.rows, number = excluded.number,
  (latest_id, last_created, created, updated) = (select id_at(t, excluded.latest_id), t, t, t from
    (select greatest(clock_timestamp(), c.last_created + interval '1 microsecond') t offset 0) now)`;

/** The data and preview of the artifact that `stamp` selects the id, version and times of; and below, the artifact itself. */
function stored(v: Record<string, unknown>, hasPreview: boolean): SQL {
  const data = sql`stored as (insert into artifact_data (artifact_id, data, previewed) select id, ${dataOf(v)}, true from stamp)`;
  if (!hasPreview) return data;
  return sql`${data}, shown as (insert into artifact_preview (artifact_id, preview) select id, ${v.preview}::json from stamp)`;
}

function inserted(v: Record<string, unknown>): SQL {
  const values = selected(
    { id: sql`id`, version: sql`version`, created: sql`created`, updated: sql`updated` },
    (field, column) => sql`${v[field]}::${sql.raw(column.getSQLType())}`,
  );
  return sql`insert into artifact (${COLUMN_NAMES}) select ${values} from stamp returning ${versionColumns()}`;
}

const CREATED = { verb: "artifact.create", key: sql`key`, artifactId: sql`id`, version: sql`version` };

/** The events of new versions, of which `from` has the columns: one for each key, and one for each without a key. */
function creationEvents(author: string, from: SQL): SQL {
  const ofLast = (column: string) => sql`(array_agg(${sql.raw(column)} order by version desc))[1]`;
  return insertEvents(author, {
    ...CREATED,
    flowRunId: sql`coalesce(flow_run_id, (author->>'flow_run_id')::uuid)`,
    reason: sql`reason`,
    after: sql`case when versions > 1 then jsonb_build_object('versions', versions) end`,
    from: sql`(
      select key, max(version) as version, count(*) as versions, case when count(*) = 1 then ${ofLast("id")} end as id,
        ${ofLast("flow_run_id")} as flow_run_id, ${ofLast("reason")} as reason
      from ${from} group by key, case when key is null then id end order by key) created`,
  });
}

const PARAMETERS = [
  ...COLUMNS.map(([field]) => field),
  "data",
  "object",
  "preview",
  "idempotencyKey",
  "hash",
  "author",
];

/**
 * A create in one statement, which is safe because the upsert's RETURNING comes from the row that it locked. With an
 * idempotency key it waits for a transaction that holds the key, and inserts nothing where the key was used.
 */
function insertion({ keyed, once, hasPreview }: { keyed: boolean; once: boolean; hasPreview: boolean }) {
  return statement<string>(PARAMETERS, (v) => {
    const claimed = once
      ? sql`insert into artifact_idempotency (key, hash, artifact_id, used)
          values (${v.idempotencyKey}, ${v.hash}, ${NIL}::uuid, clock_timestamp()) on conflict do nothing returning true`
      : sql`select true`;
    const stamp = keyed
      ? sql`insert into artifact_collection as c
            (key, id, last_version, last_created, live, latest_id, created, updated, ${LATEST_COLUMNS})
          select ${v.key}::text, gen_random_uuid(), 1, t, 1, id_at(t, gen_random_uuid()), t, t, 1, ${v.type}::text,
            ${v.flowRunId}::uuid, ${v.taskRunId}::uuid, ${v.size}::bigint, ${v.rows}::int, ${v.number}::float8
          from claimed, clock_timestamp() t
          on conflict (key) do update set ${nextCollection}
          returning c.latest_id as id, c.last_version as version, c.created, c.updated`
      : sql`select id_at(t, gen_random_uuid()) as id, null::bigint as version, t as created, t as updated
          from claimed, clock_timestamp() t`;
    const logged = insertEvents(v.author, {
      ...CREATED,
      key: sql`${v.key}::text`,
      flowRunId: sql`coalesce(${v.flowRunId}::uuid, (author->>'flow_run_id')::uuid)`,
      from: sql`stamp`,
    });
    const before = sql`
      with claimed as (${claimed}), stamp as (${stamp}), ${stored(v, hasPreview)}, logged as (${logged})`;
    if (!once) return sql`${before} ${inserted(v)}`;
    return sql`${before}, created as (${inserted(v)})
      select created.* from created, artifact_idempotency_complete(${v.idempotencyKey}::text, created.id)`;
  });
}

/** The same with a given `created`, under the lock of its key, and without an event; nothing where that is out of bounds. */
function insertionAt({ keyed, hasPreview }: { keyed: boolean; hasPreview: boolean }) {
  return statement<string>(PARAMETERS, (v) => {
    const stamp = keyed
      ? sql`update artifact_collection c set last_version = c.last_version + 1, live = c.live + 1, type = ${v.type}::text,
            flow_run_id = ${v.flowRunId}::uuid, task_run_id = ${v.taskRunId}::uuid, version = c.last_version + 1,
            size = ${v.size}::bigint, rows = ${v.rows}::int, number = ${v.number}::float8,
            (latest_id, last_created, created, updated) = row(id_at(t, gen_random_uuid()), t, t, clock_timestamp())
          from (select ${v.created}::timestamptz as t) input
          where c.key = ${v.key}::text and t between c.last_created and clock_timestamp()
          returning c.latest_id as id, c.last_version as version, c.created, c.updated`
      : sql`select id_at(t, gen_random_uuid()) as id, null::bigint as version, t as created, clock_timestamp() as updated
          from (select ${v.created}::timestamptz as t) input where t <= clock_timestamp()`;
    return sql`with stamp as (${stamp}), ${stored(v, hasPreview)} ${inserted(v)}`;
  });
}

/** A statement for each kind of create: one without a preview costs nothing for previews. */
function insertionsOf(keyed: boolean, hasPreview: boolean) {
  return {
    plain: insertion({ keyed, once: false, hasPreview }),
    once: insertion({ keyed, once: true, hasPreview }),
    at: insertionAt({ keyed, hasPreview }),
  };
}

const insertions = {
  keyed: { shown: insertionsOf(true, true), plain: insertionsOf(true, false) },
  keyless: { shown: insertionsOf(false, true), plain: insertionsOf(false, false) },
};

/** Creates an artifact; null where the idempotency key was used, or `created` is out of bounds. */
async function insert(db: Database, item: Item, author: Author): Promise<Artifact | null> {
  const { idempotencyKey } = item;
  const form = item.created !== undefined ? "at" : idempotencyKey !== undefined ? "once" : "plain";
  const { idempotencyKey: _, data = RawJson.null, ...fields } = item;
  const { preview, ...measured } = await measure(item.type, data);
  const values: Record<string, unknown> = { ...fields, ...measured, createdBy: author.actor.id };
  const parameters: Record<string, unknown> = {
    preview: preview && JSON.stringify(preview),
    idempotencyKey,
    hash: idempotencyKey === undefined ? null : await hashOf(fields, data),
    author: authorColumns(author, item.reason),
  };
  for (const [field, column] of COLUMNS) {
    const value = values[field] ?? null;
    parameters[field] = value === null ? null : column.mapToDriverValue(value);
  }
  const insertion = insertions[item.key == null ? "keyless" : "keyed"][preview ? "shown" : "plain"][form];
  const [row] = await withData(db, data, (db, stored) => insertion(db, { ...parameters, ...stored }));
  return row ? toVersion(row) : null;
}

/** Creates many: their rows are one parameter, and the last of each key becomes its latest. Returns them in order. */
async function insertMany(tx: Database, items: Item[], author: Author): Promise<Artifact[]> {
  const measures = await measureAll(items);
  const createdBy = author.actor.id;
  const rows = items.map(({ data, idempotencyKey, ...fields }, i) => ({ ...fields, ...measures[i], createdBy }));
  const data = items.map(({ data = RawJson.null }, i) => ({ data, preview: measures[i]?.preview ?? null }));
  const { first, later } = splitData(data);
  const values = selected(
    { id: sql`numbered.id`, version: sql`numbered.version`, created: sql`at`, updated: sql`at` },
    (_, { name }) => sql`item.${sql.identifier(name)}`,
  );
  const inserted = await tx.execute(sql`
    with item as materialized (
      select *, count(*) over (partition by key) as versions, row_number() over (partition by key order by ordinality) as nth,
        random_in_order(ordinality::int) as random
      from rows from (${recordset(artifact, rows)},
        json_to_recordset(${JSON.stringify(first)}::json) as (data text, preview json)) with ordinality as item
    ), stamp as (
      insert into artifact_collection as c
        (key, id, last_version, last_created, live, latest_id, created, updated, ${LATEST_COLUMNS})
      select key, gen_random_uuid(), versions, t, versions, id_at(t, random), t, t, versions, type, flow_run_id,
        task_run_id, size, rows, number
      from item, (select clock_timestamp() t offset 0) now
      where key is not null and nth = versions order by key collate "C"
      on conflict (key) do update set ${nextCollection}
      returning c.key, c.last_version, c.last_created
    ), numbered as materialized (
      select ordinality, at, id_at(at, random) as id, last_version - versions + nth as version
      from (select item.*, last_version, coalesce(last_created, now.t) as at
        from (select clock_timestamp() t offset 0) now, item left join stamp on stamp.key = item.key) stamped
    ), stored as (
      insert into artifact_data (artifact_id, data, previewed) select numbered.id, data::json, true
      from numbered join item using (ordinality) where data is not null
    ), shown as (
      insert into artifact_preview (artifact_id, preview) select numbered.id, preview
      from numbered join item using (ordinality) where preview is not null
    ), inserted as (
      insert into artifact (${COLUMN_NAMES})
      select ${values} from numbered join item using (ordinality) returning ${versionColumns()}, reason
    ), logged as (${creationEvents(authorColumns(author), sql`inserted`)})
    select ${versionColumns("inserted.")} from inserted join numbered using (id) order by ordinality`);
  const versions = inserted.map(toVersion);
  await storeData(
    tx,
    later.map((index) => ({ id: versions[index]?.id ?? "", data: data[index]?.data ?? RawJson.null })),
  );
  return versions;
}
