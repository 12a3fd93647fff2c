import { resolveResponse } from "@trpc/server/http";
import { VitrineError } from "#contract/error";
import { parseJson } from "#contract/json";
import { MAX_BATCH, MAX_JSON_DEPTH } from "#contract/limits";
import type { Path } from "#contract/scan";
import { createPayload, type Payload } from "#server/http/payload";
import { appRouter } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { answerDirectly } from "./direct/direct";
import type { HttpRequest, HttpResponse } from "./message";
import { headersOf, json } from "./respond";
import { dataPaths, expectInputsOf, expectSingle, inputOf, namesOf } from "./trpc-request";

/** Where the tRPC door stands; the procedure's name follows. */
export const TRPC = "/api/trpc/";

const METHODS = ["GET", "HEAD", "POST"];

/**
 * Answers a tRPC call, or a batch of at most 20. The body is read and checked here, `data` cut out of it; the rest is
 * tRPC's own machinery, and the stored texts are put into its answer. Throws a StoreError for what tRPC need not see.
 */
export async function answerCall(
  asked: HttpRequest,
  known: Omit<Context, "data">,
  maxData: number,
): Promise<HttpResponse> {
  if (!METHODS.includes(asked.method)) {
    throw new VitrineError("METHOD_NOT_SUPPORTED", "Send a query by GET or POST, a mutation by POST.");
  }
  const query = new URLSearchParams(asked.search);
  expectSingle(query);
  const path = asked.path.slice(TRPC.length);
  const batch = query.has("batch");
  const names = namesOf(path, batch);
  const payload = createPayload({ maxData });
  const input = await inputOf(asked, query, maxData);
  const parsed = input === null ? undefined : readInput(input, dataPaths(names, batch), payload);
  if (batch && parsed !== undefined) expectInputsOf(names, parsed);

  const context: Context = { ...known, data: payload.door };
  const direct = batch ? null : await answerDirectly(asked, names[0] ?? "", parsed, context);
  if (direct) return typeof direct.body === "string" ? { ...direct, body: payload.splice(direct.body) } : direct;

  const { method, headers, signal } = asked;
  const response = await resolveResponse({
    router: appRouter,
    // tRPC reads a body by `json` alone where its type is JSON, and this one was read already.
    req: Object.assign(
      new Request(`http://door${asked.path}${asked.search}`, { method, headers: headers.all(), signal }),
      {
        json: async () => parsed,
      },
    ),
    path,
    error: null,
    allowMethodOverride: true,
    maxBatchSize: MAX_BATCH,
    createContext: async () => context,
  });
  return answerOf(response, payload.splice);
}

/** A text this short cannot be nested too deep; one that holds no data need not be cut. What is no JSON, `cut` refuses. */
function readInput(text: string, data: readonly Path[], payload: Payload): unknown {
  const plain = data.length === 0 && text.length <= 2 * MAX_JSON_DEPTH ? parseJson(text) : undefined;
  return plain ?? JSON.parse(payload.cut(text, data));
}

async function answerOf(response: Response, splice: (answer: string) => string): Promise<HttpResponse> {
  const headers = Object.fromEntries(response.headers);
  const { status, body } = response;
  // The text is sent whole, with its length.
  delete headers["transfer-encoding"];
  const code = status === 503 ? "SERVICE_UNAVAILABLE" : status === 401 ? "UNAUTHORIZED" : "";
  return { status, headers: { ...headers, ...headersOf({ code }) }, body: body && splice(await response.text()) };
}

/** OPTIONS: what may be sent. No other origin is ever allowed to. */
export function options(): HttpResponse {
  return { ...json(204, null, { allow: `${METHODS.join(", ")}, OPTIONS` }), body: null };
}
