import {
  Agent,
  createServer,
  get,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP balancer as simple as they come: it never sends a request twice. */
export interface Balancer extends AsyncDisposable {
  url: string;
  /** Whether the server at this address gets requests. */
  isUp(url: string): boolean;
}

/** How often the readiness of each server is checked, in milliseconds. */
const INTERVAL = 250;

/**
 * Opens a balancer that sends requests in turn to those servers whose `/api/ready` was 200 at last, over kept connections.
 * A server that is slow to respond is not down.
 */
export async function openBalancer(urls: readonly string[]): Promise<Balancer> {
  const servers = urls.map((url) => ({ url, up: false, agent: new Agent({ keepAlive: true }) }));
  let turn = 0;
  const balancer = createServer((incoming, outgoing) => {
    const up = servers.filter((server) => server.up);
    turn += 1;
    const server = up[turn % up.length];
    if (server) forward(server, incoming, outgoing);
    else outgoing.writeHead(502).end("no server is ready");
  });
  await new Promise<void>((resolve) => balancer.listen(0, "127.0.0.1", resolve));
  const timer = setInterval(() => {
    for (const server of servers) {
      isReady(server.url).then((up) => {
        server.up = up;
      });
    }
  }, INTERVAL);
  const { port } = balancer.address() as AddressInfo; // a server that listens on TCP has one
  return {
    url: `http://127.0.0.1:${port}`,
    isUp: (url) => servers.some((server) => server.url === url && server.up),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      for (const { agent } of servers) agent.destroy();
      balancer.closeAllConnections();
      await new Promise((resolve) => balancer.close(resolve));
    },
  };
}

function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = get(`${url}/api/ready`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    sent.on("error", () => resolve(false));
  });
}

/** Without what is about a single connection: each side keeps its own for as long as it says. */
function withoutHop({ connection, "keep-alive": time, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

function forward(server: { url: string; agent: Agent }, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method } = incoming;
  const { host, ...headers } = withoutHop(incoming.headers);
  const upstream = request(`${server.url}${incoming.url}`, { method, headers, agent: server.agent }, (response) => {
    response.pipe(outgoing.writeHead(response.statusCode ?? 502, withoutHop(response.headers)));
    response.on("error", () => outgoing.destroy());
  });
  upstream.on("error", (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end(String(error));
  });
  incoming.pipe(upstream);
}
