import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands between a client and a server, and may do harm to what passes. */
export interface Between extends AsyncDisposable {
  url: string;
  /** The paths asked for, in order. */
  asked: string[];
  /** What is done with the requests to come: each is let through when there is nothing to do. */
  harm: Harm[];
  /** Breaks every connection. */
  cut(): void;
}

/** Answers in the server's place; or, with `lose`, lets the server do its work and loses the answer; or, with `hang`, never answers. */
export type Harm = "lose" | "hang" | { status: number; type: string; body: string };

/** Opens one before the server at `origin`. */
export async function between(origin: string): Promise<Between> {
  const asked: string[] = [];
  const harm: Harm[] = [];
  const server = createServer((incoming, outgoing) => {
    asked.push(incoming.url ?? "");
    const next = harm.shift();
    if (next === "hang") return;
    if (typeof next === "object") return outgoing.writeHead(next.status, { "content-type": next.type }).end(next.body);
    forward(origin, incoming, outgoing, next === "lose");
  });
  await new Promise<void>((give) => server.listen(0, "127.0.0.1", give));
  const { port } = server.address() as AddressInfo; // it listens on a port, see above
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    harm,
    cut: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((give) => server.close(give));
    },
  };
}

function forward(origin: string, incoming: IncomingMessage, outgoing: ServerResponse, lose: boolean): void {
  const { method, headers } = incoming;
  const onward = request(`${origin}${incoming.url}`, { method, headers }, (answer) => {
    if (!lose) return answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.headers));
    // The server has done it all by now; whoever asked hears nothing of it.
    answer.resume().once("end", () => incoming.socket.destroy());
  });
  onward.on("error", () => outgoing.destroy());
  outgoing.on("close", () => onward.destroy());
  incoming.pipe(onward);
}
