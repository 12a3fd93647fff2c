import { sql } from "drizzle-orm";
import type { Artifact } from "#contract/artifact";
import { RawJson } from "#contract/raw-json";
import type { DriverRow } from "#db/compiled";
import { toRawResult, UNDECODED } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { artifactData } from "#db/schema";
import { withSlot } from "#db/slots";
import { streamOf } from "#db/work-stream";
import { blobIn, loadBlob, STORED_DATA } from "../data/load";

/** A stream keeps a connection and its snapshot only while its reader takes 1 MiB a second, after 15 s, and for 10 minutes. */
const MIN_RATE = 1024 * 1024;
const GRACE = 15_000;
const MAX_DURATION = 600_000;

/**
 * Streams rows and their data of one snapshot, with one row's data in memory at a time. The stream waits for its reader.
 * Errors of the stream: SERVICE_UNAVAILABLE without a free slot, TIMEOUT for a reader that is too slow.
 * @param caller who reads it, and gets at most half of the slots for streams
 * @param read selects the rows
 */
export function streamRows<Row extends Artifact<RawJson>>(
  db: Database,
  caller: string,
  toRow: (raw: DriverRow) => Row,
  read: (tx: Database) => Promise<DriverRow[]>,
): ReadableStream<Row> {
  return streamOf((emit) => {
    const emitAll = async (tx: Database) => {
      // How long the reader may take is limited below, without losing the connection.
      await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
      const start = performance.now();
      let sent = 0;
      for (const row of (await read(tx)).map(toRow)) {
        row.data = await readData(tx, row);
        const until = start + Math.min(MAX_DURATION, GRACE + (1_000 * sent) / MIN_RATE);
        await emit(row, until - performance.now());
        sent += row.data.bytes;
      }
    };
    const snapshot = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
    const search = () => withSlot("searches", caller, () => db.transaction(emitAll, snapshot));
    return withSlot("streams", caller, search, () => new Set([caller]));
  });
}

async function readData(tx: Database, { id }: Artifact<RawJson>): Promise<RawJson> {
  const found = await tx.execute(
    sql`select ${STORED_DATA} from ${artifactData} d where d.artifact_id = ${id}::uuid ${UNDECODED}`,
  );
  const [data] = toRawResult(found)[0] ?? [];
  const sha256 = blobIn(data);
  if (sha256 !== null) return loadBlob(tx, sha256, { id });
  return data instanceof Uint8Array ? RawJson.fromUtf8(data) : RawJson.null;
}
