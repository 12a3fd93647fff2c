import { setImmediate } from "node:timers/promises";
import { VitrineError } from "#contract/error";
import { type CsvOptions, csvHead, csvRow } from "#formats/csv";
import { indexJson, TooManyValues } from "#formats/json-index";
import { readTable, type Table } from "#formats/table";

const CHUNK = 64 * 1024;

/**
 * The table in a stored text as CSV, written as it is read; other requests are answered in between.
 * Null where the text holds no table. PAYLOAD_TOO_LARGE where it has too many values to be read as one.
 */
export async function csvStream(text: string, options: CsvOptions): Promise<ReadableStream<Uint8Array> | null> {
  const table = await paced(tablesIn(text)).catch((error: unknown) => {
    if (!(error instanceof TooManyValues)) throw error;
    throw new VitrineError("PAYLOAD_TOO_LARGE", "This table has too many values to be made CSV; take it as JSON.");
  });
  return table && streamOf(table, options);
}

function* tablesIn(text: string): Generator<void, Table | null> {
  return yield* readTable(yield* indexJson(Buffer.from(text)));
}

async function paced<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function streamOf(table: Table, options: CsvOptions): ReadableStream<Uint8Array> {
  let lines = csvHead(table, options);
  let row = 0;
  return new ReadableStream({
    pull(controller) {
      while (row < table.rows && lines.length < CHUNK) lines += csvRow(table, row++, options);
      controller.enqueue(Buffer.from(lines));
      lines = "";
      if (row === table.rows) controller.close();
    },
  });
}
