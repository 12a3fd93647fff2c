import { Readable } from "node:stream";
import { z } from "zod";
import type { RestoreMessage } from "#contract/admin";
import { BackupFrom, type Part } from "#contract/backup";
import { MAX_HEAD, partsIn } from "#contract/backup-stream";
import { VitrineError } from "#contract/error";
import { HEARTBEAT_INTERVAL } from "#contract/limits";
import { Id } from "#contract/value";
import { expectWritable } from "#db/write-guard";
import { LOCAL } from "#server/models/author";
import { backup } from "#server/models/backup/backup";
import { restore, storePart } from "#server/models/backup/restore";
import { type Blobs, DATABASE_ONLY } from "#server/models/data/blobs";
import type { Context } from "#server/routers/context";
import { inputError, toVitrineError } from "#server/routers/error";
import { expectUnlimited } from "#server/routers/reach";
import { expectRole } from "#server/routers/trpc";
import type { HttpRequest, HttpResponse } from "./message";

const PATH = /^\/api\/(?:backup|restore\/([^/]+)(?:\/([1-9][0-9]{0,8}))?)$/;

/** The largest part with several versions or rows; a part with a single version is as large as its data. */
const MAX_PART = 16 * 1024 * 1024;

const STREAM = { "content-type": "application/octet-stream", "cache-control": "no-store, no-transform" };

type BackupContext = Pick<Context, "pools" | "role" | "keys" | "changes" | "author">;

/**
 * Handles backup and restore, which are streams that no procedure could carry; null for another path. Role: admin.
 * `GET /api/backup` sends a backup from its `begin` to its `end`; `?after=&store=&seen=` resumes one, and `?files=skip` leaves
 * out the bytes of files.
 * `PUT /api/restore/BACKUP/NUMBER` stores a part of a backup, `POST /api/restore/BACKUP` restores all parts.
 */
export function handleBackup(
  request: HttpRequest,
  context: BackupContext,
  maxData: number,
  blobs: Blobs = DATABASE_ONLY,
): Promise<HttpResponse> | null {
  const [path, id, number] = PATH.exec(request.path) ?? [];
  if (!path) return null;
  return handle(request, context, id, number, { maxData, blobs });
}

/** The method of a path of backup and restore; null for another path. */
export function backupMethod(path: string): string | null {
  const [matched, id, number] = PATH.exec(path) ?? [];
  return matched === undefined ? null : methodOf(id, number);
}

function methodOf(id: string | undefined, number: string | undefined): string {
  return id === undefined ? "GET" : number === undefined ? "POST" : "PUT";
}

async function handle(
  request: HttpRequest,
  { pools, role, keys, changes, author = LOCAL }: BackupContext,
  id: string | undefined,
  number: string | undefined,
  { maxData, blobs }: { maxData: number; blobs: Blobs },
): Promise<HttpResponse> {
  expectRole(role, "admin");
  expectUnlimited(keys, "A backup");
  const method = methodOf(id, number);
  if (request.method !== method) throw new VitrineError("METHOD_NOT_SUPPORTED", `Send this request by ${method}.`);
  if (id === undefined) {
    const { from, files } = parseQuery(request.search);
    const parts = backup(pools.long, from, files === "skip" ? null : blobs.store);
    return stream(parts, { encode: ({ head, content }) => Buffer.concat([toLine(head), content]) });
  }
  const backupId = parse(Id, id);
  await expectWritable(pools);
  if (number === undefined) {
    const encode = (message: RestoreMessage) => {
      if ("restored" in message) changes.changed({ type: "resync" });
      return toLine(message);
    };
    const encodeError = (error: unknown) => toLine(toErrorMessage(error, request.record.id));
    return stream(restore(pools.long, backupId, maxData, author, blobs), {
      encode,
      encodeError,
      heartbeat: Buffer.from("\n"),
    });
  }
  const part = await parsePart(await request.body(Math.max(maxData, MAX_PART) + MAX_HEAD));
  await storePart(pools.long, backupId, Number(number), part, maxData);
  return { status: 204, headers: {}, body: null };
}

function parseQuery(search: string): { from: BackupFrom | null; files: "copy" | "skip" } {
  const { files, ...from } = Object.fromEntries(new URLSearchParams(search));
  return {
    from: Object.keys(from).length === 0 ? null : parse(BackupFrom, from),
    files: parse(z.enum(["copy", "skip"]).default("copy"), files),
  };
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw inputError(result.error.issues);
}

async function parsePart(body: Uint8Array): Promise<Part> {
  for await (const part of partsIn(Readable.from([body]))) if (part.end === body.byteLength) return part;
  throw new VitrineError("BAD_REQUEST", "Send one part of a backup: the line of its head, then its content.");
}

const toLine = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);

function toErrorMessage(error: unknown, requestId: string): RestoreMessage {
  const { code, message, details } = toVitrineError(error, { request: requestId });
  return { error: { code, message, ...details } };
}

interface Encoding<T> {
  encode(value: T): Uint8Array;
  /** The last bytes of a stream that fails; without it the connection breaks off. */
  encodeError?(error: unknown): Uint8Array;
  /** Sent while no value comes, so that the connection is not taken for idle. */
  heartbeat?: Uint8Array;
}

/** Reads the first value before the status is sent, so that an error before it has a status of its own. */
async function stream<T>(values: ReadableStream<T>, encoding: Encoding<T>): Promise<HttpResponse> {
  const { encode, encodeError, heartbeat } = encoding;
  const reader = values.getReader();
  let next = await reader.read();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next.done) return controller.close();
        controller.enqueue(encode(next.value));
        const timer = heartbeat && setInterval(() => controller.enqueue(heartbeat), HEARTBEAT_INTERVAL);
        next = await reader
          .read()
          .catch((error: unknown) => {
            if (!encodeError) throw error;
            controller.enqueue(encodeError(error));
            return { done: true as const, value: undefined };
          })
          .finally(() => clearInterval(timer));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { status: 200, headers: STREAM, body };
}
