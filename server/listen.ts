import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { codeOf, StartupError } from "#db/startup-error";

/** Answers one request; it rejects for nothing that a caller did. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server that listens; what answers it can be put in its place later. */
export interface Listening {
  /** The address that a person opens. */
  url: string;
  answerWith(answering: Answering): void;
  /** Takes no more requests, lets those under way end for a second, then cuts off what is left. */
  close(): Promise<void>;
}

const GRACE = 1_000;

const STARTING = JSON.stringify({
  code: "SERVICE_UNAVAILABLE",
  message: "Vitrine is starting; try again in a second.",
});

const UPGRADE_REFUSED = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/**
 * Listens at once, answering 503 until there is something to answer with.
 * @throws Refusal where the port is taken or not to be had
 */
export async function listen(host: string, port: number): Promise<Listening> {
  let answering: Answering = starting;
  // Times are checked each second: a request is cut off when it is late, not half a minute after.
  const times = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 };
  // Room for an address of 16 kB, which the door takes, and the other headers.
  const server = createServer({ ...times, keepAliveTimeout: 10_000, maxHeaderSize: 32 * 1024 }, (request, response) => {
    answering(request, response);
  });
  server.on("upgrade", (_request, socket) => {
    socket.on("error", () => {});
    socket.end(UPGRADE_REFUSED, () => socket.destroy());
  });
  await bound(server, host, port);
  return {
    url: `http://${nameOf(host)}:${portOf(server)}`,
    answerWith(given) {
      answering = given;
    },
    close: () => closed(server),
  };
}

async function starting(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(503, { "Content-Type": "application/json", "Retry-After": "1", Connection: "close" });
  response.end(STARTING);
}

function bound(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(refusalOf(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function refusalOf(error: Error, host: string, port: number): Error {
  const code = codeOf(error);
  if (code === "EADDRINUSE")
    return new StartupError(`Port ${port} is taken: stop what uses it, or set PORT to another.`);
  if (code === "EACCES") return new StartupError(`Port ${port} is not for this user: set PORT to one above 1023.`);
  return new StartupError(
    `VITRINE_HOST=${host} cannot be listened on (${code}): set it to an address of this machine.`,
  );
}

/** A wildcard is no address; a browser on this machine uses loopback. */
function nameOf(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

function portOf(server: Server): number {
  const at = server.address();
  return typeof at === "object" && at ? at.port : 0;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
