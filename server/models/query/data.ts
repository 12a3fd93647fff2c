import { type Placeholder, type SQLWrapper, sql } from "drizzle-orm";
import type { Artifact } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { dataBytes, FILE, FILES, isFileType, MANIFEST_BYTES } from "#contract/file-type";
import { RawJson } from "#contract/raw-json";
import type { DriverRow } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifactData, artifactPreview, label } from "#db/schema";
import { loadAll, STORED_DATA } from "../data/load";

const MAX_RESPONSE = 32 * 1024 * 1024;

/** The same as `dataBytes` over the columns of a version. */
export const DATA_SIZE = sql.raw(`case type when '${FILE}' then ${2 * MANIFEST_BYTES}
  when '${FILES}' then coalesce(${MANIFEST_BYTES} * (rows + 1)::bigint, size) else size end`);

/** The data of a version as PostgreSQL returned it. The size of files is not that of the list of them. */
export function storedData({ type, size }: { type: string | null; size: number }, data: string): RawJson {
  return RawJson.fromText(data, isFileType(type) ? undefined : size);
}

/** What lists leave out unless a caller asks for it. */
export type Included = readonly ("data" | "preview" | "labels")[] | undefined;

/**
 * The rows of a select, in their order, with what is included of each: its preview, its labels, and its data, unless the first `limit`
 * of them exceed 32 MiB in total. As one statement sees one snapshot, a row and its data belong together.
 */
export function selectIncluded(rows: SQLWrapper, included: Included, limit: number | Placeholder): SQLWrapper {
  // A scalar subquery, unlike a join, keeps the order of the rows and reads no data beyond the bound.
  const preview = sql`(select p.preview from ${artifactPreview} p where p.artifact_id = page.id) as preview`;
  const labels = sql`array(select l.name from ${label} l where l.artifact_id = page.id order by l.name) as labels`;
  const small = [included?.includes("preview") ? preview : [], included?.includes("labels") ? labels : []].flat();
  const columns = sql.join([sql`page.*`, ...small], sql`, `);
  if (!included?.includes("data")) return small.length > 0 ? sql`select ${columns} from (${rows}) page` : rows;
  return sql`
    select ${columns}, case
      when row_number() over page_window <= ${limit}::int
        and sum(${DATA_SIZE}) over page_window - coalesce(nth_value(${DATA_SIZE}, ${limit}::int + 1) over page_window, 0) <= ${MAX_RESPONSE}
      then (select ${STORED_DATA} from ${artifactData} d where d.artifact_id = page.id) end as data
    from (${rows}) page window page_window as ()`;
}

/** The rows of a select of at most `limit` + 1, with what is included. PAYLOAD_TOO_LARGE as `toRowsWithIncluded`. */
export async function readRows<Row extends Artifact<RawJson>>(
  db: Database,
  rows: SQLWrapper,
  { include, limit }: { include?: Included; limit: number },
  toRow: (raw: DriverRow) => Row,
): Promise<Row[]> {
  const found = await db.execute(selectIncluded(rows, include, limit));
  return toRowsWithIncluded(db, found, { include, limit }, toRow);
}

/** The rows of `selectIncluded`. @throws VitrineError PAYLOAD_TOO_LARGE, with how many fit, where it left their data out */
export async function toRowsWithIncluded<Row extends Artifact<RawJson>>(
  db: Database,
  found: DriverRow[],
  { include, limit }: { include?: Included; limit: number },
  toRow: (raw: DriverRow) => Row,
): Promise<Row[]> {
  if (!include || include.length === 0) return found.map(toRow);
  if (include.includes("data")) {
    const values = found.map(({ data }) => data);
    const idOf = (index: number) => String(found[index]?.id);
    await loadAll(db, values, (index, bytes) => Object.assign(found[index] ?? {}, { data: bytes }), { idOf });
  }
  const expectFits = createBound({ include, limit });
  return found.map((raw, index) => {
    const row = toRow(raw);
    if (include.includes("preview")) row.preview = typeof raw.preview === "string" ? JSON.parse(raw.preview) : null;
    if (include.includes("labels")) row.labels = Array.isArray(raw.labels) ? raw.labels : [];
    expectFits(index, dataBytes(row));
    if (include.includes("data") && typeof raw.data === "string") row.data = storedData(row, raw.data);
    if (Buffer.isBuffer(raw.data)) row.data = RawJson.fromUtf8(raw.data);
    return row;
  });
}

/**
 * A function to be called with the index and size of each row.
 * @throws VitrineError PAYLOAD_TOO_LARGE, with how many rows fit, where the data of the first `limit` exceeds 32 MiB
 */
export function createBound({ include, limit }: { include?: Included; limit: number }) {
  let total = 0;
  return (index: number, size: number): void => {
    if (!include?.includes("data")) return;
    total += index < limit ? size : 0;
    if (total <= MAX_RESPONSE) return;
    const message = `Response exceeds 32 MiB; set limit to ${index} or less.`;
    throw new VitrineError("PAYLOAD_TOO_LARGE", message, { fits: index });
  };
}
