import { type Placeholder, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Artifact } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { RawJson } from "#contract/raw-json";
import type { DriverRow } from "#db/compiled";
import type { Database } from "#db/postgres";
import { artifactData } from "#db/schema";

const MAX_RESPONSE = 32 * 1024 * 1024;

/** Data as a parameter of a statement. */
export function dataParameter(data: RawJson): string {
  return data.text();
}

/**
 * The rows of a select, in their order, with their data, unless the first `limit` of them exceed 32 MiB in total. As one
 * statement sees one snapshot, a row and its data belong together.
 */
export function selectData(rows: SQLWrapper, limit: number | Placeholder): SQL {
  // A scalar subquery, unlike a join, keeps the order of the rows and reads no data beyond the bound.
  return sql`
    select page.*, case
      when row_number() over page_window <= ${limit}::int
        and sum(size) over page_window - coalesce(nth_value(size, ${limit}::int + 1) over page_window, 0) <= ${MAX_RESPONSE}
      then (select d.data from ${artifactData} d where d.artifact_id = page.id) end as data
    from (${rows}) page window page_window as ()`;
}

/** The rows of a select of at most `limit` + 1, with data where it is included. PAYLOAD_TOO_LARGE as `toRowsWithData`. */
export async function readRows<Row extends Artifact<RawJson>>(
  db: Database,
  rows: SQLWrapper,
  { include, limit }: { include?: "data"[] | undefined; limit: number },
  toRow: (raw: DriverRow) => Row,
): Promise<Row[]> {
  if (!include?.includes("data")) return (await db.execute(rows)).map(toRow);
  return toRowsWithData(await db.execute(selectData(rows, limit)), limit, toRow);
}

/** The rows of `selectData`. @throws VitrineError PAYLOAD_TOO_LARGE, with how many fit, where it left their data out */
export function toRowsWithData<Row extends Artifact<RawJson>>(
  found: DriverRow[],
  limit: number,
  toRow: (raw: DriverRow) => Row,
): Row[] {
  let total = 0;
  return found.map((raw, index) => {
    const row = toRow(raw);
    total += index < limit ? row.size : 0;
    if (total > MAX_RESPONSE) {
      throw new VitrineError("PAYLOAD_TOO_LARGE", `Response exceeds 32 MiB; set limit to ${index} or less.`, {
        fits: index,
      });
    }
    if (typeof raw.data === "string") row.data = RawJson.fromText(raw.data, row.size);
    return row;
  });
}
