import { sql } from "drizzle-orm";
import type { Preview } from "#contract/preview";
import type { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { dataParameter } from "./query/data";

/** How many bytes of data one parameter has at most, unless it is that of one version: it is written without a pause. */
const BATCH = 1024 * 1024;

/**
 * Splits the data of many versions into what the statement that inserts them stores, a row for each with its preview, and
 * the indexes of the others, whose data `storeData` stores.
 */
export function splitData(versions: readonly { data: RawJson; preview: Preview | null }[]): {
  first: { data?: string; preview: Preview | null }[];
  later: number[];
} {
  let size = 0;
  const later: number[] = [];
  const first = versions.map(({ data, preview }, index) => {
    size += data.bytes;
    if (size <= BATCH) return { data: dataParameter(data), preview };
    later.push(index);
    return { preview };
  });
  return { first, later };
}

/** Stores the data of versions that this transaction inserts, with a statement for each batch. */
export async function storeData(tx: Database, versions: readonly { id: string; data: RawJson }[]): Promise<void> {
  let batch: { id: string; data: string }[] = [];
  let size = 0;
  const write = async () => {
    await tx.execute(sql`insert into artifact_data (artifact_id, data, previewed)
      select id, data::json, true from json_to_recordset(${JSON.stringify(batch)}::json) as batch (id uuid, data text)`);
    batch = [];
    size = 0;
  };
  for (const { id, data } of versions) {
    if (data.bytes > BATCH) {
      await tx.execute(
        sql`insert into artifact_data (artifact_id, data, previewed) values (${id}::uuid, ${dataParameter(data)}::json, true)`,
      );
      continue;
    }
    if (size + data.bytes > BATCH && batch.length > 0) await write();
    batch.push({ id, data: dataParameter(data) });
    size += data.bytes;
  }
  if (batch.length > 0) await write();
}
