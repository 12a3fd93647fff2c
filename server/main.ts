import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StartupError } from "#db/startup-error";
import { startPages } from "./pages";
import { env } from "./process/env";
import { logUnexpected, toLogLine } from "./process/log";
import { type RunningServer, start } from "./start";

/** After a signal the process exits by then, whatever has not ended, in milliseconds. */
const STOP_TIMEOUT = 4_500;

// The source and the bundle are both one folder below the root.
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

const log = (line: string) => process.stdout.write(`${line}\n`);

await main();

/** Runs until a signal. A start that fails prints one sentence and exits with 1. */
async function main(): Promise<void> {
  try {
    const settings = env();
    const withPages = !process.argv.includes("--no-pages");
    const pages = withPages ? () => startPages(ROOT, settings.host) : undefined;
    const server = start({ env: settings, pages, log });
    stopAtSignal(server);
    surviveUnexpectedErrors();
    await server.ready.catch(async (error) => {
      await server.stop();
      throw error;
    });
    log(`Vitrine is ready at ${await server.ready}`);
  } catch (error) {
    const sentence = error instanceof StartupError ? error.message : `Vitrine cannot start: ${toLogLine(error)}`;
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
}

function stopAtSignal(server: RunningServer): void {
  let stopping = false;
  const stop = async () => {
    // A terminal and npm may both send a signal; the second changes nothing.
    if (stopping) return;
    stopping = true;
    log("Stopping …");
    setTimeout(() => process.exit(1), STOP_TIMEOUT).unref();
    await server.stop().catch(logUnexpected);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

/** All state is in the database, so an error in one request must not end the others. */
function surviveUnexpectedErrors(): void {
  // Write errors of stdout and stderr are ignored: logging them would fail the same way.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  process.on("uncaughtException", logUnexpected);
  process.on("unhandledRejection", logUnexpected);
}
