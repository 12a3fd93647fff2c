import { pools } from "#db/database";
import { changes } from "#server/changes";
import { env } from "#server/process/env";
import { chunksOf, gather } from "./http/body";
import type { HttpRequest, HttpResponse } from "./http/message";
import { createHttpHandler } from "./http-handler";

/** The doors for a server that speaks in Requests and Responses: `next dev`, and hosts without a process of ours. */
export async function answerRequest(request: Request): Promise<Response> {
  const core = createHttpHandler({ pools: pools(), changes: changes(), env: env() });
  const { status, headers, body }: HttpResponse = (await core(askedOf(request))) ?? {
    status: 404,
    headers: {},
    body: null,
  };
  return new Response(request.method === "HEAD" ? null : body, { status, headers });
}

function askedOf(request: Request): HttpRequest {
  const { pathname, search } = new URL(request.url);
  const { method, headers, signal } = request;
  return {
    method,
    path: pathname,
    search,
    headers: { get: (name) => headers.get(name), has: (name) => headers.has(name), all: () => headers },
    signal,
    body: (limit) => gather(chunksOf(request.body), headers.get("content-length"), limit),
  };
}
