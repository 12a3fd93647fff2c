import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { nextTurn, STEP } from "#formats/steps";
import { createRecord } from "#server/observe/request-record";
import { readChunks } from "./body";
import { createShare, type Share } from "./body-budget";
import { collect, PACE, receive } from "./collect";
import type { HttpHeaders, HttpRequest, HttpResponse } from "./message";

/** How long the rest of an unread body is received, in milliseconds, so that its sender can read the response. */
const DRAIN_TIMEOUT = 1_000;

/** How many bytes of it are received at most. */
const MAX_DRAIN = 8 * 1024 * 1024;

/** After so many milliseconds without progress a stream is dropped. Heartbeats are progress while the client reads. */
const STALL_TIMEOUT = 45_000;

/** Requests whose sender waits for `100 Continue`, with what sends it. */
const waiting = new WeakMap<IncomingMessage, () => void>();

/** Asks the sender for the body once it is read, so that a request that is rejected before costs no transfer. */
export function continueAtRead(request: IncomingMessage, response: ServerResponse): void {
  waiting.set(request, () => response.writeContinue());
}

export function toHttpRequest(request: IncomingMessage, response: ServerResponse, pace = PACE): HttpRequest {
  const url = request.url ?? "";
  const question = url.indexOf("?");
  const headers = toHttpHeaders(request.rawHeaders);
  const path = question < 0 ? url : url.slice(0, question);
  const record = createRecord(path, headers.get("x-request-id"));
  const bodyLimits = (limit: number) => ({
    length: request.headers["content-length"],
    limit,
    onStart: waiting.get(request),
    pace,
  });
  let disconnect: AbortController | undefined;
  // A point read has no body, and is not slowed down by what counts one.
  let share: Share | undefined;
  return {
    method: request.method ?? "",
    path,
    search: question < 0 ? "" : url.slice(question),
    headers,
    record,
    remoteAddress: request.socket.remoteAddress ?? "",
    get signal() {
      disconnect ??= createCloseSignal(response);
      return disconnect.signal;
    },
    body(limit) {
      share ??= createShare(record.caller);
      return collect(request, bodyLimits(limit), share);
    },
    discardBody: async (limit) => void (await receive(request, bodyLimits(limit))),
    release: () => share?.release(),
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

/** Headers as Node received them: names and values in turn. */
export function toHttpHeaders(raw: readonly string[]): HttpHeaders {
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
  const unread = !request.complete && !request.readableEnded;
  const connection: Record<string, string> = unread ? { connection: "close" } : {};
  if (body instanceof ReadableStream) {
    response.writeHead(status, { ...headers, ...connection });
    return send(readChunks(body), response, stallTimeout);
  }
  const text = body ?? "";
  if (text.length > STEP && request.method !== "HEAD") {
    await nextTurn();
    const bytes = Buffer.from(text);
    response.writeHead(status, { ...headers, "content-length": String(bytes.byteLength), ...connection });
    return send(piecesOf(bytes), response, stallTimeout);
  }
  const length = status === 204 || status === 303 ? {} : { "content-length": String(Buffer.byteLength(text)) };
  response.writeHead(status, { ...headers, ...length, ...connection });
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

/** Sends chunks as fast as the client reads them, and drops a client that stops. */
async function send(chunks: AsyncIterable<Uint8Array>, response: ServerResponse, stallTimeout: number): Promise<void> {
  response.setTimeout(stallTimeout, () => response.destroy());
  await pipeline(Readable.from(chunks), response).catch(() => {});
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.byteLength; at += STEP) {
    await nextTurn();
    yield bytes.subarray(at, at + STEP);
  }
}

function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, DRAIN_TIMEOUT);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    let drained = 0;
    request.on("data", ({ byteLength }: Buffer) => {
      drained += byteLength;
      if (drained > MAX_DRAIN) request.pause();
    });
    request.once("end", done).once("close", done).once("error", done).resume();
  });
}
