import type { IncomingMessage, ServerResponse } from "node:http";
import { refuseOccupied } from "#db/embedded/claim";
import { beginChanges, endChanges } from "./changes";
import { type Answering, type Listening, listen } from "./listen";
import { open } from "./open-database";
import { createPageGuard } from "./page-guard";
import type { Pages } from "./pages";
import type { Env } from "./process/env";
import { logUnforeseen } from "./process/log";
import { sweepHourly } from "./sweep";

/** What a server is made of. */
export interface Parts {
  env: Env;
  /** Starts the interface; absent: only the doors answer. */
  pages?: (() => Promise<Pages>) | undefined;
  /** Told what happens, a line each. */
  say(line: string): void;
}

/** A server on its way up or up. */
export interface Started {
  /** The address, when it is ready; rejects with a Refusal for whoever starts it. */
  ready: Promise<string>;
  /** Ends the requests, then the pages, then the database, also half-way up. */
  stop(): Promise<void>;
}

/** How each part that is up is ended, in the order in which they end. */
type Ends = { [part in "watches" | "port" | "sweep" | "pages" | "changes" | "database"]?: () => Promise<void> };

/** Brings everything up: the port, then the database and the pages at once. */
export function start(parts: Parts): Started {
  const ends: Ends = {};
  const ready = up(parts, ends);
  return {
    ready,
    async stop() {
      await ends.watches?.();
      await ends.port?.();
      // Half-way up the database is still being opened; it is waited for, not left behind.
      await ready.catch(() => {});
      await ends.sweep?.();
      await ends.pages?.();
      await ends.changes?.();
      await ends.database?.();
    },
  };
}

async function up(parts: Parts, ends: Ends): Promise<string> {
  const { env, say } = parts;
  const listening = await port(env);
  ends.port = listening.close;
  const { databaseUrl: url, prepare, migrate, dataDir: folder } = env;
  const opening = open({ url, prepare, migrate, folder, reached: listening.url, say }).then((opened) => {
    ends.database = opened.close;
    return opened;
  });
  const rendering = parts.pages?.().then((pages) => {
    ends.pages = pages.close;
    return pages;
  });
  await Promise.allSettled([opening, rendering]);
  const { pools, address } = await opening;
  const changes = beginChanges(address, env);
  ends.watches = async () => changes.end();
  ends.changes = endChanges;
  const pages = await rendering;
  listening.answerWith(answering(createPageGuard({ pools, changes, env }), pages?.answer ?? noPages));
  ends.sweep = sweepHourly(pools, env.trashDays, () =>
    changes.changed({ type: "changed", kinds: ["trash"], keys: [] }),
  );
  return listening.url;
}

async function port(env: Env): Promise<Listening> {
  return listen(env.host, env.port).catch(async (error) => {
    // The port is often taken by the very server that has the data: then that is what is said.
    if (!env.databaseUrl) await refuseOccupied(env.dataDir);
    throw error;
  });
}

function answering(door: ReturnType<typeof createPageGuard>, page: Answering): Answering {
  return async (request, response) => {
    try {
      if (!(await door(request, response))) await page(request, response);
    } catch (error) {
      logUnforeseen(error);
      if (!response.headersSent) response.writeHead(500, { Connection: "close" });
      response.end();
    }
  };
}

async function noPages(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(404, { "Content-Type": "text/plain" });
  response.end("This server was started without the pages.\n");
}
