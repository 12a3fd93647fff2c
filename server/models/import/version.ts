import { sql } from "drizzle-orm";
import { filesIn } from "#contract/file";
import { isFileType } from "#contract/file-type";
import type { ArtifactImport } from "#contract/import";
import { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { artifact, artifactTrash, timestampText } from "#db/schema";
import { lockStored, storeFiles } from "../file";
import { blobOf } from "../large-data";
import { type LastVersion, lockKeys } from "../lock-keys";
import { measureAll } from "../measure";
import { texts, uuids } from "../query/where";
import { recordset } from "../recordset";
import { targetsOf } from "../rename";
import { splitData, storeData } from "../store-data";
import { storedTags } from "../tag";
import { versionColumns } from "../version";
import type { Outcome } from "./run";

/** A version in the database, in the trash too, or one that is about to be inserted. */
interface Known {
  key: string | null;
  version: number | null;
}

type Row = Omit<ArtifactImport, "previous"> & { version: number | null };

const OTHER_KEY = "Its id belongs to an artifact under another key.";
const OTHER_VERSIONS = "The key has versions of another source, or newer ones than the version before it.";
const NO_BYTES = "The bytes of its files were not uploaded.";
const EARLIER = "It was created before a version that its key already has.";

/**
 * Imports versions with their ids and timestamps. Each is numbered after the one named as `previous`, which must be the
 * last that its key ever had: so the versions of a key come from one source, in its order, or are rejected. Those of a key that
 * was renamed get the new key.
 * @param inBlobs the hashes of data that is in locked blobs
 */
export async function importVersions(
  tx: Database,
  sent: ArtifactImport[],
  inBlobs: ReadonlySet<string>,
): Promise<Outcome[]> {
  if (sent.length === 0) return [];
  const targets = await targetsOf(
    tx,
    sent.flatMap(({ key }) => key ?? []),
  );
  const rows = sent.map((row) => ({ ...row, key: targets.get(row.key ?? "") ?? row.key }));
  const lastOf = await lockKeys(
    tx,
    rows.map(({ key }) => key),
  );
  const known = await knownVersions(tx, rows);
  const filesOf = new Map(
    rows.map(({ id, type, data }) => [id, isFileType(type) ? filesIn(type, data?.toJSON()) : null]),
  );
  const stored = await lockStored(
    tx,
    [...filesOf.values()].flatMap((files) => files ?? []),
  );
  const timestamps = await normalized(
    tx,
    rows.map((row) => row.created),
  );
  const accepted: Row[] = [];
  const outcomes = rows.map(({ previous, ...row }, i): Outcome => {
    const { id, key = null } = row;
    const existing = known.get(id);
    if (existing) {
      if (existing.key === key) return { id, outcome: "existing" };
      return { id, outcome: "rejected", reason: OTHER_KEY };
    }
    if (filesOf.get(id)?.some(({ sha256, size }) => stored.get(sha256) !== size)) {
      return { id, outcome: "rejected", reason: NO_BYTES };
    }
    const created = timestamps[i] ?? row.created;
    const version =
      key === null ? null : numberAfter(lastOf.get(key), key, previous ? known.get(previous) : null, created);
    if (typeof version === "string") return { id, outcome: "rejected", reason: version };
    if (key !== null && version !== null) lastOf.set(key, { version, created });
    known.set(id, { key, version });
    accepted.push({ ...row, key, version });
    return { id, outcome: "created" };
  });
  await insert(tx, accepted, inBlobs);
  for (const { id } of accepted) {
    const files = filesOf.get(id);
    if (files) await storeFiles(tx, id, files);
  }
  await updateCollections(tx, accepted);
  await deleteUnused(tx, [...lastOf.keys()]);
  return outcomes;
}

/** The number of the version after `previous` (null: the first of its key), or why it is rejected. */
function numberAfter(
  last: LastVersion | undefined,
  key: string,
  previous: Known | null | undefined,
  created: string,
): number | string {
  const number = previous === null ? 0 : previous?.key === key ? previous.version : null;
  if (!last || number === null || last.version !== number) return OTHER_VERSIONS;
  return number > 0 && created < last.created ? EARLIER : number + 1;
}

/** The imported versions and those before them, as far as the database has them, in the trash too. */
async function knownVersions(tx: Database, rows: ArtifactImport[]): Promise<Map<string, Known>> {
  const ids = rows.flatMap(({ id, previous }) => (previous ? [id, previous] : [id]));
  const from = (table: typeof artifact | typeof artifactTrash) =>
    tx
      .select({ id: table.id, key: table.key, version: table.version })
      .from(table)
      .where(sql`${table.id} = any(${uuids(ids)})`);
  const found = await from(artifact).unionAll(from(artifactTrash));
  return new Map(found.map(({ id, key, version }) => [id, { key, version }]));
}

/** Timestamps as PostgreSQL stores them, so that they compare as texts. */
async function normalized(tx: Database, timestamps: string[]): Promise<string[]> {
  const rows = await tx.execute<{ at: string }>(sql`
    select at::timestamptz as at
    from json_array_elements_text(${JSON.stringify(timestamps)}::json) with ordinality as sent (at, n) order by n`);
  return rows.map(({ at }) => timestampText(at));
}

async function insert(tx: Database, accepted: Row[], inBlobs: ReadonlySet<string>): Promise<void> {
  if (accepted.length === 0) return;
  const measures = await measureAll(accepted);
  const rows = accepted.map(({ data, ...row }, i) => ({ ...row, tags: storedTags(row.tags), ...measures[i] }));
  const data = accepted.map(({ id, data = RawJson.null }, i) => {
    const { sha256 = "", preview = null } = measures[i] ?? {};
    return { id, data, preview, blob: blobOf(data, sha256, inBlobs) };
  });
  const { first, later } = splitData(data);
  await tx.execute(sql`
    with item as materialized (
      select * from rows from (${recordset(artifact, rows)},
        json_to_recordset(${JSON.stringify(first)}::json) as (data text, preview json)) as item
    ), stored as (insert into artifact_data (artifact_id, data, previewed) select id, data::json, true from item
      where data is not null
    ), shown as (insert into artifact_preview (artifact_id, preview) select id, preview from item
      where preview is not null)
    insert into artifact (${versionColumns()}) select ${versionColumns()} from item`);
  await storeData(
    tx,
    later.flatMap((index) => data[index] ?? []),
  );
}

/** Makes the last imported version of each key its latest. */
async function updateCollections(tx: Database, rows: Row[]): Promise<void> {
  const last = new Map(rows.map((row) => [row.key, { id: row.id, n: 0 }]));
  for (const { key } of rows) {
    const counted = last.get(key);
    if (counted) counted.n += 1;
  }
  last.delete(null);
  const latest = [...last].map(([key, { id, n }]) => ({ key, id, n }));
  await tx.execute(sql`
    update artifact_collection c set live = c.live + n, last_version = a.version, last_created = a.created,
      latest_id = a.id, created = a.created, updated = a.updated, type = a.type, flow_run_id = a.flow_run_id,
      task_run_id = a.task_run_id, version = a.version, size = a.size, rows = a.rows, number = a.number
    from json_to_recordset(${JSON.stringify(latest)}::json) as last (key text, id uuid, n int)
      join artifact a on a.id = last.id
    where c.key = last.key`);
}

/** Deletes the collection rows of new keys of which every version was rejected. */
async function deleteUnused(tx: Database, keys: string[]): Promise<void> {
  await tx.execute(sql`delete from artifact_collection where key = any(${texts(keys)}) and last_version = 0`);
}
