import { getTableColumns, sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection, artifactData, timestampText } from "#db/schema";
import { asPast, type Bind, filtered, type TableRows } from "./query/filtered";
import { reachedTables } from "./reach";

const names = (table: Parameters<typeof getTableColumns>[0]) =>
  Object.values(getTableColumns(table)).map(({ name }) => name);

/** What an update replaces, apart from the data and what is made of it. */
const REPLACED = ["description", "metadata", "tags", "size", "rows", "number"];

/**
 * The columns of a version at the timestamp: those of the first revision after it where there is one. They are looked up row by
 * row, not joined, so that PostgreSQL plans with this as with a table.
 */
function columnsThen(at: string): string {
  const after = `from artifact_revision n where n.artifact_id = v.id and n.time > ${at}`;
  const before = (column: string) => `(select p.${column} from artifact_revision p
    where p.artifact_id = v.id and p.time <= ${at} order by p.revision desc limit 1)`;
  const columns = names(artifact).map((name) => {
    if (REPLACED.includes(name)) {
      return `case when v.updated > ${at} and exists (select ${after})
        then (select n.${name} ${after} order by n.revision limit 1) else v.${name} end as ${name}`;
    }
    // An update that changed nothing is no revision.
    if (name === "updated")
      return `case when v.updated <= ${at} then v.updated else coalesce(${before("time")}, v.created) end as updated`;
    if (name === "updated_by")
      return `case when v.updated <= ${at} then v.updated_by else ${before("actor_id")} end as updated_by`;
    // The hash of replaced data is not kept.
    if (name === "sha256") return `case when ${replacedData("v.id", at)} is null then v.sha256 end as sha256`;
    return `v.${name}`;
  });
  return columns.join(", ");
}

/** The id in `artifact_data` of what was replaced after the timestamp; null where nothing was. */
function replacedData(id: string, at: string): string {
  return `(select d.data_id from artifact_revision d
    where d.artifact_id = ${id} and d.time > ${at} and d.data_id is not null order by d.revision limit 1)`;
}

/**
 * Versions that existed at the timestamp, in the trash now or not, with their columns of now. PostgreSQL reads two tables in
 * one order only where the conditions are outside of their union.
 */
function existing(at: string): string {
  const others = names(artifact).filter((name) => name !== "flow_id");
  const of = (alias: string) => others.map((name) => `${alias}.${name}`).join(", ");
  return `
    select ${of("v")}, case when v.removed is null then v.flow_id
      else (select f.flow_id from flow_run f where f.id = v.flow_run_id) end as flow_id
    from (
      select ${of("t")}, t.flow_id, null::timestamptz as removed from artifact t
      union all
      select ${of("t")}, null::uuid, t.removed from artifact_trash t) v
    where v.created <= ${at} and (v.removed is null or v.removed > ${at})
      and case when exists (select from trash_period p
        where p.artifact_id = v.id and p.removed <= ${at} and p.restored > ${at}) then false else true end`;
}

/** The columns of a collection that are those of its latest version. */
const OF_LATEST = names(artifactCollection).filter(
  (name) => !["key", "id", "last_version", "last_created", "live", "latest_id"].includes(name),
);

/** What the tables had at a timestamp. Keys have their names of now, as have their titles, owners and tags. */
function tablesAsOf(timestamp: string): Map<string, TableRows> {
  const at = (bind: Bind) => bind(timestamp, "timestamptz");
  return new Map<string, TableRows>([
    ["existing_version", { rows: (bind) => existing(at(bind)) }],
    [
      "artifact",
      {
        needs: ["existing_version"],
        rows: (bind) => `select ${columnsThen(at(bind))} from existing_version v`,
      },
    ],
    // Some of them may have been in the trash then.
    [
      "changed_version",
      {
        rows: (bind) => `
          select n.artifact_id as id from artifact_change n where n.updated > ${at(bind)} and n.created <= ${at(bind)}
          union select t.id from artifact_trash t where t.created <= ${at(bind)} and t.removed > ${at(bind)}`,
      },
    ],
    [
      "artifact_collection",
      {
        needs: ["existing_version", "artifact"],
        rows: () => `
          select a.key, c.id, c.last_version, c.last_created, a.id as latest_id,
            (select count(*) from existing_version n where n.key = c.key) as live, ${OF_LATEST.map((name) => `a.${name}`).join(", ")}
          from artifact a join artifact_collection c on c.key = a.key
          where case when exists (select from existing_version n where n.key = a.key and n.version > a.version)
            then false else true end`,
      },
    ],
    [
      "artifact_data",
      {
        needs: ["existing_version"],
        rows: (bind) => `
          select v.id as artifact_id, ${names(artifactData)
            .filter((name) => name !== "artifact_id")
            .map((name) => `d.${name}`)
            .join(", ")}
          from existing_version v join artifact_data d on d.artifact_id = coalesce(${replacedData("v.id", at(bind))}, v.id)`,
      },
    ],
    [
      "artifact_preview",
      { rows: (bind) => `select p.* from artifact_preview p where ${replacedData("p.artifact_id", at(bind))} is null` },
    ],
    // A label event has what it replaced: the first one after the timestamp says what was then.
    [
      "label_change",
      {
        rows: (bind) => `
          select e.id, e.before ->> 'label' as name, (e.before ->> 'version')::bigint as version,
            coalesce((select r.target from key_redirect r where r.key = e.key and r.renamed > e.time), e.key) as key
          from event e where e.verb = 'collection.label' and e.time > ${at(bind)}`,
      },
    ],
    [
      "label",
      {
        needs: ["label_change", "existing_version"],
        rows: (bind) => `
          select l.key, l.name, v.id as artifact_id, v.version, l.updated
          from (
            select l.key, l.name, l.version, l.updated from label l
            where not exists (select from label_change e where e.key = l.key and e.name = l.name)
            union all
            select * from (
              select distinct on (e.key, e.name) e.key, e.name, e.version, ${at(bind)} as updated
              from label_change e order by e.key, e.name, e.id) first) l
          join existing_version v on v.key = l.key and v.version = l.version`,
      },
    ],
    ["artifact_trash", { rows: () => "select * from artifact_trash where false" }],
  ]);
}

/**
 * The database as it was at a timestamp, for reads of versions and keys: what existed then, with the labels and the fields
 * that it had. What was deleted permanently since is in none of it.
 * @param keys the keys of artifacts that the reader reaches; null: all
 */
export function asOf(db: Database, timestamp: string, keys: string | null): Database {
  const tables = tablesAsOf(timestamp);
  return asPast(filtered(db, keys === null ? tables : reachedTables(keys, tables)), timestamp);
}

/** Since when deletions and labels are known; null where nothing was recorded yet. */
export async function knownSince(db: Database): Promise<string | null> {
  const [row] = await db.execute<{ time: string }>(sql`select time::text from event order by id limit 1`);
  return row ? timestampText(row.time) : null;
}
