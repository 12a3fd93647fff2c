import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { textPieces } from "#formats/json-text";
import { nextTurn, STEP } from "#formats/steps";
import { createRecord, type RequestRecord } from "#server/observe/request-record";
import { cancelUnread, readChunks, utf8Pieces } from "./body";
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
  return new NodeRequest(request, response, pace);
}

/** A class, as an object with a function for each method would cost a point read more. */
class NodeRequest implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly headers: HttpHeaders;
  readonly record: RequestRecord;
  readonly remoteAddress: string;
  private disconnect: AbortController | undefined;
  private share: Share | undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly pace: typeof PACE,
  ) {
    const { url = "", method = "", rawHeaders, socket } = request;
    this.method = method;
    this.path = pathOf(url);
    this.search = url.slice(this.path.length);
    this.headers = new NodeHeaders(rawHeaders);
    this.record = createRecord(this.path, this.headers.get("x-request-id"));
    this.remoteAddress = socket.remoteAddress ?? "";
  }

  get signal(): AbortSignal {
    this.disconnect ??= createCloseSignal(this.response);
    return this.disconnect.signal;
  }

  body(limit: number): Promise<Uint8Array> {
    this.share ??= createShare(this.record.caller);
    return collect(this.request, this.bodyLimits(limit), this.share);
  }

  receive(limit: number, onChunk: (chunk: Uint8Array) => Promise<void>): Promise<number> {
    return receive(this.request, this.bodyLimits(limit), onChunk);
  }

  async discardBody(limit: number): Promise<void> {
    await receive(this.request, this.bodyLimits(limit));
  }

  release(): void {
    this.share?.release();
  }

  private bodyLimits(limit: number) {
    const { request, pace } = this;
    return { length: request.headers["content-length"], limit, onStart: waiting.get(request), pace };
  }
}

/** A URL as Node received it, without its query. */
export function pathOf(url: string): string {
  const question = url.indexOf("?");
  return question < 0 ? url : url.slice(0, question);
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
export class NodeHeaders implements HttpHeaders {
  private readonly values = new Map<string, string>();

  constructor(raw: readonly string[]) {
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const name = (raw[index] ?? "").toLowerCase();
      const value = raw[index + 1] ?? "";
      const earlier = this.values.get(name);
      this.values.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
    }
  }

  get(name: string): string | null {
    return this.values.get(name) ?? null;
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  all(): Headers {
    return new Headers([...this.values]);
  }
}

/**
 * Closes the connection after the response where the request body was not read to its end.
 * @returns a promise where the response is not written at once
 */
export function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
  stallTimeout = STALL_TIMEOUT,
): Promise<void> | undefined {
  const unread = !request.complete && !request.readableEnded;
  const connection = unread ? { connection: "close" } : undefined;
  if (body instanceof ReadableStream) {
    response.writeHead(status, { ...headers, ...connection });
    const sending = response.destroyed ? Promise.resolve() : send(readChunks(body), response, stallTimeout);
    return sending.then(() => cancelUnread(body).catch(() => {}));
  }
  const text = body ?? "";
  const isLarge = text.length > STEP && request.method !== "HEAD";
  if (isLarge && typeof text === "string") {
    return writeLarge(response, status, { ...headers, ...connection }, text, stallTimeout);
  }
  const length = [204, 303, 304].includes(status) ? undefined : { "content-length": String(Buffer.byteLength(text)) };
  response.writeHead(status, { ...headers, ...length, ...connection });
  if (isLarge) response.setTimeout(stallTimeout, () => response.destroy());
  const content = request.method === "HEAD" ? "" : text;
  if (!unread) {
    // Headers and body are sent in one packet.
    response.end(content, "utf8");
    return undefined;
  }
  if (content !== "") response.write(content, "utf8");
  return drain(request).then(() => void response.end());
}

async function writeLarge(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  text: string,
  stallTimeout: number,
): Promise<void> {
  // Encoded twice, so that what a slow client has not read yet takes no memory.
  let length = 0;
  for (const piece of textPieces(text)) {
    await nextTurn();
    length += Buffer.byteLength(piece);
  }
  response.writeHead(status, { ...headers, "content-length": String(length) });
  await send(utf8Pieces(text), response, stallTimeout);
}

/** Sends chunks as fast as the client reads them, and drops a client that stops. */
async function send(chunks: AsyncIterable<Uint8Array>, response: ServerResponse, stallTimeout: number): Promise<void> {
  response.setTimeout(stallTimeout, () => response.destroy());
  await pipeline(Readable.from(chunks), response).catch(() => {});
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
