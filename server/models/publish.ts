import { type SQL, sql } from "drizzle-orm";
import { NIL } from "uuid";
import type { z } from "zod";
import type { Artifact, ArtifactCreate, ArtifactCreated } from "#contract/artifact";
import type { FileEntry } from "#contract/file";
import { isFileType } from "#contract/file-type";
import { RawJson } from "#contract/raw-json";
import { statement } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifact } from "#db/schema";
import { type Author, authorColumns } from "./author";
import { insertEvents } from "./event";
import { filesOf, lockBlobs, storeFiles } from "./file";
import { claim, completeClaims, requestHash, requestsOf } from "./idempotency";
import { blobOf, isLarge, lockLarge, storeLarge } from "./large-data";
import { boundError, lockKeys } from "./lock-keys";
import { type Measure, measure, measureAll } from "./measure";
import { recordset } from "./recordset";
import { sameLatest } from "./same-content";
import { dataOf, splitData, storeData, withData } from "./store-data";
import { storedTags } from "./tag";
import { creationFields, EVENT_FIELDS, existing, rowsOf, toVersion, versionColumns, versionFields } from "./version";

type Item = z.output<typeof ArtifactCreate>;

/**
 * Adds a version under its key, or an artifact without one, with Prefect's semantics.
 * @throws VitrineError CONFLICT where the idempotency key was used with another body; NOT_FOUND where the artifact it
 * created was deleted; BAD_REQUEST for a `created` before that of the last version of the key, or after now
 */
export async function create(db: Database, item: Item, author: Author): Promise<ArtifactCreated> {
  const created = needsLock(item) || isFileType(item.type) ? null : await insert(db, item, author);
  if (created) return created;
  // It needs the lock first; or the transaction that held the idempotency key may have been rolled back.
  const [row] = await createAll(db, [item], author, (_, field) => field);
  if (row) return row;
  throw new Error("createAll returns a row for each item");
}

/**
 * Adds up to 1,000 artifacts in one transaction; versions of one key are numbered in the order of the items.
 * @returns the artifacts in that order
 * @throws VitrineError as `create`; then nothing is created
 */
export async function createMany(db: Database, items: Item[], author: Author): Promise<ArtifactCreated[]> {
  return createAll(db, items, author, (index, field) => `items[${index}].${field}`);
}

/** `fieldOf` names a field of an item, by its index. */
async function createAll(
  db: Database,
  items: Item[],
  author: Author,
  fieldOf: (index: number, field: "created" | "data") => string,
): Promise<ArtifactCreated[]> {
  const files = items.map((item, i) => filesOf(item, fieldOf(i, "data")));
  const requests = await requestsOf(items);
  const measures = await measureAll(items);
  const large = await storeLarge(db, items, author);
  return db.transaction(async (tx) => {
    const inBlobs = await lockLarge(tx, large);
    const claims = await claim(tx, requests);
    const fresh = items.flatMap((item, i): Measured[] => {
      const measure = claims[i]?.fresh ? measures[i] : undefined;
      if (!measure) return [];
      const blob = blobOf(item.data, measure.sha256, inBlobs);
      return [{ item, measure, blob, field: fieldOf(i, "created"), files: files[i] ?? null }];
    });
    const created = await insertWithFiles(tx, fresh, author);
    const claimed = new Map(
      fresh.flatMap(({ item: { idempotencyKey: key } }, i) => {
        const row = created[i];
        return key !== undefined && row ? [[key, row]] : [];
      }),
    );
    await completeClaims(tx, claimed);
    const rows = await rowsOf(
      tx,
      claims.flatMap(({ id = [] }) => id),
    );
    let next = 0;
    return Promise.all(
      claims.map(({ fresh, id, unchanged }, i) => {
        const row = fresh ? created[next++] : claimed.get(items[i]?.idempotencyKey ?? "");
        return row ?? existing(tx, { id: id ?? "", unchanged }, rows, author);
      }),
    );
  });
}

/** An item to insert, and how errors name its `created`. */
interface Measured {
  item: Item;
  measure: Measure;
  /** Its data, where that is a locked blob. */
  blob: string | null;
  field: string;
  files: FileEntry[] | null;
}

/** As `insertAll`, with the files that the items name. */
async function insertWithFiles(tx: Database, all: Measured[], author: Author): Promise<ArtifactCreated[]> {
  const named = all.flatMap(({ files, field }) => (files ? [{ files, field: field.replace(/created$/, "data") }] : []));
  await lockBlobs(tx, named, author);
  const created = await insertAll(tx, all, author);
  for (const [i, { files }] of all.entries()) {
    const row = created[i];
    if (files && row && !row.unchanged) await storeFiles(tx, row.id, files);
  }
  return created;
}

/** Whether a decision about the item depends on the last version of its key, so that the key must be locked before. */
function needsLock({ created, ifChanged }: Item): boolean {
  return created !== undefined || ifChanged === true;
}

