import { StartupError } from "#db/startup-error";
import type { RequestHandler } from "./listen";

/** Next, which renders the pages. */
export interface Pages {
  handle: RequestHandler;
  close(): Promise<void>;
}

/** Starts the built pages. @throws StartupError where there is no build */
export async function startPages(dir: string, host: string): Promise<Pages> {
  // Importing Next takes a while, and a server without pages does not need it.
  const { default: next } = await import("next");
  const app = next({ dev: false, dir, hostname: host, quiet: true });
  await app.prepare().catch((error: unknown) => {
    throw new StartupError(
      `The pages cannot be started (${error instanceof Error ? error.message : error}): run npm run build.`,
    );
  });
  const handle = app.getRequestHandler();
  return { handle: (request, response) => handle(request, response), close: () => app.close() };
}
