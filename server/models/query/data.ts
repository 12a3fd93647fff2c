import { type Placeholder, type SQLWrapper, sql } from "drizzle-orm";
import type { Artifact } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { RawJson } from "#contract/raw-json";
import type { DriverRow } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifactData, artifactPreview, label } from "#db/schema";

const MAX_RESPONSE = 32 * 1024 * 1024;

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
        and sum(size) over page_window - coalesce(nth_value(size, ${limit}::int + 1) over page_window, 0) <= ${MAX_RESPONSE}
      then (select d.data from ${artifactData} d where d.artifact_id = page.id) end as data
    from (${rows}) page window page_window as ()`;
}

/** The rows of a select of at most `limit` + 1, with what is included. PAYLOAD_TOO_LARGE as `toRowsWithIncluded`. */
export async function readRows<Row extends Artifact<RawJson>>(
  db: Database,
  rows: SQLWrapper,
  { include, limit }: { include?: Included; limit: number },
  toRow: (raw: DriverRow) => Row,
): Promise<Row[]> {
  return toRowsWithIncluded(await db.execute(selectIncluded(rows, include, limit)), { include, limit }, toRow);
}

/** The rows of `selectIncluded`. @throws VitrineError PAYLOAD_TOO_LARGE, with how many fit, where it left their data out */
export function toRowsWithIncluded<Row extends Artifact<RawJson>>(
  found: DriverRow[],
  { include, limit }: { include?: Included; limit: number },
  toRow: (raw: DriverRow) => Row,
): Row[] {
  if (!include || include.length === 0) return found.map(toRow);
  const expectFits = createBound({ include, limit });
  return found.map((raw, index) => {
    const row = toRow(raw);
    if (include.includes("preview")) row.preview = typeof raw.preview === "string" ? JSON.parse(raw.preview) : null;
    if (include.includes("labels")) row.labels = Array.isArray(raw.labels) ? raw.labels : [];
    expectFits(index, row.size);
    if (include.includes("data") && typeof raw.data === "string") row.data = RawJson.fromText(raw.data, row.size);
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
