import { randomBytes } from "node:crypto";
import { HEARTBEAT_INTERVAL, HEARTBEAT_TIMEOUT } from "#contract/limits";
import type { HttpResponse } from "../../message";

const event = (name: string, data: unknown) => Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

// Without an id: that of the stream before is used up. `retry` is for a connection that breaks.
const CONNECTED = Buffer.concat([
  Buffer.from("id\nretry: 3000\n"),
  event("connected", { reconnectAfterInactivityMs: HEARTBEAT_TIMEOUT }),
]);
const PING = event("ping", "");

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  // The connection of a client that reads nothing ends with its stream.
  connection: "close",
};

/** How long a stream lasts, in milliseconds, and how long its last id proves that it was read. */
const LIFETIME = 25_000;
const PROVEN_LIFETIME = 600_000;
const PROOF_LIFETIME = 60_000;

/** The last ids of ended streams, and when they expire. */
const proofs = new Map<string, number>();

export interface EventStreamOptions {
  /** The `Last-Event-ID` of the request. */
  lastEventId?: string | null;
  lifetime?: number;
}

/**
 * Server-sent events in tRPC's wire format, but without its `return` event, so that an EventSource reconnects. A client
 * that does not read is invisible: its system receives megabytes for it. So a stream ends after 25 s, and its last event
 * has an id: who reconnects with it has read to the end, and gets a stream of 10 minutes.
 */
export function eventStream(values: AsyncIterable<unknown>, options: EventStreamOptions = {}): HttpResponse {
  const lifetime = isProof(options.lastEventId) ? PROVEN_LIFETIME : (options.lifetime ?? LIFETIME);
  const iterator = values[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout;
  let end: NodeJS.Timeout;
  let isEnded = false;
  const stop = () => {
    isEnded = true;
    clearInterval(heartbeat);
    clearTimeout(end);
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(CONNECTED);
      // Pings do not pile up for a slow reader.
      const isRead = () => (controller.desiredSize ?? 0) > 0;
      heartbeat = setInterval(() => {
        if (isRead()) controller.enqueue(PING);
      }, HEARTBEAT_INTERVAL);
      end = setTimeout(() => {
        stop();
        if (isRead()) {
          controller.enqueue(lastEvent());
          controller.close();
        } else controller.error(new Error("The client does not read."));
        iterator.return?.();
      }, lifetime);
    },
    async pull(controller) {
      const next = await iterator.next().catch(() => null);
      if (next && !next.done) return controller.enqueue(event("message", next.value));
      if (isEnded) return;
      stop();
      controller.close();
    },
    async cancel() {
      stop();
      await iterator.return?.();
    },
  });
  return { status: 200, headers: HEADERS, body };
}

function lastEvent(): Uint8Array {
  const now = performance.now();
  for (const [id, expires] of proofs) if (expires < now) proofs.delete(id);
  const id = randomBytes(12).toString("base64url");
  proofs.set(id, now + PROOF_LIFETIME);
  return Buffer.concat([Buffer.from(`id: ${id}\nretry: 100\n`), PING]);
}

function isProof(id: string | null | undefined): boolean {
  const expires = id ? proofs.get(id) : undefined;
  if (!id || expires === undefined) return false;
  proofs.delete(id);
  return expires > performance.now();
}
