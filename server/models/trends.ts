import { sql } from "drizzle-orm";
import { makePgArray } from "drizzle-orm/pg-core";
import type { CollectionTrends, Trend, TrendPoint } from "#contract/series";
import { statement } from "#db/compiled";
import type { Database } from "#db/postgres";

const VERSIONS = 20;

/** The last versions of each of some keys, in the order of the input. Reads the index `artifact_key_version` alone. */
export async function trends(db: Database, { keys }: CollectionTrends): Promise<Trend[]> {
  const rows = await lastVersions(db, { keys: makePgArray(keys) });
  const points = new Map(keys.map((key): [string, TrendPoint[]] => [key, []]));
  for (const { key, version, number, rows: count, size } of rows) {
    points.get(String(key))?.push({
      version: Number(version),
      number: number === null ? null : Number(number),
      rows: count === null ? null : Number(count),
      size: Number(size),
    });
  }
  return [...points].map(([key, newestFirst]) => ({ key, points: newestFirst.reverse() }));
}

const lastVersions = statement(
  ["keys"],
  ({ keys }) => sql`
    select listed.key, v.version, v.number, v.rows, v.size from unnest(${keys}::text[]) as listed (key),
      lateral (select a.version, a.number, a.rows, a.size from artifact a
        where a.key = listed.key collate "C" order by a.version desc limit ${sql.raw(String(VERSIONS))}) v`,
);
