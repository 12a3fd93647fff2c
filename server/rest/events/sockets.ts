import type { IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { VitrineError } from "#contract/error";
import type { TaskRunReport } from "#contract/task-run";
import type { Access } from "#server/http/access";
import type { Identity } from "#server/http/access/identity";
import type { HeaderReader, HttpHeaders, UpgradeHandler } from "#server/http/message";
import { NodeHeaders, pathOf } from "#server/http/node";
import { rejectUpgrade } from "#server/http/protocol-error";
import { createRequestGuard } from "#server/http/request-guard";
import type { HttpError } from "#server/http/respond";
import { LOCAL } from "#server/models/author";
import { createCaller } from "#server/routers/app-router";
import type { Context, Role } from "#server/routers/context";
import { toVitrineError } from "#server/routers/error";
import { expectUnlimited } from "#server/routers/reach";
import { expectRole } from "#server/routers/trpc";
import { CLOSE, serveConnection } from "./connection";
import { createStateFeed } from "./state-feed";

/** Bytes of a message; a larger one closes its socket with 1009. */
export const MAX_MESSAGE = 1024 * 1024;

const MAX_SOCKETS = 1_000;

/** How many of them one caller may have: a process that runs flows has up to three. */
export const MAX_SOCKETS_OF_CALLER = MAX_SOCKETS / 2;

/** How long a client has to close its end, in milliseconds. */
const CLOSE_TIMEOUT = 1_000;

const EVENTS_IN = "/api/events/in";
const EVENTS_OUT = "/api/events/out";

/** The sockets of Prefect's clients, and the role that each requires. */
const ROLES: Record<string, Role> = {
  [EVENTS_IN]: "write",
  [EVENTS_OUT]: "read",
  "/api/logs/out": "read",
};

export interface SocketOptions extends Pick<Context, "pools" | "changes"> {
  env: Parameters<typeof createRequestGuard>[0];
  access: Access;
}

export interface Sockets {
  upgrade: UpgradeHandler;
  /** Accepts no more sockets, closes all, and resolves when what they sent is recorded. */
  close(): Promise<void>;
}

/** A request for a socket that may be opened. */
interface Accepted extends Identity {
  path: string;
  required: Role;
  /** Whether its first message may have an API key, as it has no header with one. */
  sendsToken: boolean;
  headers: HttpHeaders;
  remoteAddress: string;
}

/**
 * Serves the sockets of Prefect's clients: events in, of which task runs are recorded, events out, which are the states
 * of flow runs and task runs, and logs, which are none.
 */
export function createSockets({ pools, changes, env, access }: SocketOptions): Sockets {
  const guard = createRequestGuard(env);
  const feed = createStateFeed({ pools, changes });
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_MESSAGE,
    handleProtocols: (offered) => offered.has("prefect") && "prefect",
  });
  /** Open sockets, with who called and what resolves when their events are recorded. */
  const open = new Map<WebSocket, { caller: string; idle: () => Promise<void> }>();
  const recording = new Set<Promise<void>>();
  let closing = false;

  /** @throws VitrineError for a request that may not open a socket */
  function accept({ method = "", url = "", rawHeaders, socket }: IncomingMessage): Accepted | HttpError | null {
    const path = pathOf(url);
    const headers = new NodeHeaders(rawHeaders);
    const rejected = guard({ method, path, search: url.slice(path.length), headers });
    const required = ROLES[path];
    if (rejected || !required) return rejected;
    const remoteAddress = socket.remoteAddress ?? "";
    const identity = access.identify(headers, remoteAddress);
    // Prefect's client sends its key in the first message, unless it is configured to send it as a header too.
    const sendsToken = !headers.has("authorization") && isPrefect(headers);
    if (identity.role || !sendsToken) expectRole(identity.role, required);
    expectMayOpen(path, identity);
    expectRoom(identity.caller);
    return { ...identity, path, required, sendsToken, headers, remoteAddress };
  }

  /** What comes in is limited as other reports of runs are, what goes out is not. */
  function expectMayOpen(path: string, { keys }: Pick<Identity, "keys">): void {
    if (path !== EVENTS_IN) expectUnlimited(keys, "A stream of Prefect's events or logs");
  }

  function expectRoom(caller: string): void {
    const ofCaller = [...open.values()].filter((each) => each.caller === caller).length;
    if (!closing && open.size < MAX_SOCKETS && ofCaller < MAX_SOCKETS_OF_CALLER) return;
    const message = closing ? "The server is shutting down; reconnect in a second." : "Too many sockets are open.";
    throw new VitrineError("SERVICE_UNAVAILABLE", message);
  }

  function serve(socket: WebSocket, accepted: Accepted): void {
    let { role, keys, caller, actor }: Identity = accepted;
    let forget = endWith(accepted);
    const authenticate = (token: string | null): string | null => {
      try {
        // As in a request, a key takes precedence over a session, and is not ignored where none is required.
        if (!role || (accepted.sendsToken && token !== null)) identify(token);
        expectRole(role, accepted.required);
        expectMayOpen(accepted.path, { keys });
        return null;
      } catch (error) {
        return toVitrineError(error).message;
      }
    };
    const identify = (token: string | null) => {
      if (token === null) throw new VitrineError("UNAUTHORIZED", "Set PREFECT_API_AUTH_STRING to an API key");
      const identity = access.identify(withToken(accepted.headers, token), accepted.remoteAddress);
      const isOther = identity.caller !== caller;
      ({ role, keys, caller, actor } = identity);
      if (!role) throw new VitrineError("UNAUTHORIZED", identity.problem ?? "Invalid API key");
      forget();
      forget = endWith(identity);
      if (isOther) expectRoom(caller);
      open.set(socket, { caller, idle });
    };
    function endWith(identity: Identity): () => void {
      return access.onEnd(identity, () => closeSocket(socket, CLOSE.policy, "The credential is not valid any more"));
    }
    const record = async (items: TaskRunReport[]) => {
      await createCaller({ pools, changes, role, keys, caller, author: { ...LOCAL, actor } }).taskRun.record({ items });
      // Those of a limited role may be left out; listeners read what was recorded.
      if (keys === null) feed.publish(items);
    };
    const idle = serveConnection(socket, {
      ...(socket.protocol === "prefect" && { authenticate }),
      ...(accepted.required === "write" && { record }),
      ...(accepted.path === EVENTS_OUT && { subscribe: feed.subscribe }),
    });
    open.set(socket, { caller, idle });
    socket.once("close", () => {
      open.delete(socket);
      forget();
      const recorded: Promise<void> = idle().finally(() => recording.delete(recorded));
      recording.add(recorded);
    });
  }

  return {
    upgrade(request, socket, head) {
      try {
        const accepted = accept(request);
        if (!accepted) return rejectUpgrade(socket);
        if ("error" in accepted) return rejectUpgrade(socket, accepted);
        server.handleUpgrade(request, socket, head, (opened) => serve(opened, accepted));
      } catch (error) {
        rejectUpgrade(socket, { error: toVitrineError(error) });
      }
    },
    async close() {
      closing = true;
      await Promise.all([...open.keys()].map((socket) => closeSocket(socket)));
      await Promise.all(recording);
    },
  };
}

function isPrefect(headers: HeaderReader): boolean {
  return /(?:^|,)\s*prefect\s*(?:,|$)/.test(headers.get("sec-websocket-protocol") ?? "");
}

/** The headers of a request as if its token, a secret or `user:password`, were a header. */
function withToken(headers: HeaderReader, token: string): HeaderReader {
  const authorization = token.includes(":") ? `Basic ${Buffer.from(token).toString("base64")}` : `Bearer ${token}`;
  return { get: (name) => (name === "authorization" ? authorization : headers.get(name)) };
}

function closeSocket(
  socket: WebSocket,
  code: number = CLOSE.goingAway,
  reason = "The server is shutting down",
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    // The frame of a paused socket's close is only read once it is resumed.
    socket.resume();
    socket.close(code, reason);
  });
}
