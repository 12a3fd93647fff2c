import { type SQL, sql } from "drizzle-orm";
import type { Facets, FacetValue } from "#contract/paging";
import type { Database } from "#db/postgres";

const MAX_ROWS = 10_000;
/** One more, so that it is known whether there are others. */
export const MAX_FACET_ROWS = MAX_ROWS + 1;
const MAX_VALUES = 50;
/** Of how many rows the metadata is read, and until when after the start of the statement: between the metadata of two rows it ends. */
const MAX_READ = 2_000;
const IN_TIME = sql`clock_timestamp() < statement_timestamp() + interval '1 second'`;

/**
 * Counts rows by what they have. `found` selects their `id`, `key`, `tags`, `type`, `flow_run_id` and `created_by`, newest first; at most 10,000 are read.
 */
export async function facetsOf(db: Database, found: SQL): Promise<Facets> {
  const rows = await db.execute(sql`
    with found as materialized (${found} limit ${MAX_FACET_ROWS}),
      counted as materialized (select * from found limit ${MAX_ROWS}),
      runs as materialized (select fr.id, fr.flow_id, fr.deployment_id, fr.state_type, fr.tags, n.count from
        (select flow_run_id, count(*) from counted group by flow_run_id) n join flow_run fr on fr.id = n.flow_run_id),
      tagged as (
        select case when a.tags is null then c.tags when c.tags is null then a.tags
          else array(select unnest(a.tags) union select unnest(c.tags)) end as tags
        from counted c left join collection_about a on a.key = c.key),
      described as materialized (
        select a.metadata from (select id from counted limit ${MAX_READ}) c join artifact a on a.id = c.id where a.metadata is not null),
      facet as (
        select 'types' as name, type as value, null::uuid as id, count(*) from counted group by type
        union all select 'flows', f.name, f.id, sum(count) from runs join flow f on f.id = flow_id group by f.id, f.name
        union all select 'deployments', d.name, d.id, sum(count) from runs join deployment d on d.id = deployment_id group by d.id, d.name
        union all select 'states', state_type, null, sum(count) from runs where state_type is not null group by state_type
        union all select 'tags', tag, null, sum(count) from runs, unnest(tags) tag group by tag
        union all select 'artifactTags', tag, null, count(*) from tagged, unnest(tags) tag group by tag
        union all select 'labels', l.name, null, count(*) from counted c join label l on l.artifact_id = c.id group by l.name
        union all select 'authors', a.name, null, sum(count) from
          (select created_by, count(*) from counted where created_by is not null group by created_by) n
          join actor a on a.id = n.created_by group by a.name
        union all select 'owners', a.owner, null, count(*) from counted c join collection_about a on a.key = c.key
          where a.owner is not null group by a.owner
        union all select 'metadataNames', name, null, count(*) from described,
          lateral (select jsonb_object_keys(metadata) as name where ${IN_TIME}) names group by name
        union all select 'late', null, null, 1 where not ${IN_TIME})
    select name, value, id, count::int from
      (select *, row_number() over (partition by name order by count desc, value, id) as rank from facet) ranked
    where rank <= ${MAX_VALUES}
    union all select 'found', null, null, count(*)::int from found
    order by count desc, value, id`);
  const facet = (name: string): FacetValue[] =>
    rows
      .filter((row) => row.name === name)
      .map((row) => ({
        value: row.value === null ? null : String(row.value),
        id: row.id === null ? null : String(row.id),
        count: Number(row.count),
      }));
  return {
    types: facet("types"),
    flows: facet("flows"),
    deployments: facet("deployments"),
    states: facet("states"),
    tags: facet("tags"),
    artifactTags: facet("artifactTags"),
    labels: facet("labels"),
    authors: facet("authors"),
    owners: facet("owners"),
    metadataNames: facet("late").length > 0 ? [] : facet("metadataNames"),
    complete: (facet("found")[0]?.count ?? 0) <= MAX_ROWS,
  };
}
