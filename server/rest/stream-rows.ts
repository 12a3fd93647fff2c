import type { z } from "zod";
import { textPieces } from "#formats/json-text";
import { STEP } from "#formats/steps";
import { readChunks } from "#server/http/body";
import { exactParts } from "#server/http/payload";
import { toRestBody } from "./row";

/**
 * The response body of a list that is too large to be built at once. An error before the first row rejects; a later one
 * closes the connection, since the status has been sent.
 */
export async function streamRows(
  schema: z.ZodArray,
  rows: ReadableStream<unknown>,
): Promise<ReadableStream<Uint8Array>> {
  const bytes = new TextEncoder();
  const texts = rowTexts(schema, rows);
  let next = await texts.next();
  return new ReadableStream({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(bytes.encode(next.value));
      next = await texts.next();
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}

async function* rowTexts(schema: z.ZodArray, rows: ReadableStream<unknown>): AsyncGenerator<string, undefined> {
  let before = "[";
  for await (const row of readChunks(rows)) {
    const parts = [before, ...exactParts(toRestBody(schema.element, row))];
    if (parts.some(({ length }) => length > STEP)) for (const part of parts) yield* textPieces(part);
    else yield parts.join("");
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
  return undefined;
}
