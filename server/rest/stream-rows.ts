import { z } from "zod";
import { VitrineError } from "#contract/error";
import { stringifyExact } from "#server/http/payload";
import { toRestBody } from "./row";

const WithId = z.object({ id: z.string() });

export type Call = (name: string, input: unknown) => Promise<unknown>;

/**
 * Streams a list whose data exceeds one response row by row, with one row's data in memory at a time. Rows removed in
 * the meantime are omitted. An error closes the connection, since the status has been sent.
 */
export function streamRows(schema: z.ZodArray, rows: unknown[], call: Call): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  const texts = rowTexts(schema, rows, call);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(bytes.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}

async function* rowTexts(schema: z.ZodArray, rows: unknown[], call: Call): AsyncGenerator<string, undefined> {
  let before = "[";
  for (const row of rows) {
    const whole = await call("artifact.read", { id: WithId.parse(row).id }).catch(nullIfNotFound);
    if (whole === null) continue;
    yield before + stringifyExact(toRestBody(schema.element, { ...Object(row), ...Object(whole) }));
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
  return undefined;
}

function nullIfNotFound(error: unknown): null {
  const { cause } = error instanceof Error ? error : {};
  if (cause instanceof VitrineError && cause.code === "NOT_FOUND") return null;
  throw error;
}
