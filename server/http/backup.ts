import { Readable } from "node:stream";
import type { z } from "zod";
import { BackupFrom, type Part, type RestoreMessage } from "#contract/backup";
import { MAX_HEAD, partsIn } from "#contract/backup-stream";
import { VitrineError } from "#contract/error";
import { HEARTBEAT_INTERVAL } from "#contract/limits";
import { Id } from "#contract/value";
import { expectWritable } from "#db/write-guard";
import { backup } from "#server/models/backup/backup";
import { keep, restore } from "#server/models/backup/restore";
import type { Context } from "#server/routers/context";
import { inputError } from "#server/routers/error";
import { expectRole } from "#server/routers/trpc";
import type { HttpRequest, HttpResponse } from "./message";
import { toVitrineError } from "./respond";

const PATH = /^\/api\/(?:backup|restore\/([^/]+)(?:\/([1-9][0-9]{0,8}))?)$/;

/** What a part of several versions, or of rows, may hold at most; one of a single version holds what its data is. */
const MAX_PART = 16 * 1024 * 1024;

const STREAM = { "content-type": "application/octet-stream", "cache-control": "no-store, no-transform" };

type Known = Pick<Context, "pools" | "role" | "changes">;

/**
 * Answers what moves a whole store, as streams that no procedure could carry; null for another path. All of it needs
 * the role admin.
 * `GET /api/backup`: a backup from its `begin` to its `end`; `?after=&store=&seen=` goes on with one.
 * `PUT /api/restore/BACKUP/NUMBER`: keeps a part of one. `POST /api/restore/BACKUP`: puts it in its place.
 */
export function handleBackup(asked: HttpRequest, known: Known, maxData: number): Promise<HttpResponse> | null {
  const [path, named, number] = PATH.exec(asked.path) ?? [];
  if (!path) return null;
  return answer(asked, known, named, number, maxData);
}

async function answer(
  asked: HttpRequest,
  { pools, role, changes }: Known,
  named: string | undefined,
  number: string | undefined,
  maxData: number,
): Promise<HttpResponse> {
  expectRole(role, "admin");
  const method = named === undefined ? "GET" : number === undefined ? "POST" : "PUT";
  if (asked.method !== method) throw new VitrineError("METHOD_NOT_SUPPORTED", `Ask for this by ${method}.`);
  if (named === undefined) return stream(backup(pools.writes, fromOf(asked.search)), { form: framed });
  const id = parsed(Id, named);
  await expectWritable(pools);
  if (number === undefined) {
    const form = (word: RestoreMessage) => {
      if ("restored" in word) changes.changed({ type: "resync" });
      return line(word);
    };
    return stream(restore(pools.writes, id), { form, last: (error) => line(wordOf(error)), beat: Buffer.from("\n") });
  }
  await keep(pools.writes, id, Number(number), await partOf(await asked.body(Math.max(maxData, MAX_PART) + MAX_HEAD)));
  return { status: 204, headers: {}, body: null };
}

function fromOf(search: string): BackupFrom | null {
  return search === "" ? null : parsed(BackupFrom, Object.fromEntries(new URLSearchParams(search)));
}

function parsed<T>(form: z.ZodType<T>, value: unknown): T {
  const result = form.safeParse(value);
  if (result.success) return result.data;
  throw inputError(result.error.issues);
}

/** The one part that a body is. */
async function partOf(body: Uint8Array): Promise<Part> {
  for await (const part of partsIn(Readable.from([body]))) if (part.end === body.byteLength) return part;
  throw new VitrineError("BAD_REQUEST", "Send one part of a backup: a line that is its head, and its content.");
}

const line = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`);

function framed({ head, content }: Part): Uint8Array {
  return Buffer.concat([line(head), content]);
}

/** A refusal in a stream that has begun. */
function wordOf(error: unknown): RestoreMessage {
  const { code, message, details } = toVitrineError(error);
  return { refused: { code, message, ...details } };
}

/** How a stream's values become bytes; what is said last, where it fails; and what says that it lives, while it says nothing. */
interface Written<T> {
  form(value: T): Uint8Array;
  last?(error: unknown): Uint8Array;
  beat?: Uint8Array;
}

/** An answer that begins with the first value: what fails before it has a status of its own. */
async function stream<T>(values: ReadableStream<T>, { form, last, beat }: Written<T>): Promise<HttpResponse> {
  const reader = values.getReader();
  let next = await reader.read();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next.done) return controller.close();
        controller.enqueue(form(next.value));
        const heart = beat && setInterval(() => controller.enqueue(beat), HEARTBEAT_INTERVAL);
        next = await reader
          .read()
          .catch((error: unknown) => {
            if (!last) throw error;
            controller.enqueue(last(error));
            return { done: true as const, value: undefined };
          })
          .finally(() => clearInterval(heart));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { status: 200, headers: STREAM, body };
}
