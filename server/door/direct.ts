import { type AnyTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import type { Context } from "#server/context";
import { appRouter } from "#server/router";
import { headersOf } from "./answers";
import type { Answer, Asked } from "./asked";
import { streamed } from "./stream";

// tRPC keeps them flat, by their whole path; only its types say that they are nested.
const flat = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>;

/** Every procedure by its noun and verb: `artifact.create`. */
export const procedures = new Map(Object.entries(flat));

/**
 * Answers one plain call as tRPC's own HTTP machinery would, without its costs (it takes two thirds of a point read).
 * A subscription is a stream; one that is refused has the refusal's status, where tRPC has 200 and tells it in the stream.
 * Null for what is not plain: an unknown procedure, a mutation by GET; tRPC's own then answers.
 */
export async function answerDirectly(asked: Asked, path: string, input: unknown, ctx: Context): Promise<Answer | null> {
  const { method, headers } = asked;
  const procedure = procedures.get(path);
  if (!procedure || method === "HEAD") return null;
  const { type } = procedure._def;
  if (type !== "subscription" && headers.has("trpc-accept")) return null;
  if (type === "mutation" && method !== "POST") return null;
  try {
    const signal = type === "subscription" ? asked.signal : undefined;
    const data = await procedure({ path, getRawInput: async () => input, ctx, type, signal, batchIndex: 0 });
    return type === "subscription" ? streamed(data) : answer(200, { result: { data } });
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const shape = getTRPCErrorShape({ config: appRouter._def._config, error, type, path, input, ctx });
    return answer(getHTTPStatusCodeFromError(error), { error: shape }, headersOf(error));
  }
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
