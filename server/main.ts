import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StartupError } from "#db/startup-error";
import { startPages } from "./pages";
import { env } from "./process/env";
import { logUnexpected, toLogLine } from "./process/log";
import { type RunningServer, start } from "./start";

/** How long a stop may take beside draining and requests under way, in milliseconds; then the process exits. */
const STOP_TIMEOUT = 3_500;

/** Signals within so many milliseconds are one: a terminal and npm may both send it. */
const REPEATED = 300;

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
    stopAtSignal(server, (settings.drain + settings.grace) * 1000 + STOP_TIMEOUT);
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

/** Stops at the first signal; exits at once at a second one, and `timeout` milliseconds after the first. */
function stopAtSignal(server: RunningServer, timeout: number): void {
  let first: number | undefined;
  const stop = async () => {
    if (first !== undefined && performance.now() - first > REPEATED) process.exit(1);
    if (first !== undefined) return;
    first = performance.now();
    log("Stopping …");
    setTimeout(() => process.exit(1), timeout).unref();
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
