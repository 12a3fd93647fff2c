import type { WebSocket } from "ws";
import { z } from "zod";
import { parseJson } from "#contract/json";
import type { TaskRunReport } from "#contract/task-run";
import { logUnexpected } from "#server/process/log";
import { filterIn, parseEventFilter } from "./event-filter";
import { RecordQueue } from "./record-queue";
import type { RunEvent } from "./run-event";
import type { StateFeed } from "./state-feed";
import { parseTaskRunEvent } from "./task-run-event";

/** Codes of RFC 6455 with which a socket is closed. */
export const CLOSE = { goingAway: 1001, protocol: 1002, policy: 1008, failed: 1011 } as const;

/** How long a client may take to authenticate, in milliseconds. */
const AUTH_TIMEOUT = 10_000;

/** A client that did not respond to a ping until the next is gone, in milliseconds. */
const PING_INTERVAL = 30_000;

/** A client that leaves more than so many bytes of events unread is disconnected. */
const MAX_BUFFERED = 4 * 1024 * 1024;

const Auth = z.object({ type: z.literal("auth"), token: z.string().nullish() });

export interface ConnectionOptions {
  /** Why a token does not permit this connection; null if it does. Absent where the client sends none. */
  authenticate?: (token: string | null) => string | null;
  /** Records the task runs of events; absent on a stream of events or logs. */
  record?: (items: TaskRunReport[]) => Promise<unknown>;
  /** Sends the events of a filter until its result is called. */
  subscribe?: StateFeed["subscribe"];
}

/**
 * Speaks the protocol of Prefect's event and log sockets: `auth` first, where its client sends it, then events until either
 * side closes. A client that wants to receive sends a filter; a stream of logs stays open and empty, as none are kept.
 * @returns resolves when all received events are recorded
 */
export function serveConnection(socket: WebSocket, options: ConnectionOptions): () => Promise<void> {
  const { authenticate, record, subscribe } = options;
  const queue = record && createQueue(socket, record);
  let isAuthenticated = !authenticate;
  let unsubscribe: (() => void) | null | undefined;
  const timer = setTimeout(() => socket.close(CLOSE.policy, "Expected 'auth' message"), AUTH_TIMEOUT);
  const pings = keepAlive(socket);
  if (isAuthenticated) clearTimeout(timer);

  function receiveAuth(text: string): void {
    const { data } = Auth.safeParse(parseJson(text));
    const refused = data ? authenticate?.(data.token ?? null) : "Expected 'auth' message";
    if (refused) {
      socket.close(CLOSE.policy, refused);
      return;
    }
    clearTimeout(timer);
    isAuthenticated = true;
    socket.send(JSON.stringify({ type: "auth_success" }));
  }

  function receiveEvent(text: string): void {
    const report = parseTaskRunEvent(text);
    if (report) queue?.push(report);
  }

  function receiveFilter(text: string): void {
    const sent = filterIn(text);
    if (!sent) {
      socket.close(CLOSE.protocol, "Expected 'filter' message");
      return;
    }
    // No logs are kept, so that those of any filter are none.
    const filter = subscribe ? parseEventFilter(sent) : null;
    if (typeof filter === "string") {
      socket.close(CLOSE.protocol, filter);
      return;
    }
    unsubscribe?.();
    unsubscribe = filter && subscribe?.(filter, sendEvent);
  }

  function sendEvent(event: RunEvent): void {
    if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
    else socket.send(JSON.stringify({ type: "event", event }));
  }

  socket.on("message", (data) => {
    // A closing socket still delivers what has arrived.
    if (socket.readyState !== socket.OPEN && !isAuthenticated) return;
    const text = String(data);
    if (!isAuthenticated) receiveAuth(text);
    else if (queue) receiveEvent(text);
    else receiveFilter(text);
  });
  // Errors are those of the client: a message that is too large, or not WebSocket. The socket closes by itself.
  socket.on("error", () => {});
  socket.once("close", () => {
    clearTimeout(timer);
    clearInterval(pings);
    unsubscribe?.();
  });
  return async () => queue?.idle();
}

function createQueue(socket: WebSocket, record: NonNullable<ConnectionOptions["record"]>): RecordQueue {
  return new RecordQueue({
    record,
    onFull: () => socket.pause(),
    onRoom: () => socket.resume(),
    onFailed(error) {
      logUnexpected(error);
      socket.close(CLOSE.failed, "Events could not be recorded");
    },
  });
}

function keepAlive(socket: WebSocket): NodeJS.Timeout {
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  return setInterval(() => {
    // Nothing is read of a paused socket, pongs included.
    if (socket.isPaused) return;
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, PING_INTERVAL);
}