/** Inserts items in one statement, or one by one under the locks of their keys where any of them needs that. */
async function insertAll(tx: Database, all: Measured[], author: Author): Promise<ArtifactCreated[]> {
  if (all.length === 0) return [];
  if (!all.some(({ item }) => needsLock(item))) return insertMany(tx, all, author);
  await lockKeys(
    tx,
    all.map(({ item }) => item.key),
  );
  const rows: ArtifactCreated[] = [];
  const created: object[] = [];
  for (const { item, measure, blob, field } of all) {
    const same = item.ifChanged ? await sameLatest(tx, { ...item, ...measure }) : null;
    const row = same ? { ...same, unchanged: true as const } : await insert(tx, item, author, { measure, blob });
    if (!row) throw await boundError(tx, item, field);
    if (!same) created.push({ ...row, reason: item.reason });
    rows.push(row);
  }
  if (created.length > 0) {
    await tx.execute(creationEvents(authorColumns(author), sql`${recordset(artifact, created)} created`));
  }
  return rows;
}

const COLUMNS = Object.entries({ ...versionFields, ...creationFields });

/** The columns that `selected` selects. */
export const COLUMN_NAMES = sql.raw(COLUMNS.map(([, { name }]) => `"${name}"`).join(", "));

/** What `insert into artifact` selects: the columns in `set` from there, every other one from `value`. */
export function selected(
  set: Record<string, SQL>,
  value: (field: string, column: (typeof COLUMNS)[number][1]) => SQL,
): SQL {
  const values = COLUMNS.map(([field, column]) => set[field] ?? value(field, column));
  return sql.join(values, sql`, `);
}

/** Columns of a collection row that are those of its latest version, and take values of the item. */
const LATEST_COLUMNS = sql.raw("version, type, flow_run_id, task_run_id, size, rows, number");

/**
 * The id and times of the next version of a collection `c`, made under its lock: `created` rises from version to version,
 * and so do the ids that are made of it.
 * @param random where the rest of the id comes from
 */
export function nextIdAndTimes(random: SQL): SQL {
  return sql`(latest_id, last_created, created, updated) = (select id_at(t, ${random}), t, t, t from
    (select greatest(clock_timestamp(), c.last_created + interval '1 microsecond') t offset 0) now)`;
}

/** What the collection row of a key becomes when versions are added, evaluated under the lock that the conflict takes. */
const nextCollection = sql`
  last_version = c.last_version + excluded.last_version, live = c.live + excluded.live,
  type = excluded.type, flow_run_id = excluded.flow_run_id, task_run_id = excluded.task_run_id,
  version = c.last_version + excluded.last_version, size = excluded.size, rows = excluded.rows, number = excluded.number,
  ${nextIdAndTimes(sql`excluded.latest_id`)}`;

/** The data and preview of the artifact that `stamp` selects the id, version and times of; and below, the artifact itself. */
function stored(v: Record<string, unknown>, hasPreview: boolean): SQL {
  const data = sql`stored as (insert into artifact_data (artifact_id, data, blob_sha256, previewed)
    select id, ${dataOf(v)}, decode(${v.blob}::text, 'hex'), true from stamp)`;
  if (!hasPreview) return data;
  return sql`${data}, shown as (insert into artifact_preview (artifact_id, preview) select id, ${v.preview}::json from stamp)`;
}

/** @param isEvent whether the version stands for the event of its create */
function inserted(v: Record<string, unknown>, isEvent: boolean): SQL {
  const none = sql`null`;
  const set = { id: sql`id`, version: sql`version`, created: sql`created`, updated: sql`updated`, restoredFrom: none };
  const event = isEvent
    ? { createdXid: sql`pg_current_xact_id()`, createdVersions: none }
    : Object.fromEntries(EVENT_FIELDS.map((field) => [field, none]));
  const values = selected({ ...set, ...event }, (field, column) => sql`${v[field]}::${sql.raw(column.getSQLType())}`);
  return sql`insert into artifact (${COLUMN_NAMES}) select ${values} from stamp returning ${versionColumns()}`;
}

/** The event of a new version, of which the rows have the columns. */
export const CREATED = { verb: "artifact.create", key: sql`key`, artifactId: sql`id`, version: sql`version` } as const;

/** What an event has beside the columns of every version. */
function eventColumns({ flowRunId }: Item, author: Author): Record<string, unknown> {
  return {
    createdService: author.service,
    createdRequest: author.requestId,
    createdRun: flowRunId == null ? author.flowRunId : null,
  };
}

/**
 * The events of new versions that do not stand for their own, of which `from` has the columns: one for each key, and one for
 * each without a key.
 */
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

const PARAMETERS = [...COLUMNS.map(([field]) => field), "data", "object", "blob", "preview", "idempotencyKey", "hash"];

