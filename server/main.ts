import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { StartupError } from "#db/startup-error";
import { startPages } from "./pages";
import { env } from "./process/env";
import { logInfo, logUnexpected, toLogLine, writeLine } from "./process/log";
import { type RunningServer, start } from "./start";

/** How long a stop may take beside draining and requests under way, in milliseconds; then the process exits. */
const STOP_TIMEOUT = 3_500;

/** Signals within so many milliseconds are one: a terminal and npm may both send it. */
const REPEATED = 300;

// The source and the bundle are both one folder below the root.
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

await main();

/** Runs until a signal. A start that fails prints one sentence and exits with 1. */
async function main(): Promise<void> {
  try {
    const settings = env();
    const log = settings.log === "json" ? logInfo : (line: string) => writeLine(process.stdout, line);
    const withPages = !process.argv.includes("--no-pages");
    const pages = withPages ? () => startPages(ROOT, settings.host) : undefined;
    const server = start({ env: settings, version: version(), pages, log });
    stopAtSignal(server, log, (settings.drain + settings.grace) * 1000 + STOP_TIMEOUT);
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

function version(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"))).version;
}

/** Stops at the first signal; exits at once at a second one, and `timeout` milliseconds after the first. */
function stopAtSignal(server: RunningServer, log: (line: string) => void, timeout: number): void {
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
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => logUnexpected(error));
  }
}
