import { resolveResponse } from "@trpc/server/http";
import { VitrineError } from "#contract/error";
import { parseJson } from "#contract/json";
import type { Path } from "#contract/json-scan";
import { MAX_BATCH, MAX_JSON_DEPTH } from "#contract/limits";
import { createEncoder, parseExact } from "#server/http/payload";
import { appRouter } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import type { HttpRequest, HttpResponse } from "../message";
import { headersOf, json } from "../respond";
import { callDirectly } from "./direct/direct";
import { exactInputPaths, expectBatchInputs, expectSingleParameters, procedureNames, readInputText } from "./request";

/** Where the tRPC door stands; the procedure's name follows. */
export const TRPC_PATH = "/api/trpc/";

const METHODS = ["GET", "HEAD", "POST"];

/**
 * Answers a tRPC call, or a batch of at most 20. The body is read and checked here, `data` cut out of it; the rest is
 * tRPC's own machinery, and the stored texts are put into its answer. Throws a StoreError for what tRPC need not see.
 */
export async function handleTrpc(
  asked: HttpRequest,
  known: Omit<Context, "encode">,
  maxData: number,
): Promise<HttpResponse> {
  if (!METHODS.includes(asked.method)) {
    throw new VitrineError("METHOD_NOT_SUPPORTED", "Send a query by GET or POST, a mutation by POST.");
  }
  const query = new URLSearchParams(asked.search);
  expectSingleParameters(query);
  const path = asked.path.slice(TRPC_PATH.length);
  const batch = query.has("batch");
  const names = procedureNames(path, batch);
  const { encode, splice } = createEncoder();
  const input = await readInputText(asked, query, maxData);
  const parsed = input === null ? undefined : parseInput(input, exactInputPaths(names, batch), maxData);
  if (batch && parsed !== undefined) expectBatchInputs(names, parsed);

  const context: Context = { ...known, encode };
  const direct = batch ? null : await callDirectly(asked, names[0] ?? "", parsed, context);
  if (direct) return typeof direct.body === "string" ? { ...direct, body: splice(direct.body) } : direct;

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
  return toHttpResponse(response, splice);
}

/** A text this short cannot be nested too deep. One that is not JSON is parsed again for the position of its error. */
function parseInput(text: string, exact: readonly Path[], maxData: number): unknown {
  const plain = exact.length === 0 && text.length <= 2 * MAX_JSON_DEPTH ? parseJson(text) : undefined;
  return plain ?? parseExact(text, exact, maxData);
}

async function toHttpResponse(response: Response, splice: (answer: string) => string): Promise<HttpResponse> {
  const headers = Object.fromEntries(response.headers);
  const { status, body } = response;
  // The text is sent whole, with its length.
  delete headers["transfer-encoding"];
  const code = status === 503 ? "SERVICE_UNAVAILABLE" : status === 401 ? "UNAUTHORIZED" : "";
  return { status, headers: { ...headers, ...headersOf({ code }) }, body: body && splice(await response.text()) };
}

/** OPTIONS: what may be sent. No other origin is ever allowed to. */
export function optionsResponse(): HttpResponse {
  return { ...json(204, null, { allow: `${METHODS.join(", ")}, OPTIONS` }), body: null };
}
