import { createServer } from "node:http";
import { connect } from "node:net";
import type { Database, Pools } from "#db/postgres";
import type { HandlerEnv } from "#server/http-handler";
import { createChanges } from "#server/models/changes";
import { createPageGuard } from "#server/page-guard";
import { freshDatabase } from "./database";

/** The doors on a real port over a real database; a page is the word `page` with what the request carried to it. */
export interface TestServer extends AsyncDisposable {
  origin: string;
  db: Database;
  pools: Pools;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Calls a procedure: by POST with `body` as the exact text of its input. */
  post(procedure: string, body: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends bytes as they are, and gives all that came back until the connection closed. */
  raw(bytes: string): Promise<string>;
}

/** Opens the doors with the default configuration, or another. */
export async function startHttpServer(other: Partial<HandlerEnv> = {}): Promise<TestServer> {
  const fresh = await freshDatabase();
  const env = { host: "127.0.0.1", maxData: 1024 * 1024, allowedHosts: [], apiKeys: [], ...other };
  const door = createPageGuard({ pools: fresh.pools, changes: createChanges(null), env });
  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (request, response) => {
    if (!(await door(request, response))) response.end(`page ${JSON.stringify(request.headers)}`);
  });
  await new Promise<void>((give) => server.listen(0, "127.0.0.1", give));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const origin = `http://127.0.0.1:${port}`;
  const ask = (path: string, init?: RequestInit) => fetch(`${origin}${path}`, { redirect: "manual", ...init });
  return {
    origin,
    db: fresh.db,
    pools: fresh.pools,
    fetch: ask,
    post: (procedure, body, headers) =>
      ask(`/api/trpc/${procedure}`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      }),
    raw: (bytes) => exchange(port, bytes.replaceAll("{host}", `127.0.0.1:${port}`)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((give) => server.close(give));
      await fresh[Symbol.asyncDispose]();
    },
  };
}

function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((give) => {
    const parts: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => {});
    socket.on("close", () => give(Buffer.concat(parts.map((part) => new Uint8Array(part))).toString("latin1")));
  });
}
