import { type SQL, sql } from "drizzle-orm";
import type { CollectionSeries, Series } from "#contract/series";
import type { Database } from "#db/postgres";
import { artifact } from "#db/schema";
import { timestampText } from "#db/schema/column";

const STRETCHES = 500;

interface SeriesRow extends Record<string, unknown> {
  version: number;
  created: string;
  value: number;
  flow_run_id: string | null;
  versions: number;
}

/** A number in the metadata; null for other values. */
function fieldValue(name: string): SQL {
  const { metadata } = artifact;
  return sql`case when jsonb_typeof(${metadata} -> ${name}::text) = 'number' then (${metadata} ->> ${name}::text)::float8 end`;
}

/** A measure over the versions of a key: the minimum and maximum of each interval, so that no peak is lost. */
export async function series(db: Database, { key, measure, metadata, from, to }: CollectionSeries): Promise<Series> {
  const value = metadata == null ? artifact[measure] : fieldValue(metadata);
  const first = from == null ? sql`` : sql`and version >= ${from}`;
  const last = to == null ? sql`` : sql`and version <= ${to}`;
  const rows = await db.execute<SeriesRow>(sql`
    with measured as (
      select version, created, flow_run_id, ${value} as value, ntile(${STRETCHES}) over (order by version) as stretch
      from artifact where key = ${key} and ${value} is not null ${first} ${last}),
    ranked as (
      select *, count(*) over () as versions, row_number() over (partition by stretch order by value, version) as least,
        row_number() over (partition by stretch order by value desc, version desc) as greatest
      from measured)
    select version::float8, created, value::float8, flow_run_id, versions::int from ranked
    where least = 1 or greatest = 1 order by version`);
  const points = rows.map(({ version, created, value, flow_run_id }) => ({
    version,
    created: timestampText(created),
    value,
    flowRunId: flow_run_id,
  }));
  return { key, versions: rows[0]?.versions ?? 0, points };
}