interface Insertion {
  keyed: boolean;
  hasPreview: boolean;
  /** With an idempotency key. */
  once?: boolean;
  /** Without an event: its row is inserted later. */
  silent?: boolean;
}

/**
 * A create in one statement, which is safe because the upsert's RETURNING comes from the row that it locked. With an
 * idempotency key it waits for a transaction that holds the key, and inserts nothing where the key was used.
 */
function insertion({ keyed, hasPreview, once = false, silent = false }: Insertion) {
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
    const before = sql`with claimed as (${claimed}), stamp as (${stamp}), ${stored(v, hasPreview)}`;
    if (!once) return sql`${before} ${inserted(v, !silent)}`;
    return sql`${before}, created as (${inserted(v, true)})
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
    return sql`with stamp as (${stamp}), ${stored(v, hasPreview)} ${inserted(v, false)}`;
  });
}

/** A statement for each kind of create: one without a preview costs nothing for previews. */
function insertionsOf(keyed: boolean, hasPreview: boolean) {
  return {
    plain: insertion({ keyed, hasPreview }),
    silent: insertion({ keyed, hasPreview, silent: true }),
    once: insertion({ keyed, hasPreview, once: true }),
    at: insertionAt({ keyed, hasPreview }),
  };
}

const insertions = {
  keyed: { shown: insertionsOf(true, true), plain: insertionsOf(true, false) },
  keyless: { shown: insertionsOf(false, true), plain: insertionsOf(false, false) },
};

/**
 * Creates an artifact; null where the idempotency key was used, or `created` is out of bounds. In a transaction, with its
 * measure, the key was claimed before, and there is no event.
 */
async function insert(
  db: Database,
  item: Item,
  author: Author,
  known?: Pick<Measured, "measure" | "blob">,
): Promise<Artifact | null> {
  const idempotencyKey = known ? undefined : item.idempotencyKey;
  const form = item.created !== undefined ? "at" : known ? "silent" : idempotencyKey !== undefined ? "once" : "plain";
  const { data = RawJson.null, ...fields } = item;
  const { preview, ...measured } = known?.measure ?? (await measure(item.type, data));
  if (!known && isLarge(data)) await storeLarge(db, [{ data }], author);
  const tags = storedTags(item.tags);
  const values: Record<string, unknown> = {
    ...fields,
    ...measured,
    tags,
    createdBy: author.actor.id,
    ...eventColumns(item, author),
  };
  const parameters: Record<string, unknown> = {
    preview: preview && JSON.stringify(preview),
    idempotencyKey,
    hash: idempotencyKey === undefined ? null : await requestHash(item),
  };
  for (const [field, column] of COLUMNS) {
    const value = values[field] ?? null;
    parameters[field] = value === null ? null : column.mapToDriverValue(value);
  }
  const insertion = insertions[item.key == null ? "keyless" : "keyed"][preview ? "shown" : "plain"][form];
  const [row] = await withData(db, data, known ? known.blob : measured.sha256, (db, stored) =>
    insertion(db, { ...parameters, ...stored }),
  );
  return row ? toVersion(row) : null;
}

/**
 * Creates many: their rows are one parameter, and the last of each key becomes its latest, and stands for the event of all
 * those of the key. Returns them in order.
 */
async function insertMany(tx: Database, all: Measured[], author: Author): Promise<Artifact[]> {
  const rows = all.map(({ item, measure }) => {
    const { data, idempotencyKey, ifChanged, ...fields } = item;
    const tags = storedTags(fields.tags);
    return { ...fields, ...measure, tags, createdBy: author.actor.id, ...eventColumns(item, author) };
  });
  const data = all.map(({ item: { data = RawJson.null }, measure: { preview }, blob }) => ({ data, preview, blob }));
  const { first, later } = splitData(data);
  const ifEvent = (value: SQL) => sql`case when item.key is null or nth = versions then ${value} end`;
  const eventFields = {
    createdXid: ifEvent(sql`pg_current_xact_id()`),
    createdService: ifEvent(sql`item.created_service`),
    createdRequest: ifEvent(sql`item.created_request`),
    createdRun: ifEvent(sql`item.created_run`),
    createdVersions: sql`case when item.key is not null and nth = versions and versions > 1 then versions end`,
  };
  const values = selected(
    { id: sql`numbered.id`, version: sql`numbered.version`, created: sql`at`, updated: sql`at`, ...eventFields },
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
      select ${values} from numbered join item using (ordinality) returning ${versionColumns()}
    )
    select ${versionColumns("inserted.")} from inserted join numbered using (id) order by ordinality`);
  const versions = inserted.map(toVersion);
  await storeData(
    tx,
    later.map((index) => ({ id: versions[index]?.id ?? "", data: RawJson.null, blob: null, ...data[index] })),
  );
  return versions;
}
