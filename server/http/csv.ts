import { setImmediate } from "node:timers/promises";
import { VitrineError } from "#contract/error";
import { type CsvOptions, csvHead, csvRow } from "#formats/csv";
import { indexJson, TooManyValues } from "#formats/json-index";
import { readTable, type Table } from "#formats/table";

const CHUNK = 64 * 1024;

/**
 * Exports a table as CSV in steps between which other requests run; null where the JSON text is not a table.
 * @throws VitrineError PAYLOAD_TOO_LARGE where it has more values than can be indexed
 */
export async function csvStream(text: string, options: CsvOptions): Promise<ReadableStream<Uint8Array> | null> {
  const table = await runInSteps(tableIn(text)).catch((error: unknown) => {
    if (!(error instanceof TooManyValues)) throw error;
    throw new VitrineError("PAYLOAD_TOO_LARGE", "This table has too many values for CSV; download it as JSON.");
  });
  return table && rowStream(table, options);
}

function* tableIn(text: string): Generator<void, Table | null> {
  return yield* readTable(yield* indexJson(Buffer.from(text)));
}

async function runInSteps<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function rowStream(table: Table, options: CsvOptions): ReadableStream<Uint8Array> {
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
