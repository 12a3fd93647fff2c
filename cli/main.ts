#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { COMMANDS } from "./commands";
import { GLOBAL } from "./runtime/command";
import { connectServer } from "./runtime/connection";
import { readEnv } from "./runtime/env";
import { commandHelp, overview } from "./runtime/help";
import { EXIT, toCliError, usageError } from "./terminal/error";
import { listenForInterruption } from "./terminal/interruption";
import { createOutput } from "./terminal/output";

// Whoever reads us had enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? EXIT.done : EXIT.failed));
}

await main(process.argv.slice(2));

/** Finds the command, runs it, and ends with the exit code of how it went. */
async function main(given: string[]): Promise<void> {
  const env = readEnv();
  const { name, next, args, json, help, url, apiKey } = asked(given);
  const report = createOutput({ json, noColor: env.noColor });
  const interruption = listenForInterruption();
  const { signal } = interruption;
  try {
    if (given[0] === "--version" || given[0] === "-v") return await report.raw(`${version()}\n`);
    const topic = name === "help" ? next : name;
    const found = COMMANDS.find((each) => each.name === topic);
    if (topic !== undefined && !found) throw usageError(`There is no command "${topic}": see vitrine help.`);
    if (!found) return await report.raw(`${overview(COMMANDS)}\n`);
    if (help || name === "help") return await report.raw(`${commandHelp(found)}\n`);
    await found.run(args, { connection: connectServer({ url, apiKey, signal }), report, interruption, env });
  } catch (error) {
    const failure = toCliError(error);
    process.exitCode = signal.aborted ? EXIT.interrupted : failure.exit;
    if (!signal.aborted) report.error(failure);
  } finally {
    interruption.release();
  }
}

/** The version of the package, which lies beside what is built. */
function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

/** The command, the arguments without it, and the options that every command takes; each command reads its own itself. */
function asked(given: string[]) {
  const { values, positionals, tokens } = parseArgs({ args: given, options: GLOBAL, strict: false, tokens: true });
  const at = tokens.find(({ kind }) => kind === "positional")?.index ?? given.length;
  const text = (value: string | boolean | undefined) => (typeof value === "string" && value ? value : undefined);
  return {
    name: positionals[0],
    /** The word after it: of `help`, what it is about. */
    next: positionals[1],
    args: given.toSpliced(at, 1),
    json: values.json === true,
    help: values.help === true,
    url: text(values.url),
    apiKey: text(values["api-key"]),
  };
}
