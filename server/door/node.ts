import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer, Asked } from "./asked";
import { chunksOf, gather } from "./body";

/** How long the rest of a body that nobody wants is taken in, so that its sender gets to read the answer. */
const PATIENCE = 1_000;

/** How long a stream may stand still: the heartbeat moves one that is read. */
const STANDSTILL = 45_000;

/** A request of Node's server, as doors read it. */
export function askedOf(request: IncomingMessage, response: ServerResponse): Asked {
  const address = request.url ?? "";
  const question = address.indexOf("?");
  const left = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) left.abort();
  });
  return {
    method: request.method ?? "",
    path: question < 0 ? address : address.slice(0, question),
    search: question < 0 ? "" : address.slice(question),
    headers: headersOf(request.rawHeaders),
    signal: left.signal,
    body: (limit) => gather(request, request.headers["content-length"] ?? null, limit),
  };
}

/** Every header that was sent, so that one sent twice does not pass for one. */
function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < raw.length; index += 2) headers.append(raw[index] ?? "", raw[index + 1] ?? "");
  return headers;
}

/**
 * Writes an answer. Where the body was not read to its end, the connection is closed after it.
 * @param standstill after how long a reader that takes nothing of a stream is dropped
 */
export async function write(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  standstill = STANDSTILL,
): Promise<void> {
  const { status, headers, body } = answer;
  if (body instanceof ReadableStream) {
    response.writeHead(status, headers);
    response.setTimeout(standstill, () => response.destroy());
    await pipeline(Readable.from(chunksOf(body)), response).catch(() => {});
    return;
  }
  const bytes = Buffer.from(body ?? "", "utf8");
  const length = status === 204 || status === 303 ? {} : { "content-length": String(bytes.length) };
  const unread = !request.complete && !request.readableEnded;
  response.writeHead(status, { ...headers, ...length, ...(unread ? { connection: "close" } : {}) });
  if (request.method !== "HEAD" && bytes.length > 0) response.write(bytes);
  if (unread) await drained(request);
  response.end();
}

function drained(request: IncomingMessage): Promise<void> {
  return new Promise((give) => {
    const timer = setTimeout(give, PATIENCE);
    const done = () => {
      clearTimeout(timer);
      give();
    };
    request.once("end", done).once("close", done).once("error", done).resume();
  });
}
