import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { pipeline } from "node:stream/promises";

export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  /** Bytes that are read as they are sent; `content-length` is required with them. */
  body?: Buffer | AsyncIterable<Buffer>;
  /** Sends the body once the server wants it, so that it can reject the request before. */
  expectContinue?: boolean;
}

/** Nothing came for as long as a request may be silent; it can be sent again. */
class SilenceError extends Error {
  readonly code = "ETIMEDOUT";
}

/** Servers that do not know `Expect` get the body after that long, in milliseconds. */
const CONTINUE_WAIT = 1_000;

const AGENTS = {
  "http:": new http.Agent({ keepAlive: true, maxFreeSockets: 32 }),
  "https:": new https.Agent({ keepAlive: true, maxFreeSockets: 32 }),
};

/**
 * Sends a request. Its response may come before its whole body was sent, which then is not sent on.
 * @param silence after how many milliseconds without any byte it fails, while it connects, sends and waits
 */
export function send(request: HttpRequest, silence: number): Promise<IncomingMessage> {
  const { method, url, body } = request;
  const headers = request.expectContinue ? { ...request.headers, expect: "100-continue" } : request.headers;
  return new Promise((resolve, reject) => {
    const options = { method, headers, timeout: silence };
    const outgoing =
      url.protocol === "https:"
        ? https.request(url, { ...options, agent: AGENTS["https:"] })
        : http.request(url, { ...options, agent: AGENTS["http:"] });
    // A body that is cut after the response is no error of the response.
    outgoing.on("error", reject);
    outgoing.on("timeout", () => outgoing.destroy(new SilenceError(`No response in ${silence / 1000} s.`)));
    outgoing.once("response", (response) => {
      clearTimeout(waiting);
      if (!outgoing.writableFinished) response.once("end", () => outgoing.destroy());
      resolve(response);
    });
    const upload = () => {
      clearTimeout(waiting);
      outgoing.off("continue", upload);
      if (body === undefined || Buffer.isBuffer(body)) outgoing.end(body);
      else pipeline(body, outgoing).catch(reject);
    };
    const waiting = request.expectContinue ? setTimeout(upload, CONTINUE_WAIT) : undefined;
    if (!request.expectContinue) return upload();
    outgoing.once("continue", upload);
    outgoing.once("close", () => clearTimeout(waiting));
    outgoing.flushHeaders();
  });
}

/** The chunks of a response. Only the time in which a chunk is awaited counts as silence: a reader may be slow. */
export async function* chunksOf(response: IncomingMessage, silence: number): AsyncGenerator<Buffer, void> {
  response.setTimeout(0);
  const chunks = response[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => response.destroy(new SilenceError(`No byte in ${silence / 1000} s.`)), silence);
      const { value, done } = await chunks.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    if (!response.complete) response.destroy();
  }
}

/** Larger than any response with 1,000 objects. */
const MAX_TEXT = 8 * 1024 * 1024;

/** The whole body of a response that is short. */
export async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_TEXT) throw new Error(`A response has more than ${MAX_TEXT} bytes.`);
  }
  return Buffer.concat(chunks).toString();
}

const LOST = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "ENOTFOUND",
]);

/** The code of an error for which a request can be sent again, else undefined. */
export function lossOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return LOST.has(code) ? code : undefined;
}
