import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Artifact, ArtifactList } from "#contract/artifact";
import type { CollectionList } from "#contract/collection";
import { MAX_LIMIT } from "#contract/limits";
import type { RawJson } from "#contract/raw-json";
import { type DriverRow, runShape } from "#db/compiled";
import { type RawResult, toRawResult, UNDECODED } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { loadAll } from "../data/load";
import { selectIncluded, toRowsWithIncluded } from "./data";
import { type ListFormat, writeRows } from "./json-rows";
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

/** The input of a list. */
type ListInput = ArtifactList | CollectionList;

/** Selects the rows of a part. */
type Select = (part: Part) => Promise<SQL>;

/**
 * Reads a list, by a statement that is built once where its filter is a usual one.
 * @throws VitrineError PAYLOAD_TOO_LARGE above 32 MiB of data
 */
export async function readList<Row extends Artifact<RawJson>>(
  db: Database,
  noun: string,
  input: ListInput,
  toRow: (raw: DriverRow) => Row,
  select: Select,
): Promise<Row[]> {
  return toRowsWithIncluded(db, await findRows(db, noun, input, select), input, toRow);
}

/** What `readList` returns, as JSON in UTF-8: its values are not decoded, and there is no object for each row. */
export async function writeList(
  db: Database,
  noun: string,
  input: ListInput,
  format: ListFormat,
  select: Select,
): Promise<Uint8Array<ArrayBuffer>> {
  const found = await findRows(db, `${noun} undecoded`, input, select, UNDECODED);
  return writeRows(await withBlobs(db, toRawResult(found)), format, input);
}

/** Completes the data of rows, where it was selected. */
async function withBlobs(db: Database, found: RawResult): Promise<RawResult> {
  const data = found.columns.findIndex(({ name }) => name === "data");
  if (data < 0) return found;
  const values = found.map((row) => row[data]);
  const id = found.columns.findIndex(({ name }) => name === "id");
  const idOf = (index: number) => String(found[index]?.[id]);
  await loadAll(db, values, (index, bytes) => found[index]?.splice(data, 1, bytes), { idOf });
  return found;
}

async function findRows(
  db: Database,
  noun: string,
  { where, sort, limit, offset, include }: ListInput,
  select: Select,
  marker = sql``,
): Promise<DriverRow[]> {
  const part = offset === 0 ? { limit: LIMIT } : { limit: LIMIT, offset: OFFSET };
  const shape = shapeOf(where, noun, sort, Object.keys(part).join(), include?.toSorted().join() ?? "");
  if (!shape) return db.execute(sql`${selectIncluded(await select({ limit, offset }), include, limit)} ${marker}`);
  return runShape(
    db,
    shape,
    { limit, offset },
    async () => sql`${selectIncluded(await select(part), include, LIMIT)} ${marker}`,
  );
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

/** How many rows are read until the end of a part; Infinity where a parameter says so. */
export function endOf({ limit, offset = 0 }: Part): number {
  return typeof limit === "number" && typeof offset === "number" ? limit + offset : Number.POSITIVE_INFINITY;
}
