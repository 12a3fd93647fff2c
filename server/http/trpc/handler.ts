import { resolveResponse } from "@trpc/server/http";
import { VitrineError } from "#contract/error";
import { parseJson } from "#contract/json";
import type { Path } from "#contract/json-scan";
import { MAX_BATCH, MAX_JSON_DEPTH } from "#contract/limits";
import { createEncoder, parseExact } from "#server/http/payload";
import { TRPC_PATH } from "#server/observe/route";
import { appRouter } from "#server/routers/app-router";
import type { Context } from "#server/routers/context";
import { permits } from "#server/routers/procedures";
import type { HttpRequest, HttpResponse } from "../message";
import { headersOf } from "../respond";
import { callDirectly } from "./direct/direct";
import {
  exactInputPaths,
  expectBatchInputs,
  expectSingleParameters,
  procedureNames,
  readInputBody,
  takesData,
} from "./request";

const METHODS = ["GET", "HEAD", "POST"];

/**
 * Handles a call or a batch. Exact data bypasses tRPC's JSON: it is cut from the body before parsing, and written into
 * the response afterwards. @throws VitrineError for a request that is rejected before tRPC runs
 */
export async function handleTrpc(
  request: HttpRequest,
  context: Omit<Context, "encode">,
  maxData: number,
): Promise<HttpResponse> {
  if (!METHODS.includes(request.method)) {
    throw new VitrineError("METHOD_NOT_SUPPORTED", "Send a query by GET or POST, a mutation by POST.");
  }
  const query = new URLSearchParams(request.search);
  expectSingleParameters(query);
  const path = request.path.slice(TRPC_PATH.length);
  const isBatch = query.has("batch");
  const names = procedureNames(path, isBatch);
  // What no call of this request may read is not received; the procedures then report why.
  const permitted = names.filter((name) => permits(context, name));
  const parse = (text: string | null) =>
    text === null ? undefined : parseInput(text, exactInputPaths(names, isBatch), maxData);
  let input: unknown;
  if (permitted.length > 0 && request.method === "POST") {
    input = await parse(await readInputBody(request, permitted.some(takesData) ? maxData : 0));
  } else if (permitted.length > 0) {
    input = parse(query.get("input"));
    // Each promise is a measurable part of a point read.
    if (input instanceof Promise) input = await input;
  }
  if (isBatch && input !== undefined) expectBatchInputs(names, input);

  const { encode, splice } = createEncoder();
  const ctx: Context = { ...context, encode };
  const direct = isBatch ? null : await callDirectly(request, names[0] ?? "", input, ctx);
  if (direct) return typeof direct.body === "string" ? { ...direct, body: splice(direct.body) } : direct;

  const { method, headers, signal } = request;
  const response = await resolveResponse({
    router: appRouter,
    // tRPC reads a JSON body by `json` alone, and this one was read already.
    req: Object.assign(
      new Request(`http://localhost${request.path}${request.search}`, { method, headers: headers.all(), signal }),
      { json: async () => input },
    ),
    path,
    error: null,
    allowMethodOverride: true,
    maxBatchSize: MAX_BATCH,
    createContext: async () => ctx,
  });
  return toHttpResponse(response, splice);
}

/**
 * The input, or a promise of it, see `parseExact`. Short texts without exact data need no scan: they cannot be nested too
 * deep. The scan reports where JSON is invalid.
 */
function parseInput(text: string, exact: readonly Path[], maxData: number): unknown {
  const plain = exact.length === 0 && text.length <= 2 * MAX_JSON_DEPTH ? parseJson(text) : undefined;
  return plain ?? parseExact(text, exact, maxData);
}

async function toHttpResponse(response: Response, splice: (text: string) => string): Promise<HttpResponse> {
  const headers = Object.fromEntries(response.headers);
  const { status, body } = response;
  // The body is sent whole, with its length.
  delete headers["transfer-encoding"];
  const code = status === 503 ? "SERVICE_UNAVAILABLE" : status === 401 ? "UNAUTHORIZED" : "";
  return { status, headers: { ...headers, ...headersOf({ code }) }, body: body && splice(await response.text()) };
}
