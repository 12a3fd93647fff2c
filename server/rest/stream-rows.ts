import type { z } from "zod";
import { STEP } from "#formats/steps";
import { readChunks, utf8Pieces } from "#server/http/body";
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
  const pieces = rowBytes(schema, rows);
  let next = await pieces.next();
  return new ReadableStream({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(next.value);
      next = await pieces.next();
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

async function* rowBytes(schema: z.ZodArray, rows: ReadableStream<unknown>): AsyncGenerator<Uint8Array, undefined> {
  let before = "[";
  for await (const row of readChunks(rows)) {
    const parts = [before, ...exactParts(toRestBody(schema.element, row))].map((part) =>
      typeof part === "string" ? part : part.content(),
    );
    if (parts.some(({ length }) => length > STEP)) for (const part of parts) yield* utf8Pieces(part);
    else yield Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
    before = ",";
  }
  yield Buffer.from(before === "[" ? "[]" : "]");
  return undefined;
}
