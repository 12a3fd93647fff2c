import { type SQL, sql } from "drizzle-orm";
import type { Preview } from "#contract/preview";
import type { RawJson } from "#contract/raw-json";
import type { Database } from "#db/postgres";
import { textPieces } from "#formats/json-text";
import { isLarge, lockLarge } from "./large-data";

/** How many bytes of data one parameter has at most, unless it is that of one version: it is written without a pause. */
const BATCH = 1024 * 1024;

/**
 * Splits the data of many versions into what the statement that inserts them stores, a row for each with its preview, and
 * the indexes of the others, whose data `storeData` stores.
 */
export function splitData(versions: readonly { data: RawJson; blob: string | null; preview: Preview | null }[]): {
  first: { data?: string; preview: Preview | null }[];
  later: number[];
} {
  let size = 0;
  const later: number[] = [];
  const first = versions.map(({ data, blob, preview }, index) => {
    size += blob === null ? data.bytes : 0;
    if (blob === null && size <= BATCH) return { data: data.text(), preview };
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

/** Data as parameters of a statement: its text, the number of a large object that holds it, or the hash of a locked blob. */
export interface DataParameters {
  data: string | null;
  object: number | null;
  blob: string | null;
}

/** The data that `DataParameters` stand for, as JSON; null for none, and for a blob. */
export function dataOf({ data, object }: Record<"data" | "object", unknown>): SQL {
  return sql`coalesce(${data}::text, convert_from(lo_get(${object}::oid), 'UTF8'))::json`;
}

/**
 * Runs a statement that stores data, in a transaction where the data is large: it is then sent before, see `withLargeObject`, or a
 * blob that is locked.
 * @param data undefined for a statement that stores none
 * @param sha256 its hash; null where it cannot be a blob
 */
export async function withData<Result>(
  db: Database,
  data: RawJson | undefined,
  sha256: string | null,
  run: (db: Database, parameters: DataParameters) => Promise<Result>,
): Promise<Result> {
  const isBlob = sha256 !== null && isLarge(data);
  if (!data || (data.bytes <= MAX_PARAMETER && !isBlob)) {
    return run(db, { data: data?.text() ?? null, object: null, blob: null });
  }
  const runInTransaction = async (tx: Database) => {
    const [blob = null] = isBlob ? await lockLarge(tx, [sha256]) : [];
    if (blob !== null) return run(tx, { data: null, object: null, blob });
    if (data.bytes <= MAX_PARAMETER) return run(tx, { data: data.text(), object: null, blob: null });
    return withLargeObject(tx, utf8Pieces(data.text()), (object) => run(tx, { data: null, object, blob: null }));
  };
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

interface StoredVersion {
  id: string;
  data: RawJson;
  blob: string | null;
}

/**
 * Stores the data of versions that this transaction inserts, with a statement for each batch, and one for those whose data is a
 * locked blob.
 */
export async function storeData(tx: Database, versions: readonly StoredVersion[]): Promise<void> {
  const named = versions.flatMap(({ id, blob }) => (blob === null ? [] : [{ id, blob }]));
  if (named.length > 0) {
    await tx.execute(sql`insert into artifact_data (artifact_id, blob_sha256, previewed)
      select id, decode(blob, 'hex'), true from json_to_recordset(${JSON.stringify(named)}::json) as named (id uuid, blob text)`);
  }
  let batch: { id: string; data: string }[] = [];
  let size = 0;
  const write = async () => {
    await tx.execute(sql`insert into artifact_data (artifact_id, data, previewed)
      select id, data::json, true from json_to_recordset(${JSON.stringify(batch)}::json) as batch (id uuid, data text)`);
    batch = [];
    size = 0;
  };
  for (const { id, data, blob } of versions) {
    if (blob !== null) continue;
    if (data.bytes > BATCH) {
      await withData(tx, data, null, (tx, parameters) =>
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
