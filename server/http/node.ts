import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { collect, readChunks } from "./body";
import type { HttpHeaders, HttpRequest, HttpResponse } from "./message";

/** How long the rest of a body that nobody wants is taken in, so that its sender gets to read the answer. */
const DRAIN_TIMEOUT = 1_000;

/** How long a stream may stand still: the heartbeat moves one that is read. */
const STALL_TIMEOUT = 45_000;

/** A request of Node's server, as doors read it. */
export function toHttpRequest(request: IncomingMessage, response: ServerResponse): HttpRequest {
  const address = request.url ?? "";
  const question = address.indexOf("?");
  let left: AbortController | undefined;
  return {
    method: request.method ?? "",
    path: question < 0 ? address : address.slice(0, question),
    search: question < 0 ? "" : address.slice(question),
    headers: toHttpHeaders(request.rawHeaders),
    get signal() {
      left ??= createCloseSignal(response);
      return left.signal;
    },
    body: (limit) => collect(request, request.headers["content-length"] ?? null, limit),
  };
}

function createCloseSignal(response: ServerResponse): AbortController {
  const left = new AbortController();
  if (response.destroyed) left.abort();
  response.once("close", () => {
    if (!response.writableFinished) left.abort();
  });
  return left;
}

function toHttpHeaders(raw: readonly string[]): HttpHeaders {
  const known = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    const value = raw[index + 1] ?? "";
    const earlier = known.get(name);
    known.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return {
    get: (name) => known.get(name) ?? null,
    has: (name) => known.has(name),
    all: () => new Headers([...known]),
  };
}

/**
 * Writes an answer. Where the body was not read to its end, the connection is closed after it.
 * @param standstill after how long a reader that takes nothing of a stream is dropped
 */
export async function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: HttpResponse,
  standstill = STALL_TIMEOUT,
): Promise<void> {
  const { status, headers, body } = answer;
  if (body instanceof ReadableStream) {
    response.writeHead(status, headers);
    response.setTimeout(standstill, () => response.destroy());
    await pipeline(Readable.from(readChunks(body)), response).catch(() => {});
    return;
  }
  const text = body ?? "";
  const length = status === 204 || status === 303 ? {} : { "content-length": String(Buffer.byteLength(text)) };
  const unread = !request.complete && !request.readableEnded;
  response.writeHead(status, { ...headers, ...length, ...(unread ? { connection: "close" } : {}) });
  const sent = request.method === "HEAD" ? "" : text;
  if (!unread) {
    // In one piece with its headers, it leaves in one packet.
    response.end(sent, "utf8");
    return;
  }
  if (sent !== "") response.write(sent, "utf8");
  await drain(request);
  response.end();
}

function drain(request: IncomingMessage): Promise<void> {
  return new Promise((give) => {
    const timer = setTimeout(give, DRAIN_TIMEOUT);
    const done = () => {
      clearTimeout(timer);
      give();
    };
    request.once("end", done).once("close", done).once("error", done).resume();
  });
}
