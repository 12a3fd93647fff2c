import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { compressFile } from "#blobs/compression";
import { VitrineError } from "#contract/error";
import { BlobQuery, type BlobStored, Sha256 } from "#contract/file";
import { parseJson } from "#contract/json";
import { MAX_LIST } from "#contract/limits";
import { withSlot } from "#db/slots";
import { expectWritable } from "#db/write-guard";
import { type Author, LOCAL } from "#server/models/author";
import { findBlobs, storeBlob, storeContent } from "#server/models/blob";
import type { Blobs } from "#server/models/data/blobs";
import type { Context } from "#server/routers/context";
import { inputError } from "#server/routers/error";
import { expectRole } from "#server/routers/trpc";
import { decodeUtf8, expectJson, expectUncompressed } from "../body";
import type { HttpRequest, HttpResponse } from "../message";
import { json } from "../respond";
import { spool } from "./spool";

const PATH = /^\/api\/blobs(?:\/([^/]+))?$/;

/** The most bytes of a question which blobs are there. */
const MAX_QUERY_BODY = 256 * 1024;

const Queries = z.union([BlobQuery, z.array(BlobQuery).min(1).max(MAX_LIST)]);

type UploadContext = Pick<Context, "pools" | "role" | "keys" | "caller" | "author">;

/** The method of a path of blobs; null for another path. */
export function blobMethod(path: string): string | null {
  const [matched, name] = PATH.exec(path) ?? [];
  return matched === undefined ? null : name === undefined ? "POST" : "PUT";
}

/**
 * Receives the bytes of files, before versions name them; null for another path. Role: write.
 * `PUT /api/blobs/SHA256` stores its body: 201, or 200 where the author could publish it before. `POST /api/blobs` does so with a body
 * of any type but JSON, of which it returns the hash; with `{ sha256, size }`, or a list of these, it returns which are there already.
 * @throws VitrineError BAD_REQUEST with the status 422 for bytes with another hash; PAYLOAD_TOO_LARGE
 */
export async function handleBlobs(
  request: HttpRequest,
  context: UploadContext,
  blobs: Blobs,
): Promise<HttpResponse | null> {
  const method = blobMethod(request.path);
  if (method === null) return null;
  if (request.method !== method) throw new VitrineError("METHOD_NOT_SUPPORTED", `Send this request by ${method}.`);
  expectRole(context.role, "write");
  await expectWritable(context.pools);
  const author: Author = { ...(context.author ?? LOCAL), keys: context.keys };
  const [, name] = PATH.exec(request.path) ?? [];
  if (name === undefined && isJson(request)) return findThere(request, context, author);
  expectUncompressed(request.headers);
  return upload(request, name === undefined ? null : parse(Sha256, decodeURIComponent(name)), {
    context,
    author,
    blobs,
  });
}

function isJson({ headers }: HttpRequest): boolean {
  return /^application\/json\s*(?:;|$)/i.test(headers.get("content-type") ?? "");
}

async function findThere(
  request: HttpRequest,
  { pools, caller }: UploadContext,
  author: Author,
): Promise<HttpResponse> {
  expectJson(request.headers);
  const text = await decodeUtf8(await request.body(MAX_QUERY_BODY));
  const queries = parse(Queries, parseJson(text));
  const all = Array.isArray(queries) ? queries : [queries];
  const found = await withSlot("writes", caller, () => findBlobs(pools.writes, all, author));
  return json(200, Array.isArray(queries) ? found : found[0]);
}

interface Upload {
  context: UploadContext;
  author: Author;
  blobs: Blobs;
}

async function upload(request: HttpRequest, expected: string | null, how: Upload): Promise<HttpResponse> {
  const { store, inline } = how.blobs;
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > (store ? how.blobs.maxFile : inline)) throw tooLargeError(how.blobs);
  await expectDatabase(how.context);
  return store ? toStore(request, expected, how, store) : toDatabase(request, expected, how);
}

/** Files that are small enough for the database. */
async function toDatabase(request: HttpRequest, expected: string | null, how: Upload): Promise<HttpResponse> {
  const { context, author, blobs } = how;
  const parts: Uint8Array[] = [];
  let received = 0;
  const size = await request.receive(blobs.maxFile, async (chunk) => {
    received += chunk.byteLength;
    if (received > blobs.inline) throw tooLargeError(blobs);
    parts.push(chunk);
  });
  const bytes = Buffer.concat(parts);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expectHash(sha256, expected);
  const inSlot = waitingForSlot(context.caller);
  return stored({ sha256, size }, await inSlot(() => storeContent(context.pools.writes, sha256, bytes, author)));
}

async function toStore(
  request: HttpRequest,
  expected: string | null,
  { context, author, blobs }: Upload,
  store: NonNullable<Blobs["store"]>,
): Promise<HttpResponse> {
  const { pools, caller } = context;
  await using file = await spool(request, blobs.spool, blobs.maxFile);
  expectHash(file.sha256, expected);
  await using compressed = await compressFile(file, blobs.spool);
  const outcome = await storeBlob(pools.writes, store, { ...file, compressed }, author, waitingForSlot(caller));
  return stored(file, outcome);
}

/**
 * Expects that the database responds before anything is received: where it is busy or away, bytes would come in vain.
 * @throws VitrineError SERVICE_UNAVAILABLE
 */
async function expectDatabase({ pools, caller }: UploadContext): Promise<void> {
  await withSlot("writes", caller, () => pools.writes.execute("select"));
}

/** How many times a slot for what was received is waited for, and how many milliseconds in between. */
const SLOT_TRIES = 10;
const SLOT_DELAY = 1_000;

/** As `withSlot`, but it waits longer, as all bytes would be sent again: what it runs can be repeated. */
function waitingForSlot(caller: string) {
  return async function inSlot<Result>(work: () => Promise<Result>, tries = SLOT_TRIES): Promise<Result> {
    try {
      return await withSlot("writes", caller, work);
    } catch (error) {
      if (tries <= 1 || !(error instanceof VitrineError && error.code === "SERVICE_UNAVAILABLE")) throw error;
      await setTimeout(SLOT_DELAY);
      return inSlot(work, tries - 1);
    }
  };
}

function stored({ sha256, size }: BlobStored, outcome: "made" | "there"): HttpResponse {
  return json(outcome === "made" ? 201 : 200, { sha256, size });
}

function expectHash(sha256: string, expected: string | null): void {
  if (expected === null || expected === sha256) return;
  throw new VitrineError("BAD_REQUEST", `The bytes have the SHA-256 ${sha256}, not the one of the URL.`, {
    httpStatus: 422,
  });
}

function tooLargeError({ store, inline, maxFile }: Blobs): VitrineError {
  const message = store
    ? `Send a file of at most ${maxFile} bytes; the limit is VITRINE_MAX_FILE of the server.`
    : `This server keeps files of at most ${inline} bytes; to keep larger ones, set VITRINE_BLOBS to the address of a blob store.`;
  return new VitrineError("PAYLOAD_TOO_LARGE", message);
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw inputError(result.error.issues);
}
