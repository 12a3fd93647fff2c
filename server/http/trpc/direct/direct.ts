import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, type TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { appRouter, procedures } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import type { HttpRequest, HttpResponse } from "../../message";
import { headersOf } from "../../respond";
import { eventStream } from "./event-stream";

/**
 * Answers one plain call as tRPC's own HTTP machinery would, without its costs (it takes two thirds of a point read).
 * A subscription is a stream; one that is refused has the refusal's status, where tRPC has 200 and tells it in the stream.
 * Null for what is not plain: an unknown procedure, a mutation by GET; tRPC's own then answers.
 */
export async function callDirectly(
  asked: HttpRequest,
  path: string,
  input: unknown,
  ctx: Context,
): Promise<HttpResponse | null> {
  const { method, headers } = asked;
  const procedure = procedures.get(path);
  if (!procedure || method === "HEAD") return null;
  const { type } = procedure._def;
  if (type !== "subscription" && headers.has("trpc-accept")) return null;
  if (type === "mutation" && method !== "POST") return null;
  try {
    const signal = type === "subscription" ? asked.signal : undefined;
    // A subscription gives what streams, everything else what JSON holds.
    const data = await run<AsyncIterable<unknown>>(procedure, {
      path,
      getRawInput: async () => input,
      ctx,
      type,
      signal,
      batchIndex: 0,
    });
    return type === "subscription" ? eventStream(data) : toResponse(200, { result: { data } });
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type, path, input, ctx });
    return toResponse(getHTTPStatusCodeFromError(error), { error: shape }, headersOf(error));
  }
}

type Result = { ok: true; data: unknown } | { ok: false; error: TRPCError };
type Options = { ctx: object; input?: unknown; getRawInput: () => Promise<unknown> };
type Step = (options: object) => Promise<Result>;

/** Takes a procedure's steps as tRPC's own caller does, which copies the options of each step one property at a time. */
async function run<Data>(procedure: AnyTRPCProcedure, options: Options & Record<string, unknown>): Promise<Data> {
  // Its steps stand beside what its type tells of it.
  const { middlewares, meta } = procedure._def as unknown as { middlewares: Step[]; meta: unknown };
  const runFrom = async (at: number, given: Options): Promise<Result> => {
    const next = (more: Partial<Options> = {}) =>
      runFrom(at + 1, {
        ...given,
        ctx: more.ctx ? { ...given.ctx, ...more.ctx } : given.ctx,
        input: "input" in more ? more.input : given.input,
        getRawInput: more.getRawInput ?? given.getRawInput,
      });
    try {
      const step = middlewares[at];
      if (!step) throw new Error("A procedure ends with its resolver.");
      return await step({ ...given, meta, next });
    } catch (cause) {
      return { ok: false, error: getTRPCErrorFromUnknown(cause) };
    }
  };
  const result = await runFrom(0, options);
  if (!result.ok) throw result.error;
  return result.data as Data;
}

function toResponse(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
