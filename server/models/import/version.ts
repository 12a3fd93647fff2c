import { getTableColumns, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import type { ArtifactImport } from "#contract/import";
import { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection, artifactTrash } from "#db/schema";
import { dataParameter } from "../data";
import { measure } from "../measure";
import { texts, uuids } from "../query/where";
import { versionColumns } from "../version";
import type { Judged } from "./run";

/** A version as it is here, or about to be. */
interface Here {
  key: string | null;
  version: number | null;
}

/** Where a key stands under its lock: what the next version must follow. */
interface Tip {
  version: number;
  created: string;
}

type Row = Omit<ArtifactImport, "previous"> & { version: number | null };

const OTHER_KEY = "Its id is that of an artifact under another key.";
const OTHER_VERSIONS = "The key holds versions from elsewhere, or later ones than the one before it.";
const EARLIER = "It was created before a version that is here under its key already.";

/**
 * Takes versions with their ids and moments, each numbered after the one that it names as `previous`: that one must be
 * the last that its key ever had. So a key holds what came from one source, in the source's order, or refuses it.
 */
export async function importVersions(tx: Database, sent: ArtifactImport[]): Promise<Judged[]> {
  if (sent.length === 0) return [];
  const tips = await lockTips(tx, sent);
  const here = await versionsHere(tx, sent);
  const moments = await exactly(tx, sent);
  const taken: Row[] = [];
  const judged = sent.map(({ previous, ...row }, i): Judged => {
    const { id, key = null } = row;
    const earlier = here.get(id);
    if (earlier) {
      if (earlier.key === key) return { id, outcome: "present" };
      return { id, outcome: "refused", reason: OTHER_KEY };
    }
    const created = moments[i] ?? row.created;
    const next = key === null ? null : after(tips.get(key), key, previous ? here.get(previous) : null, created);
    if (typeof next === "string") return { id, outcome: "refused", reason: next };
    if (key !== null && next !== null) tips.set(key, { version: next, created });
    here.set(id, { key, version: next });
    taken.push({ ...row, key, version: next });
    return { id, outcome: "made" };
  });
  await insert(tx, taken);
  await point(tx, taken);
  await release(tx, [...tips.keys()]);
  return judged;
}

/** The number of the version that follows `previous` (null: none), or why it may not follow. */
function after(tip: Tip | undefined, key: string, previous: Here | null | undefined, created: string): number | string {
  const number = previous === null ? 0 : previous?.key === key ? previous.version : null;
  if (!tip || number === null || tip.version !== number) return OTHER_VERSIONS;
  return number > 0 && created < tip.created ? EARLIER : number + 1;
}

/** Locks every key in one sorted pass, those that are new too: their rows stand ready, with nothing under them yet. */
async function lockTips(tx: Database, sent: ArtifactImport[]): Promise<Map<string, Tip>> {
  const keys = [...new Set(sent.map(({ key }) => key))].filter((key) => key != null).sort();
  if (keys.length === 0) return new Map();
  const rows = keys.map((key) => ({ key, id: uuid() }));
  const locked = await tx.execute<{ key: string; version: string; created: string }>(sql`
    insert into ${artifactCollection} as c (key, id, last_version, last_created, live)
    select key, id, 0, 'epoch', 0 from json_populate_recordset(null::artifact_collection, ${JSON.stringify(rows)}::json)
    order by key collate "C" on conflict (key) do update set last_version = c.last_version
    returning c.key, c.last_version as version, c.last_created as created`);
  const created = getTableColumns(artifactCollection).lastCreated;
  return new Map(
    locked.map((row) => [
      row.key,
      { version: Number(row.version), created: String(created.mapFromDriverValue(row.created)) },
    ]),
  );
}

/** The sent versions and the ones before them, as far as they are here, alive or in the trash. */
async function versionsHere(tx: Database, sent: ArtifactImport[]): Promise<Map<string, Here>> {
  const ids = sent.flatMap(({ id, previous }) => (previous ? [id, previous] : [id]));
  const of = ({ id, key, version }: typeof artifact | typeof artifactTrash) => ({ id, key, version });
  const [living, removed] = [artifact, artifactTrash].map((table) =>
    tx
      .select(of(table))
      .from(table)
      .where(sql`${table.id} = any(${uuids(ids)})`),
  );
  if (!living || !removed) throw new Error("two tables give two selects");
  const rows = await living.unionAll(removed);
  return new Map(rows.map(({ id, key, version }) => [id, { key, version }]));
}

/** When each was created, as PostgreSQL reads and writes it, so that they compare as texts. */
async function exactly(tx: Database, sent: ArtifactImport[]): Promise<string[]> {
  const given = JSON.stringify(sent.map(({ created }) => created));
  const rows = await tx.execute<{ at: string }>(
    sql`select at::timestamptz as at from json_array_elements_text(${given}::json) with ordinality as given (at, n) order by n`,
  );
  return rows.map(({ at }) => String(artifact.created.mapFromDriverValue(at)));
}

async function insert(tx: Database, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  const sent = rows.map(({ flowRunId, taskRunId, data = RawJson.null, ...row }) => ({
    ...row,
    flow_run_id: flowRunId,
    task_run_id: taskRunId,
    text: dataParameter(data),
    ...measure(row.type, data),
  }));
  await tx.execute(sql`
    with item as materialized (
      select * from json_to_recordset(${JSON.stringify(sent)}::json) as row (id uuid, key text, version bigint, type text,
        description text, metadata jsonb, flow_run_id uuid, task_run_id uuid, created timestamptz, updated timestamptz,
        text text, size int, rows int, number float8)
    ), stored as (insert into artifact_data (artifact_id, data) select id, text::json from item)
    insert into artifact (${versionColumns}) select ${versionColumns} from item`);
}

/** Points each key at its new last version. */
async function point(tx: Database, rows: Row[]): Promise<void> {
  const last = new Map(rows.map((row) => [row.key, { id: row.id, n: 0 }]));
  for (const { key } of rows) {
    const tip = last.get(key);
    if (tip) tip.n += 1;
  }
  last.delete(null);
  const tips = [...last].map(([key, { id, n }]) => ({ key, id, n }));
  await tx.execute(sql`
    update artifact_collection c set live = c.live + n, last_version = a.version, last_created = a.created,
      latest_id = a.id, created = a.created, updated = a.updated, type = a.type, flow_run_id = a.flow_run_id,
      task_run_id = a.task_run_id
    from json_to_recordset(${JSON.stringify(tips)}::json) as tip (key text, id uuid, n int) join artifact a on a.id = tip.id
    where c.key = tip.key`);
}

/** Takes back the rows that stood ready for keys under which nothing came. */
async function release(tx: Database, keys: string[]): Promise<void> {
  await tx.execute(sql`delete from artifact_collection where key = any(${texts(keys)}) and last_version = 0`);
}
