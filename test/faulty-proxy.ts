import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP proxy in front of a test server that can spoil requests. */
export interface FaultyProxy extends AsyncDisposable {
  url: string;
  /** The paths of all requests, in order. */
  requests: string[];
  /** Faults of the next requests, one each; requests without one pass through. */
  faults: Fault[];
  /** Closes all connections. */
  disconnect(): void;
}

/** Sends a response of its own; `drop`: lets the server process the request, but drops the response; `hang`: never responds. */
export type Fault = "drop" | "hang" | { status: number; type: string; body: string };

/** Opens a proxy to the server at `origin`. */
export async function openFaultyProxy(origin: string): Promise<FaultyProxy> {
  const requests: string[] = [];
  const faults: Fault[] = [];
  const server = createServer((incoming, outgoing) => {
    requests.push(incoming.url ?? "");
    const fault = faults.shift();
    if (fault === "hang") return;
    if (typeof fault === "object") {
      return outgoing.writeHead(fault.status, { "content-type": fault.type }).end(fault.body);
    }
    forward(origin, incoming, outgoing, fault === "drop");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has one
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    faults,
    disconnect: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(origin: string, incoming: IncomingMessage, outgoing: ServerResponse, drop: boolean): void {
  const { method, headers } = incoming;
  const upstream = request(`${origin}${incoming.url}`, { method, headers }, (response) => {
    if (!drop) return response.pipe(outgoing.writeHead(response.statusCode ?? 502, response.headers));
    response.resume().once("end", () => incoming.socket.destroy());
  });
  upstream.on("error", () => outgoing.destroy());
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
}
