import { connect } from "node:net";
import type { Database, Pools } from "#db/postgres";
import { createAccess } from "#server/http/access";
import { watchEndedSessions } from "#server/http/access/ended-sessions";
import { watchKeys } from "#server/http/access/keyring";
import { createPersonSessions } from "#server/http/access/person-sessions";
import type { HandlerEnv, HandlerOptions } from "#server/http-handler";
import { createHttpServer } from "#server/listen";
import { createChanges } from "#server/models/changes";
import { createPageGuard } from "#server/page-guard";
import { createSockets } from "#server/rest/events/sockets";
import { type FreshDatabase, freshDatabase } from "./database";

/** The HTTP layer on a free port over a database of its own. A page is the text `page` with its request headers. */
export interface TestServer extends AsyncDisposable {
  origin: string;
  db: Database;
  pools: Pools;
  /** Opens more connections to the database. */
  connect: FreshDatabase["connect"];
  /** Does not follow redirects. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Calls a procedure by POST with `body` as the exact text of its input. */
  post(procedure: string, body: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends bytes as they are, `{host}` filled in; returns all bytes received until the connection closed. */
  raw(bytes: string): Promise<string>;
}

/** Starts a server with the default configuration, changed by `env`. */
export async function startHttpServer(
  env: Partial<HandlerEnv> = {},
  options: Pick<HandlerOptions, "blobs"> = {},
): Promise<TestServer> {
  const fresh = await freshDatabase();
  const server = await serve({ ...options, pools: fresh.pools, changes: createChanges(null) }, env);
  return {
    ...server,
    db: fresh.db,
    pools: fresh.pools,
    connect: fresh.connect,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await fresh[Symbol.asyncDispose]();
    },
  };
}

/** Starts the same over other pools, which stay open. */
export async function serve(
  { pools, changes, blobs }: Pick<HandlerOptions, "pools" | "changes" | "blobs">,
  env: Partial<HandlerEnv> = {},
): Promise<Omit<TestServer, "db" | "pools" | "connect">> {
  const defaults = {
    host: "127.0.0.1",
    maxData: 1024 * 1024,
    revisions: 1000,
    searchVersions: 16_384,
    allowedHosts: [],
    allowedOrigins: [],
    trustedProxies: [],
    apiKeys: [],
  };
  const settings = { ...defaults, ...env };
  const ended = await watchEndedSessions(pools, settings);
  const keyring = await watchKeys(pools);
  const people = settings.openId && createPersonSessions(pools, settings.openId);
  const access = createAccess(settings, ended, keyring, people);
  const guard = createPageGuard({ pools, changes, access, env: settings, ...(blobs && { blobs }) });
  const sockets = createSockets({ pools, changes, access, env: settings });
  const server = createHttpServer(async (request, response) => {
    if (!(await guard(request, response))) response.end(`page ${JSON.stringify(request.headers)}`);
  }, sockets.upgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const origin = `http://127.0.0.1:${port}`;
  const send = (path: string, init?: RequestInit) => fetch(`${origin}${path}`, { redirect: "manual", ...init });
  return {
    origin,
    fetch: send,
    post: (procedure, body, headers) =>
      send(`/api/trpc/${procedure}`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      }),
    raw: (bytes) => exchange(port, bytes.replaceAll("{host}", `127.0.0.1:${port}`)),
    async [Symbol.asyncDispose]() {
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await ended.stop();
      await keyring.stop();
    },
  };
}

function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(parts.map((part) => new Uint8Array(part))).toString("latin1")));
  });
}
