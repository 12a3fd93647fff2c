import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Artifact, ArtifactList } from "#contract/artifact";
import type { CollectionList } from "#contract/collection";
import { MAX_LIMIT } from "#contract/limits";
import type { RawJson } from "#contract/raw-json";
import { type DriverRow, runShape } from "#db/compiled";
import type { Database } from "#db/postgres";
import { readRows, selectIncluded, toRowsWithIncluded } from "./data";
import { shapeOf } from "./version-filter";

/** A number of rows, or the parameter that has it. */
export type Limit = number | Placeholder | SQL;

/** The part of a list that is returned; without an offset, from its start by a prepared statement. */
export interface Part {
  limit: number | Placeholder;
  offset?: number | Placeholder;
}

const LIMIT = sql.placeholder("limit");
const OFFSET = sql.placeholder("offset");

/**
 * Reads a list, by a statement that is built once where its filter is a usual one.
 * @param select the rows of a part; PAYLOAD_TOO_LARGE above 32 MiB of data
 */
export async function readList<Row extends Artifact<RawJson>>(
  db: Database,
  noun: string,
  input: ArtifactList | CollectionList,
  toRow: (raw: DriverRow) => Row,
  select: (part: Part) => Promise<SQL>,
): Promise<Row[]> {
  const { where, sort, limit, offset, include } = input;
  const part = offset === 0 ? { limit: LIMIT } : { limit: LIMIT, offset: OFFSET };
  const shape = shapeOf(where, noun, sort, Object.keys(part).join(), include?.toSorted().join() ?? "");
  if (!shape) return readRows(db, await select({ limit, offset }), input, toRow);
  const found = await runShape(db, shape, { limit, offset }, async () =>
    selectIncluded(await select(part), include, LIMIT),
  );
  return toRowsWithIncluded(found, input, toRow);
}

/** A part of the ids that a select returns in order; `ids` selects so many of them. */
export function partOf(ids: (limit: Limit) => SQL, { limit, offset }: Part): SQL {
  if (offset !== undefined) {
    const all = sql`(${limit}::bigint + ${offset}::bigint)`;
    return sql`select id from (${ids(all)}) page limit ${limit} offset ${offset}`;
  }
  // With a limit that is no parameter PostgreSQL plans a prepared statement once: any plan then reads few rows.
  return sql`select id from (${ids(sql.raw(String(MAX_LIMIT)))}) page limit ${limit}`;
}
