import { HEARTBEAT_INTERVAL, HEARTBEAT_TIMEOUT } from "#contract/limits";
import type { HttpResponse } from "../../message";

const event = (name: string, data: unknown) => Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);

const CONNECTED = event("connected", { reconnectAfterInactivityMs: HEARTBEAT_TIMEOUT });
const PING = event("ping", "");

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** Server-sent events in tRPC's wire format, but without its `return` event, so that an EventSource reconnects. */
export function eventStream(values: AsyncIterable<unknown>): HttpResponse {
  const iterator = values[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(CONNECTED);
      heartbeat = setInterval(() => {
        // Pings do not pile up for a slow reader.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(PING);
      }, HEARTBEAT_INTERVAL);
    },
    async pull(controller) {
      const next = await iterator.next().catch(() => null);
      if (next && !next.done) return controller.enqueue(event("message", next.value));
      clearInterval(heartbeat);
      controller.close();
    },
    async cancel() {
      clearInterval(heartbeat);
      await iterator.return?.();
    },
  });
  return { status: 200, headers: HEADERS, body };
}
