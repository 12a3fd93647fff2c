#!/usr/bin/env node
import { parseArgs } from "node:util";
import { GLOBAL } from "./command";
import { COMMANDS } from "./commands";
import { connection } from "./connection";
import { cliEnv } from "./env";
import { EXIT, failureOf, usage } from "./failure";
import { helpOf, overview } from "./help";
import { interruptions } from "./interruption";
import { reporter } from "./report";

// Whoever reads us had enough, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? EXIT.done : 1));

await main(process.argv.slice(2));

/** Finds the command, runs it, and ends with the exit code of how it went. */
async function main([name = "help", ...args]: string[]): Promise<void> {
  const env = cliEnv();
  const global = globalsOf(args);
  const report = reporter({ json: global.json, noColor: env.noColor });
  const interruption = interruptions();
  const { signal } = interruption;
  const to = { url: global.url ?? env.url, apiKey: global.apiKey ?? env.apiKey, signal };
  try {
    const topic = /^(help|--help|-h)$/.test(name) ? args.find((word) => !word.startsWith("-")) : name;
    const found = COMMANDS.find((each) => each.name === topic);
    if (topic !== undefined && !found) throw usage(`There is no command "${topic}": see vitrine help.`);
    if (!found) return await report.raw(`${overview(COMMANDS)}\n`);
    if (global.help || topic !== name) return await report.raw(`${helpOf(found)}\n`);
    await found.run(args, { connection: connection(to), report, interruption, env });
  } catch (error) {
    process.exitCode = signal.aborted ? EXIT.interrupted : end(failureOf(error, to.url));
  } finally {
    interruption.release();
  }

  function end(failure: ReturnType<typeof failureOf>): number {
    report.failed(failure);
    return failure.exit;
  }
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
