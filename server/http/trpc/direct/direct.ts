import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from "@trpc/server";
import { withIncluded } from "#server/models/query/json-rows";
import { appRouter } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { procedures } from "#server/routers/procedures";
import { type WrittenList, writtenLists } from "#server/routers/written";
import type { HttpRequest, HttpResponse } from "../../message";
import { headersOf } from "../../respond";
import { eventStream } from "./event-stream";
import { runProcedure } from "./run-procedure";

/** Handles a call without tRPC's HTTP handler (see README.md); returns null for the calls that it leaves to it. */
export async function callDirectly(
  request: HttpRequest,
  path: string,
  input: unknown,
  ctx: Context,
): Promise<HttpResponse | null> {
  const { method, headers } = request;
  const procedure = procedures.get(path);
  if (!procedure || method === "HEAD") return null;
  const { type } = procedure._def;
  if (type !== "subscription" && headers.has("trpc-accept")) return null;
  if (type === "mutation" && method !== "POST") return null;
  const rawInput = Promise.resolve(input);
  const call = { path, getRawInput: () => rawInput, ctx, type, batchIndex: 0 };
  try {
    const list = writtenLists.get(path);
    if (list) return await writeList(procedure, call, list);
    if (type !== "subscription") return toResponse(200, { result: { data: await runProcedure(procedure, call) } });
    const values = await runProcedure(procedure, { ...call, signal: request.signal });
    // A subscription gives the values of its generator.
    return eventStream(values as AsyncIterable<unknown>, { lastEventId: headers.get("last-event-id") });
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type, path, input, ctx });
    return toResponse(shape.data.httpStatus, { error: shape }, headersOf(error));
  }
}

/** What is around the output of a procedure. */
const AROUND = { before: '{"result":{"data":', after: "}}" };

async function writeList(
  procedure: AnyTRPCProcedure,
  call: Parameters<typeof runProcedure>[1],
  { fields, resolve }: WrittenList,
): Promise<HttpResponse> {
  // Nothing is to be encoded in what is written already.
  const ctx = { ...call.ctx, encode: undefined };
  const formatOf = (input: unknown) => ({ fields: withIncluded(fields, Object(input).include), ...AROUND });
  const written = await runProcedure(procedure, { ...call, ctx }, (options) =>
    resolve(options, formatOf(options.input)),
  );
  return { ...toResponse(200, null), body: Object(written) };
}

function toResponse(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
