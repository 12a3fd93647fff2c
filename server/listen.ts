import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { VitrineError } from "#contract/error";
import { codeOf, StartupError } from "#db/startup-error";
import type { UpgradeHandler } from "./http/message";
import { continueAtRead } from "./http/node";
import { rejectConnection, rejectUpgrade } from "./http/protocol-error";

/** Responds to one request; it never rejects because of what a caller sent. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ListeningServer {
  /** The address to open in a browser on this machine. */
  url: string;
  /** @param upgrade absent: requests for another protocol are rejected */
  setHandler(handler: RequestHandler, upgrade?: UpgradeHandler): void;
  /** From now on each response closes its connection, so that its client opens the next one elsewhere. */
  drain(): void;
  /** Accepts no more connections, lets requests finish for `grace` milliseconds, then closes all connections. */
  close(grace: number): Promise<void>;
}

/** How often connections whose last request has finished are closed while a server closes, in milliseconds. */
const IDLE_CHECK = 50;

const STARTING = new VitrineError("SERVICE_UNAVAILABLE", "Vitrine is starting; try again in a second.");

/**
 * Listens at once, responding 503 until a handler is set.
 * @param variable the environment variable of the port, for errors
 * @throws StartupError where the port or address cannot be used
 */
export async function listen(host: string, port: number, variable = "PORT"): Promise<ListeningServer> {
  let handler: RequestHandler = starting;
  let upgrade: UpgradeHandler = rejectWhileStarting;
  let keepAlive = true;
  const server = createHttpServer(
    (request, response) => handler(request, response),
    (request, socket, head) => upgrade(request, socket, head),
    () => keepAlive,
  );
  await bind(server, host, port).catch((error) => {
    throw bindError(error, host, port, variable);
  });
  return {
    url: `http://${browserHost(host)}:${portOf(server)}`,
    setHandler(next, nextUpgrade = rejectUpgrades) {
      handler = next;
      upgrade = nextUpgrade;
    },
    drain() {
      keepAlive = false;
    },
    close(grace) {
      keepAlive = false;
      return close(server, grace);
    },
  };
}

const OPTIONS = {
  // Timeouts are checked every second; Node's default of 30 s would let requests exceed them by that.
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  // Whoever reads a body limits how slowly it may arrive.
  requestTimeout: 0,
  keepAliveTimeout: 10_000,
  // The request guard accepts a URL of 16 kB; the other headers come on top.
  maxHeaderSize: 32 * 1024,
  // The request guard rejects a request without Host, in the form of the API.
  requireHostHeader: false,
};

/**
 * A server of which all responses have the form of the API, also where Node responds by itself.
 * @param keepsAlive whether connections stay open after a response
 */
export function createHttpServer(
  handler: RequestHandler,
  upgrade: UpgradeHandler = rejectUpgrades,
  keepsAlive = () => true,
): Server {
  // Set with the head, so that requests that began before a drain close their connection too.
  class Response extends ServerResponse {
    override writeHead(status: number, reason?: string, headers?: OutgoingHttpHeaders): this;
    override writeHead(status: number, headers?: OutgoingHttpHeaders): this;
    override writeHead(status: number, ...rest: []): this {
      this.shouldKeepAlive &&= keepsAlive();
      return super.writeHead(status, ...rest);
    }
  }
  const last = new WeakMap<object, ServerResponse>();
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    last.set(request.socket, response);
    handler(request, response);
  };
  return createServer({ ...OPTIONS, ServerResponse: Response }, handle)
    .on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
      continueAtRead(request, response);
      handle(request, response);
    })
    .on("checkExpectation", handle)
    .on("upgrade", upgrade)
    .on("clientError", (error, socket) => rejectConnection(error, socket, last.get(socket)));
}

async function starting(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(503, { "Content-Type": "application/json", "Retry-After": "1", Connection: "close" });
  response.end(JSON.stringify({ code: STARTING.code, message: STARTING.message }));
}

function rejectWhileStarting(_request: IncomingMessage, socket: Duplex): void {
  rejectUpgrade(socket, { error: STARTING });
}

function rejectUpgrades(_request: IncomingMessage, socket: Duplex): void {
  rejectUpgrade(socket);
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

function bindError(error: unknown, host: string, port: number, variable: string): StartupError {
  const code = codeOf(error);
  if (code === "EADDRINUSE") {
    return new StartupError(`Port ${port} is in use: stop the program that uses it, or set ${variable} to another.`);
  }
  if (code === "EACCES")
    return new StartupError(`No permission to listen on port ${port}: set ${variable} to 1024 or more.`);
  return new StartupError(`Cannot listen on VITRINE_HOST=${host} (${code}): set it to an address of this machine.`);
}

/** Browsers cannot open a wildcard address; they use loopback. */
function browserHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

function portOf(server: Server): number {
  const at = server.address();
  return typeof at === "object" && at ? at.port : 0;
}

function close(server: Server, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(idle);
      resolve();
    });
  });
}
