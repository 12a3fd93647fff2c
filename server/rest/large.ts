import { z } from "zod";
import { VitrineError } from "#contract/error";
import { stringifyExact } from "#server/http/payload";
import { toRestBody } from "./row";

const Named = z.object({ id: z.string() });

/** Calls a procedure by its name. */
export type Call = (name: string, input: unknown) => Promise<unknown>;

/**
 * A list whose data is too much for one answer, written row by row as each is read: never more than one row's data is
 * held. A row that was removed meanwhile is left out. A failure breaks the connection off: the status was sent already.
 */
export function streamed(schema: z.ZodArray, rows: unknown[], call: Call): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  const texts = textsOf(schema, rows, call);
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

async function* textsOf(schema: z.ZodArray, rows: unknown[], call: Call): AsyncGenerator<string, undefined> {
  let before = "[";
  for (const row of rows) {
    const whole = await call("artifact.read", { id: Named.parse(row).id }).catch(goneOr);
    if (whole === null) continue;
    yield before + stringifyExact(toRestBody(schema.element, { ...Object(row), ...Object(whole) }));
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
  return undefined;
}

function goneOr(error: unknown): null {
  const { cause } = error instanceof Error ? error : {};
  if (cause instanceof VitrineError && cause.code === "NOT_FOUND") return null;
  throw error;
}
