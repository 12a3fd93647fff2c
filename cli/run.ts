import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { COMMANDS } from "./commands";
import { GLOBAL_OPTIONS } from "./runtime/command";
import { connectServer } from "./runtime/connection";
import { readEnv } from "./runtime/env";
import { commandHelp, overview } from "./runtime/help";
import { didYouMean } from "./runtime/suggestion";
import { EXIT, toCliError, usageError } from "./terminal/error";
import { listenForInterruption } from "./terminal/interruption";
import { createOutput } from "./terminal/output";

/** Runs a command line: prints its result or its error, and sets the exit code. */
export async function run(argv: string[]): Promise<void> {
  const env = readEnv();
  const { name, topic, args, json, help, url, apiKey } = parseGlobal(argv);
  const output = createOutput({ json, noColor: env.noColor });
  const interruption = listenForInterruption();
  const { signal } = interruption;
  try {
    if (argv[0] === "--version" || argv[0] === "-v") return await output.raw(`${version()}\n`);
    const commandName = name === "help" ? topic : name;
    const command = COMMANDS.find((each) => each.name === commandName);
    if (commandName !== undefined && !command) throw unknownCommand(commandName);
    if (!command) return await output.raw(`${overview(COMMANDS)}\n`);
    if (help || name === "help") return await output.raw(`${commandHelp(command)}\n`);
    await command.run(args, { connection: connectServer({ url, apiKey, signal }), output, interruption, env });
  } catch (error) {
    const cliError = toCliError(error);
    process.exitCode = signal.aborted ? EXIT.interrupted : cliError.exit;
    if (!signal.aborted) output.error(cliError);
  } finally {
    interruption.release();
  }
}

function unknownCommand(name: string) {
  const names = COMMANDS.map((command) => command.name);
  return usageError(`Unknown command "${name}".${didYouMean(name, names)} See "vitrine help".`);
}

/** The version of the package, whose manifest is one folder above the bundle. */
function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

/** Parses leniently what is needed to find the command; the command parses its own arguments strictly. */
function parseGlobal(argv: string[]) {
  const { values, positionals, tokens } = parseArgs({
    args: argv,
    options: GLOBAL_OPTIONS,
    strict: false,
    tokens: true,
  });
  const index = tokens.find(({ kind }) => kind === "positional")?.index ?? argv.length;
  const text = (value: string | boolean | undefined) => (typeof value === "string" && value ? value : undefined);
  return {
    name: positionals[0],
    topic: positionals[1],
    args: argv.toSpliced(index, 1),
    json: values.json === true,
    help: values.help === true,
    url: text(values.url),
    apiKey: text(values["api-key"]),
  };
}
