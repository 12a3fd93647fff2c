import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as after } from "node:timers/promises";
import { expectUnlocked } from "#db/embedded/lock-file";
import type { Pools } from "#db/postgres";
import { StartupError } from "#db/startup-error";
import { setAccess } from "./access";
import { fillSearchInBackground, makeHashesInBackground, makePreviewsInBackground, sweepHourly } from "./background";
import { closeBlobs, openBlobs } from "./blobs";
import { startChanges, stopChanges } from "./changes";
import { createAccess } from "./http/access";
import { watchEndedSessions } from "./http/access/ended-sessions";
import type { Keyring } from "./http/access/keyring";
import { createPersonSessions } from "./http/access/person-sessions";
import type { Readiness } from "./http/ready";
import { openOwnViewers } from "./http/sandbox/own-viewers";
import { startKeyring, stopKeyring } from "./keyring";
import { type ListeningServer, listen, type RequestHandler } from "./listen";
import { hasAdmin } from "./models/api-key";
import { createMetrics, type Metrics } from "./observe/metrics";
import { type FinishedRequest, logRequest } from "./observe/request-record";
import { METRICS_PATH, METRICS_TYPE } from "./observe/route";
import { openDatabase } from "./open-database";
import { createPageGuard } from "./page-guard";
import { type Pages, renderFirstPage } from "./pages";
import type { Env } from "./process/env";
import { logUnexpected } from "./process/log";
import { createSockets } from "./rest/events/sockets";

export interface StartOptions {
  env: Env;
  /** Of the package. */
  version: string;
  /** Starts the pages; absent: only the API responds. */
  pages?: (() => Promise<Pages>) | undefined;
  log(line: string): void;
}

/** A server that is starting or running. */
export interface RunningServer {
  /** Its address, when it is ready; rejects with a StartupError. */
  ready: Promise<string>;
  /** Drains, ends requests, then pages, then the database, also while it is starting. */
  stop(): Promise<void>;
}

/** How to stop each part that has started, in this order. */
type Part =
  | "drain"
  | "watches"
  | "port"
  | "metrics"
  | "sweep"
  | "previews"
  | "hashes"
  | "search"
  | "sessions"
  | "keys"
  | "pages"
  | "changes"
  | "blobs"
  | "database";
type Stops = { [part in Part]?: () => Promise<void> };

/** Starts everything: the port, then the database and the pages in parallel. */
export function start(options: StartOptions): RunningServer {
  const stops: Stops = {};
  const ready = startAll(options, stops);
  return {
    ready,
    async stop() {
      await stops.drain?.();
      await stops.watches?.();
      await stops.port?.();
      await stops.metrics?.();
      // The database may still be opening; it must not be left running.
      await ready.catch(() => {});
      await stops.sweep?.();
      await stops.previews?.();
      await stops.hashes?.();
      await stops.search?.();
      await stops.sessions?.();
      await stops.keys?.();
      await stops.pages?.();
      await stops.changes?.();
      await stops.blobs?.();
      await stops.database?.();
    },
  };
}

