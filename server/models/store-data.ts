import { type SQL, sql } from "drizzle-orm";
import type { Preview } from "#contract/preview";
import type { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { textPieces } from "#formats/json-text";

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
    if (size <= BATCH) return { data: data.text(), preview };
    later.push(index);
    return { preview };
  });
  return { first, later };
}

/**
 * How many bytes of data one parameter has at most where it is that of one version: the driver encodes it without a pause,
 * 64 MiB in 250 ms.
 */
export const MAX_PARAMETER = 4 * 1024 * 1024;

/** Data as parameters of a statement: its text, or the number of a large object that holds it. */
export interface DataParameters {
  data: string | null;
  object: number | null;
}

/** The data that `DataParameters` stand for, as JSON; null for none. */
export function dataOf({ data, object }: Record<keyof DataParameters, unknown>): SQL {
  return sql`coalesce(${data}::text, convert_from(lo_get(${object}::oid), 'UTF8'))::json`;
}

/**
 * Runs a statement that stores data, in a transaction where the data is large: it is then sent before, see `withLargeObject`.
 * @param data undefined for a statement that stores none
 */
export async function withData<Result>(
  db: Database,
  data: RawJson | undefined,
  run: (db: Database, parameters: DataParameters) => Promise<Result>,
): Promise<Result> {
  if (!data || data.bytes <= MAX_PARAMETER) return run(db, { data: data?.text() ?? null, object: null });
  const runInTransaction = (tx: Database) =>
    withLargeObject(tx, utf8Pieces(data.text()), (object) => run(tx, { data: null, object }));
  return db.$client ? db.transaction(runInTransaction) : runInTransaction(db);
}

/** Sends bytes in parts, with other work in between, to a large object of PostgreSQL that lasts while `run` runs. */
export async function withLargeObject<Result>(
  tx: Database,
  parts: Iterable<Buffer>,
  run: (object: number) => Promise<Result>,
): Promise<Result> {
  const [row] = await tx.execute<{ object: number }>(sql`select lo_create(0) as object`);
  const object = Number(row?.object);
  let offset = 0;
  for (const part of parts) {
    await tx.execute(
      sql`select lo_put(${object}::oid, ${offset}::bigint, decode(${part.toString("base64")}, 'base64'))`,
    );
    offset += part.byteLength;
  }
  const result = await run(object);
  await tx.execute(sql`select lo_unlink(${object}::oid)`);
  return result;
}

function* utf8Pieces(text: string): Generator<Buffer> {
  for (const piece of textPieces(text)) yield Buffer.from(piece);
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
      await withData(tx, data, (tx, parameters) =>
        tx.execute(
          sql`insert into artifact_data (artifact_id, data, previewed) values (${id}::uuid, ${dataOf(parameters)}, true)`,
        ),
      );
      continue;
    }
    if (size + data.bytes > BATCH && batch.length > 0) await write();
    batch.push({ id, data: data.text() });
    size += data.bytes;
  }
  if (batch.length > 0) await write();
}
