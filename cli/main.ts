#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { GLOBAL } from "./command";
import { COMMANDS } from "./commands";
import { connection } from "./connection";
import { cliEnv } from "./env";
import { EXIT, failureOf, usage } from "./failure";
import { helpOf, overview } from "./help";
import { interruptions } from "./interruption";
import { reporter } from "./report";

// Whoever reads us had enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? EXIT.done : EXIT.refused));
}

await main(process.argv.slice(2));

/** Finds the command, runs it, and ends with the exit code of how it went. */
async function main([name = "help", ...args]: string[]): Promise<void> {
  const env = cliEnv();
  const global = globalsOf(args);
  const report = reporter({ json: global.json, noColor: env.noColor });
  const interruption = interruptions();
  const { signal } = interruption;
  const to = { url: global.url, apiKey: global.apiKey, signal };
  try {
    if (name === "--version" || name === "-v") return await report.raw(`${version()}\n`);
    const topic = /^(help|--help|-h)$/.test(name) ? args.find((word) => !word.startsWith("-")) : name;
    const found = COMMANDS.find((each) => each.name === topic);
    if (topic !== undefined && !found) throw usage(`There is no command "${topic}": see vitrine help.`);
    if (!found) return await report.raw(`${overview(COMMANDS)}\n`);
    if (global.help || topic !== name) return await report.raw(`${helpOf(found)}\n`);
    await found.run(args, { connection: connection(to), report, interruption, env });
  } catch (error) {
    process.exitCode = signal.aborted ? EXIT.interrupted : end(failureOf(error));
  } finally {
    interruption.release();
  }

  function end(failure: ReturnType<typeof failureOf>): number {
    report.failed(failure);
    return failure.exit;
  }
}

/** The version of the package, which lies beside what is built. */
function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

/** The options that every command takes; each command reads its own, and refuses what it does not know. */
function globalsOf(args: string[]) {
  const { values } = parseArgs({ args, options: GLOBAL, strict: false });
  const text = (value: string | boolean | undefined) => (typeof value === "string" && value ? value : undefined);
  return {
    json: values.json === true,
    help: values.help === true,
    url: text(values.url),
    apiKey: text(values["api-key"]),
  };
}
