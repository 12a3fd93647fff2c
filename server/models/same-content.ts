import { type SQL, sql } from "drizzle-orm";
import type { Artifact, Metadata } from "#contract/artifact";
import type { CollectionSameData, SameData } from "#contract/collection";
import type { Database } from "#db/postgres";
import { texts } from "./query/where";
import { storedTags } from "./tag";
import { toVersion, versionColumns } from "./version";

/** What two versions of a key must share to be the same; the hash is that of the data. */
interface Content {
  key?: string | null | undefined;
  type?: string | null | undefined;
  description?: string | null | undefined;
  metadata?: Metadata | null | undefined;
  sha256: string;
  /** Compared only where they are given. */
  tags?: string[] | null | undefined;
}

/** The latest version of a key, which is locked, where it has this content; else null. */
export async function sameLatest(
  tx: Database,
  { key = null, type = null, description = null, metadata = null, tags, sha256 }: Content,
): Promise<Artifact | null> {
  const content = sql`(select ${type}::text as type, ${description}::text as description,
    ${metadata && JSON.stringify(metadata)}::jsonb as metadata, decode(${sha256}, 'hex') as sha256, null::uuid as id)`;
  const [row] = await tx.execute(sql`
    select ${versionColumns("latest.")} from artifact_collection c join artifact latest on latest.id = c.latest_id,
      ${content} content
    where c.key = ${key} and ${isSameContent(sql`content`, sql`latest`)}
      ${tags ? sql`and coalesce(latest.tags, '{}') = ${texts(storedTags(tags) ?? [])}` : sql``}`);
  return row ? toVersion(row) : null;
}

/** Whether two rows of versions have the same type, description, metadata and data. */
export function isSameContent(one: SQL, other: SQL): SQL {
  const fields = ["type", "description", "metadata"].map((name) => sql.identifier(name));
  const same = fields.map((name) => sql`${one}.${name} is not distinct from ${other}.${name}`);
  return sql`(${sql.join([...same, sql`${storedHash(one)} = ${storedHash(other)}`], sql` and `)})`;
}

/** The hash of a version's data, also where it is not stored yet. */
export function storedHash(version: SQL): SQL {
  return sql`coalesce(${version}.sha256, (select ${hashOfData} from artifact_data d where d.artifact_id = ${version}.id))`;
}

/** The hash of the data in a row `d` of `artifact_data`. */
export const hashOfData = sql`coalesce(d.blob_sha256, sha256(convert_to(d.data::text, 'UTF8')))`;

/** How far below the lowest listed version the same data is looked for. */
const LOOK_BACK = 1_000;

/** The listed versions of a key whose data is that of a version before, with the last such one. */
export async function sameData(db: Database, { key, from, limit }: CollectionSameData): Promise<SameData[]> {
  const rows = await db.execute<{ version: string; same_as: string }>(sql`
    with listed as (
      select version, sha256, row_number() over (order by version desc) as nth from artifact
      where key = ${key} ${from === undefined ? sql`` : sql`and version <= ${from}`}
      order by version desc limit ${limit + LOOK_BACK}),
    compared as (
      select version, nth, max(version) over (
        partition by sha256 order by version rows between unbounded preceding and 1 preceding) as same_as
      from listed where sha256 is not null)
    select version, same_as from compared where nth <= ${limit} and same_as is not null order by version desc`);
  return rows.map(({ version, same_as }) => ({ version: Number(version), sameAs: Number(same_as) }));
}
