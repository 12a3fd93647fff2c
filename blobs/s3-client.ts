import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { AwsV4Signer } from "aws4fetch";
import { type HttpRequest, lossOf, send, textOf } from "./http";
import { type S3Address, urlOf } from "./s3-address";
import type { CredentialSource } from "./s3-credentials";
import { isExpired, isTemporary, type S3Failure, storeErrorOf } from "./s3-errors";
import { BlobStoreError } from "./store";
import { elementOf } from "./xml";

export interface S3Request {
  method: "GET" | "HEAD" | "PUT" | "POST";
  /** From the root of the store; absent: the bucket itself. */
  path?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Buffer;
  /** A body that is opened for every attempt, with its length and its SHA-256 in hexadecimal digits. */
  stream?: { open(): AsyncIterable<Buffer>; length: number; sha256: string };
  /** The right that it needs, for the error where it is not granted. */
  right: string;
  /** Whether an error response is a result. */
  accepts?(failure: S3Failure): boolean;
  /** Leaves the body of a successful response to the caller, who reads or destroys it. */
  streams?: boolean;
}

export interface S3Response {
  status: number;
  headers: IncomingMessage["headers"];
  body: IncomingMessage;
  /** The whole body; "" where it is left to the caller. */
  text: string;
  failure?: S3Failure;
}

/** How long the service may be silent and how requests are repeated, in milliseconds. */
export interface Patience {
  silence: number;
  /** Of the first repetition; each further one waits for about twice as long. */
  delay: number;
  /** No repetition begins later than that after the first attempt. */
  total: number;
}

export const PATIENCE: Patience = { silence: 30_000, delay: 200, total: 30_000 };

const ATTEMPTS = 6;

/** Bodies from this size on are sent once the service wants them. */
const EXPECT_FROM = 1024 * 1024;

const EMPTY = createHash("sha256").digest("hex");

export interface S3Client {
  /**
   * Sends a signed request, up to 6 times where the service is overloaded, fails or cannot be reached.
   * @throws {BlobStoreError} for an error response that is not accepted, or the last failed attempt
   */
  request(request: S3Request): Promise<S3Response>;
  /** A URL for a GET request that is signed for some seconds. */
  presign(path: string, query: Record<string, string>, seconds: number): Promise<string>;
}

export function createS3Client(address: S3Address, credentials: CredentialSource, patience: Patience): S3Client {
  const cache = new Map<string, ArrayBuffer>();

  const signerOf = async (method: string, url: URL, headers: Record<string, string>, signQuery: boolean) => {
    const keys = await credentials.current();
    // A signing key a day and role is no leak, but those of years of days and sessions are.
    if (cache.size > 100) cache.clear();
    return new AwsV4Signer({
      ...keys,
      method,
      url: url.href,
      headers,
      signQuery,
      cache,
      service: "s3",
      region: address.region,
    });
  };

  const attempt = async (request: S3Request): Promise<S3Response> => {
    const { method, path, query, body, stream } = request;
    const url = urlOf(address, path, query);
    const sha256 = stream?.sha256 ?? (body ? createHash("sha256").update(body).digest("hex") : EMPTY);
    const signer = await signerOf(method, url, { ...request.headers, "x-amz-content-sha256": sha256 }, false);
    const signed = await signer.sign();
    const headers = Object.fromEntries(signed.headers);
    const length = stream?.length ?? body?.length;
    if (length !== undefined) headers["content-length"] = String(length);
    const http: HttpRequest = { method, url: signed.url, headers };
    if (body) http.body = body;
    if (stream) Object.assign(http, { body: stream.open(), expectContinue: stream.length >= EXPECT_FROM });
    const response = await send(http, patience.silence);
    const status = response.statusCode ?? 0;
    const failed = status >= 300;
    const text = failed || !request.streams ? await textOf(response) : "";
    const result = { status, headers: response.headers, body: response, text };
    return failed ? { ...result, failure: failureOf(response, text) } : result;
  };

  return {
    async request(request) {
      const start = performance.now();
      const isLast = (tries: number) => tries >= ATTEMPTS || performance.now() - start > patience.total;
      let isRenewed = false;
      for (let tries = 1; ; tries++) {
        const response = await attempt(request).catch((error) => {
          if (!isLoss(error) || isLast(tries)) throw lossError(error, address);
        });
        const { failure } = response ?? {};
        if (response && (!failure || request.accepts?.(failure))) return response;
        if (failure && isExpired(failure) && !isRenewed && credentials.renew()) {
          isRenewed = true;
          continue;
        }
        if (failure && (!isTemporary(failure) || isLast(tries))) throw storeErrorOf(failure, address, request.right);
        // Half of the delay is random, so that many clients do not come back together.
        await sleep(patience.delay * 2 ** (tries - 1) * (0.5 + Math.random() / 2));
      }
    },

    async presign(path, query, seconds) {
      const url = urlOf(address, path, { ...query, "X-Amz-Expires": String(seconds) });
      const { url: signed } = await (await signerOf("GET", url, {}, true)).sign();
      // A query in which "+" is a space is understood by fewer services than one with "%20".
      signed.search = signed.search.replaceAll("+", "%20");
      return signed.href;
    },
  };
}

function failureOf({ headers, statusCode = 0 }: IncomingMessage, text: string): S3Failure {
  const region = headers["x-amz-bucket-region"] ?? elementOf(text, "Region");
  return {
    status: statusCode,
    code: elementOf(text, "Code") ?? "",
    region: typeof region === "string" ? region : undefined,
    date: Date.parse(headers.date ?? ""),
  };
}

function isLoss(error: unknown): boolean {
  return lossOf(error) !== undefined || (error instanceof BlobStoreError && error.reason === "unavailable");
}

/** An error of the network as an error of the store; others, such as those of the file that is sent, as they are. */
export function lossError(error: unknown, { bucket, endpoint }: S3Address): unknown {
  const code = lossOf(error);
  const certificate = error instanceof Error && "code" in error && /CERT|UNABLE_TO_|SSL|TLS/.test(String(error.code));
  if (code === undefined && !certificate) return error;
  const name = `The bucket ${bucket} at ${endpoint.host}`;
  if (code) {
    return new BlobStoreError("unavailable", `${name} does not respond (${code}).`);
  }
  const message = `${name} has a certificate that is not trusted: name its authority in NODE_EXTRA_CA_CERTS.`;
  return new BlobStoreError("misconfigured", message);
}
