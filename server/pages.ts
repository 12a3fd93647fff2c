import { StartupError } from "#db/startup-error";
import type { Answering } from "./listen";

/** Next, which renders the pages. */
export interface Pages {
  answer: Answering;
  close(): Promise<void>;
}

/**
 * Starts the built interface.
 * @throws Refusal where there is no build
 */
export async function pages(dir: string, host: string): Promise<Pages> {
  // Imported here, for it takes a while and a server without pages needs none of it.
  const { default: next } = await import("next");
  const app = next({ dev: false, dir, hostname: host, quiet: true });
  await app.prepare().catch((error: unknown) => {
    throw new StartupError(
      `The interface does not start (${error instanceof Error ? error.message : error}): npm run build.`,
    );
  });
  const handle = app.getRequestHandler();
  return { answer: (request, response) => handle(request, response), close: () => app.close() };
}