async function startAll({ env, version, pages, log }: StartOptions, stops: Stops): Promise<string> {
  openOwnViewers(env.viewers);
  const server = await listenOn(env);
  stops.port = () => server.close(env.grace * 1000);
  const { databaseUrl: url, prepare, poolSize, migrate, dataDir: folder } = env;
  const opening = openDatabase({ url, prepare, poolSize, migrate, folder, reached: server.url, log }).then((opened) => {
    stops.database = opened.close;
    return opened;
  });
  const rendering = pages?.().then((started) => {
    stops.pages = started.close;
    return started;
  });
  await Promise.allSettled([opening, rendering]);
  const opened = await opening;
  const { pools } = opened;
  const blobs = await openBlobs(pools, env);
  stops.blobs = () => closeBlobs(blobs);
  const changes = startChanges(opened, env);
  stops.watches = async () => changes.end();
  stops.changes = stopChanges;
  const { handle } = (await rendering) ?? { handle: withoutPages };
  const readiness: Readiness = { problem: "The server is starting; try again in a second." };
  const metrics = createMetrics(version, changes);
  const onFinished = (request: FinishedRequest) => {
    metrics.finished(request);
    if (env.log === "json") logRequest(request);
  };
  const ended = await watchEndedSessions(pools, env);
  stops.sessions = ended.stop;
  const keyring = await startKeyring(pools);
  stops.keys = stopKeyring;
  await expectAdmin(pools, env);
  const access = createAccess(env, ended, keyring, env.openId && createPersonSessions(pools, env.openId));
  setAccess(access);
  const options = { pools, changes, env, access, blobs, readiness, metrics: metrics.text };
  const sockets = createSockets(options);
  server.setHandler(handlerOf(createPageGuard(options, onFinished), handle), sockets.upgrade);
  // Neither counted nor logged, as nobody sent it.
  if (pages) await warmUp(handlerOf(createPageGuard(options), handle), keyring);
  readiness.problem = null;
  stops.drain = async () => {
    await Promise.all([drain(server, readiness, { env, log }), sockets.close()]);
  };
  if (env.metricsPort !== undefined) stops.metrics = await serveMetrics(env.host, env.metricsPort, metrics);
  stops.previews = makePreviewsInBackground(pools);
  stops.hashes = makeHashesInBackground(pools);
  stops.search = fillSearchInBackground(pools, env.searchVersions);
  stops.sweep = sweepHourly(pools, { trash: env.trashDays, audit: env.auditDays }, blobs, (purged) => {
    metrics.swept(purged);
    if (purged > 0) changes.changed({ type: "changed", kinds: ["trash"], keys: [] });
  });
  return server.url;
}

/** @throws StartupError where nobody could ever sign in */
async function expectAdmin(pools: Pools, { auth, apiKeys, openId }: Env): Promise<void> {
  if (auth !== "keys" || apiKeys.length > 0 || openId || (await hasAdmin(pools.reads()))) return;
  throw new StartupError(
    "VITRINE_AUTH=keys needs an API key with the role admin, and the database has none: set VITRINE_API_KEYS (name:admin:secret) to make the first with it.",
  );
}

async function warmUp(handler: RequestHandler, keyring: Keyring): Promise<void> {
  const { secret, end } = keyring.lend();
  await renderFirstPage(handler, secret);
  end();
}

/** Goes on serving while balancers take notice of `/api/ready`. */
async function drain(
  server: ListeningServer,
  readiness: Readiness,
  { env, log }: Pick<StartOptions, "env" | "log">,
): Promise<void> {
  readiness.problem = "The server is shutting down; use another, or try again in a second.";
  server.drain();
  if (env.drain > 0) log(`Not ready any more; serving requests for ${env.drain} s …`);
  await after(env.drain * 1000);
}

async function listenOn(env: Env): Promise<ListeningServer> {
  return listen(env.host, env.port).catch(async (error) => {
    // The server that uses the port is often the one that has the data; that error says more.
    if (!env.databaseUrl) await expectUnlocked(env.dataDir);
    throw error;
  });
}

/** Serves `/metrics` on a port of its own, without credentials. @returns closes it */
async function serveMetrics(host: string, port: number, metrics: Metrics): Promise<() => Promise<void>> {
  const server = await listen(host, port, "VITRINE_METRICS_PORT");
  server.setHandler(async ({ url = "" }, response) => {
    if (url.replace(/\?.*/, "") !== METRICS_PATH) response.writeHead(404).end();
    else response.writeHead(200, { "Content-Type": METRICS_TYPE }).end(await metrics.text());
  });
  return () => server.close(0);
}

function handlerOf(guard: ReturnType<typeof createPageGuard>, page: RequestHandler): RequestHandler {
  return async (request, response) => {
    try {
      if (!(await guard(request, response))) await page(request, response);
    } catch (error) {
      logUnexpected(error, request.headers["x-request-id"]?.toString());
      if (!response.headersSent) response.writeHead(500, { Connection: "close" });
      response.end();
    }
  };
}

async function withoutPages(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(404, { "Content-Type": "text/plain" });
  response.end("This server was started without pages.\n");
}
