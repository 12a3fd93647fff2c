import { createServer, request } from "node:http";
import { duplexPair } from "node:stream";
import { StartupError } from "#db/startup-error";
import type { RequestHandler } from "./listen";
import { createAsyncContext } from "./process/async-context";
import { serveCompressed } from "./static-files";

/** Next, which renders the pages. */
export interface Pages {
  handle: RequestHandler;
  close(): Promise<void>;
}

/** Starts the built pages. @throws StartupError where there is no build */
export async function startPages(dir: string, host: string): Promise<Pages> {
  const context = createAsyncContext();
  // Importing Next takes a while, and a server without pages does not need it.
  const { default: next } = await import("next");
  const app = next({ dev: false, dir, hostname: host, quiet: true });
  await app.prepare().catch((error: unknown) => {
    throw new StartupError(
      `The pages cannot be started (${error instanceof Error ? error.message : error}): run npm run build.`,
    );
  });
  const handle = app.getRequestHandler();
  const serve = serveCompressed(dir);
  return {
    async handle(request, response) {
      if (serve(request, response)) return;
      response.once("close", context.use());
      await handle(request, response);
    },
    close: () => app.close(),
  };
}

/**
 * Renders the first page by a request inside this process, so that no visitor waits for code to load.
 * @param secret of an API key
 * @throws StartupError where its status is not 200
 */
export async function renderFirstPage(handler: RequestHandler, secret: string): Promise<void> {
  const [client, connection] = duplexPair();
  createServer(handler).emit("connection", connection);
  const headers = { host: "127.0.0.1", authorization: `Bearer ${secret}` };
  const options = { path: "/artifacts", headers, createConnection: () => client };
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(options, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    sent.once("error", reject).end();
  });
  if (status !== 200) throw new StartupError(`The first page returned status ${status}: see the errors above.`);
}
