import { Readable } from "node:stream";
import { pools } from "#db/database";
import { changes } from "#server/changes";
import { env } from "#server/process/env";
import { createAccess } from "./http/access";
import { readChunks } from "./http/body";
import { createShare } from "./http/body-budget";
import { collect } from "./http/collect";
import type { HttpRequest, HttpResponse } from "./http/message";
import { createHttpHandler } from "./http-handler";
import { createRecord } from "./observe/request-record";

/** The API for `next dev` and other hosts that pass a web Request. */
export async function handleWebRequest(request: Request): Promise<Response> {
  const handle = createHttpHandler({ pools: pools(), changes: changes(), env: env() }, createAccess(env()));
  const notFound: HttpResponse = { status: 404, headers: {}, body: null };
  const { status, headers, body } = (await handle(toHttpRequest(request))) ?? notFound;
  return new Response(request.method === "HEAD" ? null : body, { status, headers });
}

function toHttpRequest(request: Request): HttpRequest {
  const { pathname, search } = new URL(request.url);
  const { method, headers, signal } = request;
  const share = createShare();
  return {
    method,
    path: pathname,
    search,
    headers: { get: (name) => headers.get(name), has: (name) => headers.has(name), all: () => headers },
    record: createRecord(pathname, headers.get("x-request-id")),
    remoteAddress: "",
    signal,
    body: (limit) =>
      collect(Readable.from(readChunks(request.body)), { length: headers.get("content-length"), limit, share }),
    release: share.release,
  };
}
