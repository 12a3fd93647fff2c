import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import {
  type BrotliOptions,
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  gzip,
  type ZlibOptions,
} from "node:zlib";
import { STEP } from "#formats/steps";
import { cancelUnread, readChunks, utf8Pieces } from "../body";
import type { HttpRequest, HttpResponse } from "../message";
import { acceptedCodings, taggedAs, withAcceptEncoding } from "./accept-encoding";

/** In bytes: what is shorter fits into one packet in any case. */
const MIN_SIZE = 1024;

/** How many responses are compressed at a time; further ones are sent as they are, so that processor time is bounded. */
const MAX_CONCURRENT = 8;

const COMPRESSIBLE = /^(?:application\/(?:json|xml|javascript)|image\/svg\+xml|text\/(?!event-stream))/i;

type Encoding = "br" | "gzip";

/** A response of a few rows takes about 1 ms; what is large is compressed less, at about 90 MB/s. */
const LEVELS = {
  whole: { brotli: brotliLevel(3), gzip: { level: 4 } },
  stream: { brotli: brotliLevel(1), gzip: { level: 1 } },
} satisfies Record<string, { brotli: BrotliOptions; gzip: ZlibOptions }>;

let concurrent = 0;

/** Whether content of a media type is sent compressed. */
function isCompressible(type: string): boolean {
  return COMPRESSIBLE.test(type);
}

/** Whether content of a media type and a size in bytes, null where it is not known, depends on `Accept-Encoding`. */
export function isVaried(type: string, size: number | null): boolean {
  return isCompressible(type) && (size === null || size >= MIN_SIZE);
}

/** Whether what is compressed by gzip can be sent as it is. */
export function acceptsGzip(accepted: string): boolean {
  const weights = acceptedCodings(accepted);
  const weight = weights.get("gzip") ?? weights.get("*") ?? 0;
  return weight > 0 && weight >= (weights.get("identity") ?? 0);
}

/**
 * Compresses text of more than 1 kB as the request accepts it, outside of the event loop.
 * @returns the response itself where nothing is compressed; for HEAD one without a length, which GET would not have either
 */
export function compress(
  { method, headers }: Pick<HttpRequest, "method" | "headers">,
  response: HttpResponse,
): HttpResponse | Promise<HttpResponse> {
  const { body } = response;
  const type = response.headers["content-type"];
  if (body === null || type === undefined || !isCompressible(type)) return response;
  const size = body instanceof ReadableStream ? response.headers["content-length"] : body.length;
  if (size !== undefined && Number(size) < MIN_SIZE) return response;
  if (response.headers["content-encoding"] !== undefined || isNotTransformed(response)) return response;
  // Ranges are of the bytes that are stored.
  if (response.status === 206) return response;
  const varied: HttpResponse = {
    ...response,
    headers: { ...response.headers, vary: withAcceptEncoding(response.headers.vary) },
  };
  const accepted = headers.get("accept-encoding");
  const encoding = accepted === null ? null : encodingFor(accepted);
  if (encoding === null || concurrent >= MAX_CONCURRENT) return varied;
  const { etag, "content-length": _, ...rest } = varied.headers;
  const tag = etag === undefined ? undefined : { etag: taggedAs(etag, encoding) };
  const encoded = { ...varied, headers: { ...rest, ...tag, "content-encoding": encoding } };
  if (method === "HEAD") return { ...encoded, body: new Blob([]).stream() };
  if (body instanceof ReadableStream) {
    return { ...encoded, body: compressStream(() => readChunks(body), encoding, body) };
  }
  if (body.length > STEP) return { ...encoded, body: compressStream(() => utf8Pieces(body), encoding) };
  return compressWhole(body, encoding).then((bytes) => ({
    ...encoded,
    headers: { ...encoded.headers, "content-length": String(bytes.byteLength) },
    body: new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    }),
  }));
}

function isNotTransformed({ headers }: HttpResponse): boolean {
  return /no-transform/i.test(headers["cache-control"] ?? "");
}

/** The encoding that an `Accept-Encoding` header prefers, Brotli of equal ones; null where it prefers none. */
export function encodingFor(accepted: string): Encoding | null {
  const weights = acceptedCodings(accepted);
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get("*") ?? 0;
  const best = weightOf("br") >= weightOf("gzip") ? "br" : "gzip";
  const weight = weightOf(best);
  return weight > 0 && weight >= (weights.get("identity") ?? 0) ? best : null;
}

const brotliWhole = promisify<string | Uint8Array, BrotliOptions, Buffer>(brotliCompress);
const gzipWhole = promisify<string | Uint8Array, ZlibOptions, Buffer>(gzip);

async function compressWhole(text: string | Uint8Array, encoding: Encoding): Promise<Buffer> {
  concurrent += 1;
  try {
    return await (encoding === "br" ? brotliWhole(text, LEVELS.whole.brotli) : gzipWhole(text, LEVELS.whole.gzip));
  } finally {
    concurrent -= 1;
  }
}

/** Compresses as fast as the response is read, from its first read on. An error of the source breaks the response. */
function compressStream(
  source: () => AsyncIterable<Uint8Array>,
  encoding: Encoding,
  stream: ReadableStream | null = null,
): ReadableStream<Uint8Array> {
  let parts: AsyncIterator<Uint8Array> | undefined;
  const start = () => {
    const compressor = encoding === "br" ? createBrotliCompress(LEVELS.stream.brotli) : createGzip(LEVELS.stream.gzip);
    concurrent += 1;
    compressor.once("close", () => {
      concurrent -= 1;
    });
    // Who reads gets the error too.
    pipeline(Readable.from(source()), compressor).catch(() => {});
    return compressor[Symbol.asyncIterator]();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        parts ??= start();
        const part = await parts.next();
        if (part.done) controller.close();
        else controller.enqueue(part.value);
      },
      async cancel() {
        await parts?.return?.();
        await cancelUnread(stream);
      },
    },
    { highWaterMark: 0 },
  );
}

function brotliLevel(quality: number): BrotliOptions {
  // A window of 256 KiB: the default takes 16 times that memory.
  return { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 18 } };
}
