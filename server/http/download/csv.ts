import { VitrineError } from "#contract/error";
import type { RawJson } from "#contract/raw-json";
import { BYTE_ORDER_MARK, type CsvOptions, csvHead, csvRowPieces } from "#formats/csv";
import { indexJson, TooManyValues } from "#formats/json-index";
import { encodedInPieces } from "#formats/json-text";
import { inSteps, nextTurn } from "#formats/steps";
import { readTable, type Table } from "#formats/table";

const CHUNK = 64 * 1024;

/**
 * Exports a table as CSV, with a byte order mark unless it is exact, in steps between which other requests run; null where the JSON text is not a table.
 * @throws VitrineError PAYLOAD_TOO_LARGE where it has more values than can be indexed
 */
export async function csvStream(data: RawJson, options: CsvOptions): Promise<ReadableStream<Uint8Array> | null> {
  const table = await inSteps(tableIn(data)).catch((error: unknown) => {
    if (!(error instanceof TooManyValues)) throw error;
    throw new VitrineError("PAYLOAD_TOO_LARGE", "This table has too many values for CSV; download it as JSON.");
  });
  return table && rowStream(table, options);
}

function* tableIn(data: RawJson): Generator<void, Table | null> {
  return yield* readTable(yield* indexJson(yield* encodedInPieces(data.text())));
}

function rowStream(table: Table, options: CsvOptions): ReadableStream<Uint8Array> {
  const pieces = piecesOf(table, options);
  return new ReadableStream({
    async pull(controller) {
      await nextTurn();
      let lines = "";
      let isDone = false;
      while (!isDone && lines.length < CHUNK) {
        const { done, value } = pieces.next();
        if (done) isDone = true;
        else lines += value;
      }
      controller.enqueue(Buffer.from(lines));
      if (isDone) controller.close();
    },
  });
}

function* piecesOf(table: Table, options: CsvOptions): Generator<string, void> {
  yield (options.exact ? "" : BYTE_ORDER_MARK) + csvHead(table, options);
  for (let row = 0; row < table.rows; row += 1) yield* csvRowPieces(table, row, options);
}
