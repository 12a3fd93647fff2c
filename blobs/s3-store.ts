import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { chunksOf, lossOf } from "./http";
import type { S3Address } from "./s3-address";
import { createS3Client, lossError, PATIENCE, type Patience, type S3Response } from "./s3-client";
import type { CredentialSource } from "./s3-credentials";
import type { S3Failure } from "./s3-errors";
import {
  assertName,
  BATCH,
  BlobMismatch,
  BlobMissing,
  type BlobStore,
  BlobStoreError,
  type ByteRange,
  expectedHash,
  ID_PATH,
  isName,
  parseStoreId,
  pathOf,
  type SourceFile,
} from "./store";
import { elementOf, elementsOf, escapeXml } from "./xml";

/** The largest object that S3 takes in one request, in bytes. */
const MAX_PUT = 5 * 1024 ** 3;

/** An object from this size on is looked for before it is sent. */
const LOOK_FROM = 1024 * 1024;

/** Bytes that are read at once from a file that is sent. */
const CHUNK = 256 * 1024;

/** How often a stream without progress is continued. */
const CONTINUATIONS = 3;

/** Objects in a bucket of S3, or of a service with its API. Several processes may share it. */
export function openS3Store(address: S3Address, credentials: CredentialSource, patience = PATIENCE): BlobStore {
  const client = createS3Client(address, credentials, patience);
  /** Whether the service knows conditions and checksums of a PUT; it is found out. */
  let hasConditions = true;

  /** @returns undefined where there is no such object */
  const sizeOf = async (path: string): Promise<number | undefined> => {
    const accepts = ({ status }: S3Failure) => status === 404;
    const { failure, headers } = await client.request({ method: "HEAD", path, right: "s3:GetObject", accepts });
    return failure ? undefined : Number(headers["content-length"]);
  };

  /** @returns the status of a failure: 412 where it exists, 501 where the service has no such conditions */
  const upload = async (name: string, file: SourceFile, isConditional: boolean) => {
    const sha256 = expectedHash(name, file);
    const headers: Record<string, string> = hasConditions
      ? { "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64") }
      : {};
    if (hasConditions && isConditional) headers["if-none-match"] = "*";
    const { failure } = await client.request({
      method: "PUT",
      path: pathOf(name),
      headers,
      stream: { open: () => verifiedChunks(file, name), length: file.size, sha256 },
      right: "s3:PutObject",
      accepts: ({ status }) => status === 412 || (status === 501 && hasConditions),
    });
    return failure?.status;
  };

  const open = async (name: string, range: ByteRange | undefined): Promise<S3Response> => {
    const response = await client.request({
      method: "GET",
      path: pathOf(name),
      headers: range ? { range: `bytes=${range.from}-${range.to}` } : {},
      right: "s3:GetObject",
      accepts: (failure) => isMissing(failure) || failure.status === 416,
      streams: true,
    });
    const { failure, status, headers, body } = response;
    if (failure?.status === 416) throw outside(range);
    if (failure) throw new BlobMissing(name);
    if ((range ? status === 206 : status === 200) && headers["content-length"] !== undefined) return response;
    body.destroy();
    const message = `The bucket ${address.bucket} at ${address.endpoint.host} does not support ranges, or no lengths.`;
    throw new BlobStoreError("misconfigured", message);
  };

  return {
    async put(name, file) {
      const path = pathOf(name);
      if (file.size > MAX_PUT) throw new RangeError(`A bucket takes objects of at most ${MAX_PUT} bytes.`);
      let present = file.size >= LOOK_FROM || !hasConditions ? await sizeOf(path) : undefined;
      for (let tries = 0; tries < 3; tries++) {
        if (present === file.size) return "there";
        // One of another size lost bytes, and is replaced.
        const status = await upload(name, file, present === undefined);
        if (status === undefined) return "made";
        if (status === 501) hasConditions = false;
        present = await sizeOf(path);
      }
      const message = `The bucket ${address.bucket} does not take the object ${name}: others write and delete it.`;
      throw new BlobStoreError("unavailable", message);
    },

    async get(name, range) {
      assertName(name);
      if (range && (range.from < 0 || range.to < range.from)) throw outside(range);
      const { body, headers } = await open(name, range);
      const start = range?.from ?? 0;
      const end = start + Number(headers["content-length"]);
      const reopen = async (from: number) => (await open(name, { from, to: end - 1 })).body;
      const errorOf = (error: unknown) => lossError(error, address);
      return continuedStream(body, { start, end, reopen, errorOf, patience });
    },

    async has(name) {
      return (await sizeOf(pathOf(name))) !== undefined;
    },

    async remove(names) {
      const keys = names.map((name) => keyOf(address, pathOf(name)));
      for (let i = 0; i < keys.length; i += BATCH) {
        const objects = keys.slice(i, i + BATCH).map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`);
        const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects.join("")}</Delete>`);
        // Every service demands this hash here, and few know the newer ones.
        const headers = { "content-md5": createHash("md5").update(body).digest("base64") };
        const request = { method: "POST", query: { delete: "" }, headers, body, right: "s3:DeleteObject" } as const;
        const { text } = await client.request(request);
        const [code] = elementsOf(text, "Code").filter((each) => each !== "NoSuchKey");
        if (code === undefined) continue;
        const reason = code === "AccessDenied" ? "misconfigured" : "unavailable";
        const what = `does not delete objects (${code}); that needs s3:DeleteObject`;
        throw new BlobStoreError(reason, `The bucket ${address.bucket} at ${address.endpoint.host} ${what}.`);
      }
    },

    async *list(after = "") {
      if (after) assertName(after);
      const first = { "list-type": "2", prefix: keyOf(address, "sha256/"), "max-keys": String(BATCH) };
      let query: Record<string, string> = after ? { ...first, "start-after": keyOf(address, pathOf(after)) } : first;
      for (;;) {
        const { text } = await client.request({ method: "GET", query, right: "s3:ListBucket" });
        const [, ...contents] = text.split("<Contents>");
        const objects = contents.flatMap((each) => {
          const key = elementOf(each, "Key") ?? "";
          const name = key.slice(key.lastIndexOf("/") + 1);
          const isObject = isName(name) && key === keyOf(address, pathOf(name)) && name > after;
          return isObject ? [{ name, size: Number(elementOf(each, "Size")) }] : [];
        });
        if (objects.length > 0) yield objects;
        const token = elementOf(text, "NextContinuationToken");
        if (elementOf(text, "IsTruncated") !== "true" || token === undefined) return;
        query = { ...first, "continuation-token": token };
      }
    },

    link(name, { name: fileName, mediaType, seconds }) {
      const query = {
        "response-content-disposition": dispositionOf(fileName),
        "response-content-type": mediaType,
      };
      return client.presign(pathOf(name), query, seconds);
    },

    async id() {
      const place = ["s3:/", address.bucket, address.prefix].filter(Boolean).join("/");
      const get = { method: "GET", path: ID_PATH, right: "s3:GetObject", accepts: isMissing } as const;
      const existing = await client.request(get);
      if (!existing.failure) return parseStoreId(existing.text, place);
      const put = {
        method: "PUT",
        path: ID_PATH,
        body: Buffer.from(`${randomUUID()}\n`),
        right: "s3:PutObject",
      } as const;
      const created = await client.request({
        ...put,
        headers: { "if-none-match": "*" },
        accepts: ({ status }) => status === 412 || status === 501,
      });
      if (created.failure?.status === 501) await client.request(put);
      return parseStoreId((await client.request(get)).text, place);
    },
  };
}

