import { parseArgs } from "node:util";
import { usageError } from "../terminal/error";
import type { Interruption } from "../terminal/interruption";
import type { Output } from "../terminal/output";
import type { Connection } from "./connection";
import type { CliEnv } from "./env";

/** An option as `util.parseArgs` takes it, with its words for the help. */
export interface Option {
  type: "string" | "boolean";
  short?: string;
  multiple?: boolean;
  default?: string | boolean;
  /** What stands for its value in the help: `KEY`. */
  value?: string;
  help: string;
}
export type Options = Record<string, Option>;

/** The options that every command takes. */
export const GLOBAL = {
  json: { type: "boolean", default: false, help: "machine readable: JSON alone on standard output" },
  url: { type: "string", value: "URL", help: "the server; else VITRINE_URL, else http://127.0.0.1:4400" },
  "api-key": { type: "string", value: "SECRET", help: "the secret of an API key; else VITRINE_API_KEY" },
  help: { type: "boolean", short: "h", default: false, help: "what this command does and takes" },
} as const satisfies Options;

interface Parsed<O extends Options> {
  args: string[];
  options: O & typeof GLOBAL;
  allowPositionals: true;
  strict: true;
}
type Values<O extends Options> = ReturnType<typeof parseArgs<Parsed<O>>>["values"];

/** What surrounds a command while it runs. */
export interface CommandContext {
  /** The server that was named; nothing is sent before it is asked. */
  connection: Connection;
  /** The only way to standard output and standard error. */
  report: Output;
  /** Ctrl-C. Everything that is asked of the connection ends with it by itself. */
  interruption: Interruption;
  env: CliEnv;
}

/** What a command is given to do its work. */
export interface CommandInput<O extends Options> extends CommandContext {
  /** The words after the command that are no options; as many as `takes` allows. */
  words: string[];
  values: Values<O>;
}

/** What a command is: a file in `cli/commands/`, named like it. */
interface CommandInfo {
  name: string;
  /** One line for the list of commands, without a full stop. */
  summary: string;
  /** Its words, for the help: `<file|->`. */
  synopsis: string;
  /** How many words it takes, at least and at most. */
  takes: readonly [least: number, most: number];
  options: Options;
  /** More for its own help: examples, rules. */
  help?: string;
}

interface Definition<O extends Options> extends CommandInfo {
  options: O;
  /** Does the work; a Failure, or what the client throws, ends it with the exit code of that. */
  run(given: CommandInput<O>): Promise<void>;
}

/** A command as `main.ts` runs it. */
export interface Command extends CommandInfo {
  /** Reads the arguments by its options and does the work. @throws Failure (usage) that names what is wrong */
  run(args: string[], surroundings: CommandContext): Promise<void>;
}

/** Defines a command: its options type the values that its `run` is given. */
export function command<const O extends Options>(definition: Definition<O>): Command {
  const { name, options, takes, synopsis } = definition;
  return {
    ...definition,
    async run(args, surroundings) {
      const { values, positionals: words } = parseOrUsageError(name, () =>
        parseArgs<Parsed<O>>({ args, options: { ...options, ...GLOBAL }, allowPositionals: true, strict: true }),
      );
      if (words.length < takes[0] || words.length > takes[1]) {
        throw usageError(`Write "vitrine ${name}${synopsis && ` ${synopsis}`}"; see vitrine help ${name}.`);
      }
      await definition.run({ ...surroundings, values, words });
    },
  };
}

function parseOrUsageError<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // Node's first sentence names the option; the others speak of how to quote.
    const [sentence = ""] = error instanceof Error ? error.message.split(/\. |\n/) : [];
    throw usageError(`${sentence.replace(/\.$/, "")}; see vitrine help ${name}.`);
  }
}
