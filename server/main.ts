import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StartupError } from "#db/startup-error";
import { pages } from "./pages";
import { env } from "./process/env";
import { lineOf, logUnforeseen } from "./process/log";
import { type Started, start } from "./start";

/** How long everything may take to end before the process just goes. */
const LONGEST_STOP = 4_500;

// From the source as from the built file, both one folder below the root.
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

const say = (line: string) => process.stdout.write(`${line}\n`);

await run();

/** The process: up until a signal, down within 5 s; a start that is refused says why in a sentence and exits with 1. */
async function run(): Promise<void> {
  try {
    const known = env();
    const withPages = !process.argv.includes("--no-pages");
    const server = start({ env: known, pages: withPages ? () => pages(ROOT, known.host) : undefined, say });
    stopAtSignal(server);
    surviveTheUnforeseen();
    await server.ready.catch(async (error) => {
      await server.stop();
      throw error;
    });
    say(`Vitrine is ready at ${await server.ready}`);
  } catch (error) {
    process.stderr.write(
      `${error instanceof StartupError ? error.message : `Vitrine cannot start: ${lineOf(error)}`}\n`,
    );
    process.exit(1);
  }
}

function stopAtSignal(server: Started): void {
  let stopping = false;
  const stop = async () => {
    // Asked twice, it goes on as it is: a terminal and npm may both ask, and the time is bounded.
    if (stopping) return;
    stopping = true;
    say("Stopping …");
    setTimeout(() => process.exit(1), LONGEST_STOP).unref();
    await server.stop().catch(logUnforeseen);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

/** Everything that must last is in the database, so one broken connection is no reason to end all others. */
function surviveTheUnforeseen(): void {
  // Whoever read our words may be gone; to say that would fail in the same way, again and again.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  process.on("uncaughtException", logUnforeseen);
  process.on("unhandledRejection", logUnforeseen);
}
