import { Readable } from "node:stream";
import { pools } from "#db/database";
import { access } from "#server/access";
import { changes } from "#server/changes";
import { blobs } from "#server/models/data/blobs";
import { env } from "#server/process/env";
import { readChunks } from "./http/body";
import { createShare, type Share } from "./http/body-budget";
import { collect, receive } from "./http/collect";
import type { HttpRequest, HttpResponse } from "./http/message";
import { createHttpHandler } from "./http-handler";
import { createRecord } from "./observe/request-record";

/** The API for `next dev` and other hosts that pass a web Request. */
export async function handleWebRequest(request: Request): Promise<Response> {
  const handle = createHttpHandler({
    pools: pools(),
    changes: changes(),
    env: env(),
    access: access(),
    blobs: blobs(),
  });
  const notFound: HttpResponse = { status: 404, headers: {}, body: null };
  const { status, headers, body } = (await handle(toHttpRequest(request))) ?? notFound;
  return new Response(request.method === "HEAD" ? null : body, { status, headers });
}

function toHttpRequest(request: Request): HttpRequest {
  const { pathname, search } = new URL(request.url);
  const { method, headers, signal } = request;
  const record = createRecord(pathname, headers.get("x-request-id"));
  let share: Share | undefined;
  const stream = () => Readable.from(readChunks(request.body));
  const length = headers.get("content-length");
  return {
    method,
    path: pathname,
    search,
    headers: { get: (name) => headers.get(name), has: (name) => headers.has(name), all: () => headers },
    record,
    remoteAddress: "",
    signal,
    body(limit) {
      share ??= createShare(record.caller);
      return collect(stream(), { length, limit }, share);
    },
    receive: (limit, onChunk) => receive(stream(), { length, limit }, onChunk),
    discardBody: async (limit) => void (await receive(stream(), { length, limit })),
    release: () => share?.release(),
  };
}
