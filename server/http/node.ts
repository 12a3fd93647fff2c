import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { collect, readChunks } from "./body";
import type { HttpHeaders, HttpRequest, HttpResponse } from "./message";

/** How long the rest of an unread body is received, in milliseconds, so that its sender can read the response. */
const DRAIN_TIMEOUT = 1_000;

/** After so many milliseconds without progress a stream is dropped. Heartbeats are progress while the client reads. */
const STALL_TIMEOUT = 45_000;

export function toHttpRequest(request: IncomingMessage, response: ServerResponse): HttpRequest {
  const url = request.url ?? "";
  const question = url.indexOf("?");
  let disconnect: AbortController | undefined;
  return {
    method: request.method ?? "",
    path: question < 0 ? url : url.slice(0, question),
    search: question < 0 ? "" : url.slice(question),
    headers: toHttpHeaders(request.rawHeaders),
    remoteAddress: request.socket.remoteAddress ?? "",
    get signal() {
      disconnect ??= createCloseSignal(response);
      return disconnect.signal;
    },
    body: (limit) => collect(request, request.headers["content-length"] ?? null, limit),
  };
}

function createCloseSignal(response: ServerResponse): AbortController {
  const disconnect = new AbortController();
  if (response.destroyed) disconnect.abort();
  response.once("close", () => {
    if (!response.writableFinished) disconnect.abort();
  });
  return disconnect;
}

function toHttpHeaders(raw: readonly string[]): HttpHeaders {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = raw[index + 1] ?? "";
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return {
    get: (name) => headers.get(name) ?? null,
    has: (name) => headers.has(name),
    all: () => new Headers([...headers]),
  };
}

/** Closes the connection after the response where the request body was not read to its end. */
export async function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
  stallTimeout = STALL_TIMEOUT,
): Promise<void> {
  if (body instanceof ReadableStream) {
    response.writeHead(status, headers);
    response.setTimeout(stallTimeout, () => response.destroy());
    await pipeline(Readable.from(readChunks(body)), response).catch(() => {});
    return;
  }
  const text = body ?? "";
  const length = status === 204 || status === 303 ? {} : { "content-length": String(Buffer.byteLength(text)) };
  const unread = !request.complete && !request.readableEnded;
  response.writeHead(status, { ...headers, ...length, ...(unread ? { connection: "close" } : {}) });
  const content = request.method === "HEAD" ? "" : text;
  if (!unread) {
    // Headers and body are sent in one packet.
    response.end(content, "utf8");
    return;
  }
  if (content !== "") response.write(content, "utf8");
  await drain(request);
  response.end();
}

function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, DRAIN_TIMEOUT);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    request.once("end", done).once("close", done).once("error", done).resume();
  });
}
