import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, type TRPCError } from "@trpc/server";
import { appRouter } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { procedures } from "#server/routers/procedures";
import type { HttpRequest, HttpResponse } from "../../message";
import { headersOf } from "../../respond";
import { eventStream } from "./event-stream";

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
    if (type !== "subscription") return toResponse(200, { result: { data: dataOf(await run(procedure, call)) } });
    const values = dataOf<AsyncIterable<unknown>>(await run(procedure, { ...call, signal: request.signal }));
    return eventStream(values, { lastEventId: headers.get("last-event-id") });
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type, path, input, ctx });
    return toResponse(shape.data.httpStatus, { error: shape }, headersOf(error));
  }
}

type Result = { ok: true; data: unknown } | { ok: false; error: TRPCError };
type Options = { ctx: object; input?: unknown; getRawInput: () => Promise<unknown> };
type Middleware = (options: object) => Promise<Result>;

/** As tRPC's own caller, which is slower: it copies the options of each middleware one property at a time. */
function run(procedure: AnyTRPCProcedure, options: Options & Record<string, unknown>): Promise<Result> {
  // Not declared in the type of a procedure.
  const { middlewares, meta } = procedure._def as unknown as { middlewares: Middleware[]; meta: unknown };
  const runFrom = async (index: number, current: Options): Promise<Result> => {
    const next = (changes: Partial<Options> = {}) =>
      runFrom(index + 1, {
        ...current,
        ctx: changes.ctx ? { ...current.ctx, ...changes.ctx } : current.ctx,
        input: "input" in changes ? changes.input : current.input,
        getRawInput: changes.getRawInput ?? current.getRawInput,
      });
    try {
      const middleware = middlewares[index];
      if (!middleware) throw new Error("The last middleware of a procedure is its resolver.");
      return await middleware({ ...current, meta, next });
    } catch (cause) {
      return { ok: false, error: getTRPCErrorFromUnknown(cause) };
    }
  };
  return runFrom(0, options);
}

function dataOf<Data>(result: Result): Data {
  if (!result.ok) throw result.error;
  return result.data as Data;
}

function toResponse(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