function isMissing({ status, code }: S3Failure): boolean {
  return status === 404 && code !== "NoSuchBucket";
}

function keyOf({ prefix }: S3Address, path: string): string {
  return prefix ? `${prefix}/${path}` : path;
}

function outside(range: ByteRange | undefined): RangeError {
  return new RangeError(`The range ${range?.from} to ${range?.to} is not in the object.`);
}

/** The bytes of a file, of which the last come only if all have its hash: a service that checks nothing stores no others. */
async function* verifiedChunks(file: SourceFile, name: string): AsyncGenerator<Buffer, void> {
  const { path, size } = file;
  const hash = createHash("sha256");
  let length = 0;
  let last: Buffer | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    length += chunk.length;
    if (length > size) break;
    hash.update(chunk);
    if (last) yield last;
    last = chunk;
  }
  if (length !== size || hash.digest("hex") !== expectedHash(name, file)) throw new BlobMismatch(name);
  if (last) yield last;
}

interface Continuation {
  start: number;
  /** The offset after the last byte. */
  end: number;
  /** A response with the bytes from an offset on. */
  reopen(from: number): Promise<IncomingMessage>;
  errorOf(error: unknown): unknown;
  patience: Patience;
}

/** A body as a stream that is read when its reader reads; where the connection is lost, another request continues it. */
function continuedStream(first: IncomingMessage, { start, end, reopen, errorOf, patience }: Continuation) {
  let body = first;
  let chunks = chunksOf(body, patience.silence);
  let offset = start;
  let losses = 0;
  const next = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      let failure: unknown;
      try {
        const { value } = await chunks.next();
        if (value) return value;
      } catch (error) {
        failure = error;
      }
      if (offset === end) return undefined;
      if (lossOf(failure) === undefined || losses >= CONTINUATIONS) throw errorOf(failure);
      losses += 1;
      body = await reopen(offset);
      chunks = chunksOf(body, patience.silence);
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await next();
        if (!chunk) return controller.close();
        losses = 0;
        offset += chunk.length;
        controller.enqueue(chunk);
      },
      cancel() {
        body.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** As a download, under a name in any script. */
function dispositionOf(name: string): string {
  const ascii = name.replace(/[^ -~]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
