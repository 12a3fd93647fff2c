import { sql } from "drizzle-orm";
import type { DataCheck, Violation } from "#contract/admin";
import type { Database } from "#db/postgres";
import { findLost, STORED_DATA } from "./data/load";
import { DATA_SIZE } from "./query/data";
import { hashOfData } from "./same-content";

/** Checks the invariants in one snapshot. Returns the violations. */
export async function doctor(db: Database): Promise<Violation[]> {
  const rows = await db.execute(sql`
    with truth as (
      select key, count(*) as live, max(version) as version,
        (array_agg(id order by version desc))[1] as latest from artifact where key is not null group by key
    ), numbered as (
      select key, version, created, lag(created) over (partition by key order by version) as before
      from (select key, version, created from artifact union all select key, version, created from artifact_trash) v
      where key is not null
    )
    select 1 as law, coalesce(c.key, t.key) as key, 'the pointer does not name the greatest living version' as problem
      from artifact_collection c full join truth t on t.key = c.key where c.latest_id is distinct from t.latest
    union all select 1, c.key, 'the sorted copy of the latest version is stale'
      from artifact_collection c join artifact a on a.id = c.latest_id
      where (c.created, c.updated, c.type, c.flow_run_id, c.task_run_id, c.version, c.size, c.rows, c.number)
        is distinct from (a.created, a.updated, a.type, a.flow_run_id, a.task_run_id, a.version, a.size, a.rows, a.number)
    union all select 1, coalesce(a.key, a.id::text), 'the order of changes has the version at another place'
      from artifact a left join artifact_change n on n.artifact_id = a.id
      where case when a.updated = a.created then n.artifact_id is not null
        else (n.updated, n.created) is distinct from (a.updated, a.created) end
    union all select 1, c.key, 'patterns do not find the key, as its copy is missing'
      from artifact_collection c where not exists (select from collection_key k where k.key = c.key)
    union all select 1, c.key, 'the flow kept for the latest version is not that of its run'
      from artifact_collection c join flow_run r on r.id = c.flow_run_id where c.flow_id is distinct from r.flow_id
    union all select 6, coalesce(a.key, a.id::text), 'the flow kept for a version is not that of its run, so that a filter leaves it out'
      from artifact a join flow_run r on r.id = a.flow_run_id where a.flow_id is distinct from r.flow_id
    union all select 2, c.key, 'the pointer names a missing version'
      from artifact_collection c where c.latest_id is not null and not exists (select from artifact a where a.id = c.latest_id)
    union all select 2, r.artifact_id::text, 'a revision is of a version that does not exist'
      from artifact_revision r where not exists (select from artifact a where a.id = r.artifact_id)
        and not exists (select from artifact_trash t where t.id = r.artifact_id)
    union all select 2, r.artifact_id::text, 'the data of a revision is missing'
      from artifact_revision r where r.data_id is not null
        and not exists (select from artifact_data d where d.artifact_id = r.data_id)
    union all select 3, n.key, 'a version number is above the counter, or stands twice'
      from numbered n left join artifact_collection c on c.key = n.key
      group by n.key having max(n.version) > coalesce(max(c.last_version), 0) or count(*) > count(distinct n.version)
    union all select distinct 4, key, 'a version was created before the one below it' from numbered where created < before
    union all select 6, c.key, 'the count of living versions is wrong'
      from artifact_collection c left join truth t on t.key = c.key where c.live <> coalesce(t.live, 0)
    union all select 12, l.key, 'the label "' || l.name || '" does not name an existing version of its key'
      from label l left join artifact a on a.id = l.artifact_id
      where (l.key, l.version) is distinct from (a.key, a.version)
    union all select 13, b.key, 'the key has facts of its own, but no versions'
      from collection_about b where not exists (select from artifact a where a.key = b.key)
        and not exists (select from artifact_trash t where t.key = b.key)
    union all select distinct 13, p.key, 'the key is pinned, but has no versions'
      from pin p where not exists (select from artifact a where a.key = p.key)
        and not exists (select from artifact_trash t where t.key = p.key)
    union all select distinct 13, m.key, 'the key is marked as read, but has no versions'
      from read_mark m where not exists (select from artifact a where a.key = m.key)
        and not exists (select from artifact_trash t where t.key = m.key)
    union all select distinct 15, coalesce(v.key, v.id::text), 'the file "' || f.path || '" is not stored'
      from artifact_file f join (select id, key from artifact union all select id, key from artifact_trash) v
        on v.id = f.artifact_id left join blob b on b.sha256 = f.sha256
      where b.stored is null or b.size <> f.size
    union all select 15, d.artifact_id::text, 'the data is a blob that is not stored'
      from artifact_data d join blob b on b.sha256 = d.blob_sha256 where b.stored is null
    union all select 15, f.artifact_id::text, 'files are kept for a version that does not exist'
      from artifact_file f where not exists (select from artifact_data d where d.artifact_id = f.artifact_id)
    union all select 12, r.key, 'the key that it was renamed to, "' || r.target || '", does not exist'
      from key_redirect r where r.key = r.target or not exists (select from artifact_collection c where c.key = r.target)`);
  // The statement above names exactly the fields of a Violation.
  return rows as unknown as Violation[];
}

/** How many versions are checked at once, with data of so many bytes in total unless it is that of one version. */
const BATCH = { versions: 2_000, bytes: 32 * 1024 * 1024 };

const LOST = "the data of a version is not what was written: the blob store lacks its bytes, or has others";

/** Checks that the data of versions is what was written, by size and hash, in batches ordered by id; in the trash too. */
export async function checkData(db: Database, { after }: { after?: string | undefined }): Promise<DataCheck> {
  const some = (table: string) => sql`(
    select id, key, type, size, sha256, ${DATA_SIZE} as bytes from ${sql.identifier(table)}
    ${after === undefined ? sql`` : sql`where id > ${after}::uuid`} order by id limit ${BATCH.versions})`;
  const rows = await db.execute<{ id: string; key: string; problem: string | null; blob: string | null }>(sql`
    with next as (${some("artifact")} union all ${some("artifact_trash")} order by id limit ${BATCH.versions}),
    sized as (select *, sum(bytes) over (order by id) - bytes as before from next)
    select v.id, coalesce(v.key, v.id::text) as key, case
        when d.artifact_id is null then 'the data of a version is missing'
        when v.type not in ('file', 'files') and coalesce(octet_length(d.data::text), b.size) <> v.size then 'the size kept for a version is not that of its data'
        when v.sha256 <> ${hashOfData} then 'the data of a version is not what was written: its hash differs'
      end as problem, case when d.blob_sha256 is not null then ${STORED_DATA} end as blob
    from sized v left join artifact_data d on d.artifact_id = v.id
      left join blob b on b.sha256 = d.blob_sha256 where v.before < ${BATCH.bytes} order by v.id`);
  const lost = await findLost(
    db,
    rows.map(({ blob }) => blob),
  );
  const violations = rows.flatMap(({ key, problem: found }, index) => {
    const problem = found ?? (lost.has(index) ? LOST : null);
    return problem === null ? [] : [{ law: 11 as const, key, problem }];
  });
  return { violations, checked: rows.length, next: rows.at(-1)?.id ?? null };
}
