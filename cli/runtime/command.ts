import { parseArgs } from "node:util";
import { VitrineError } from "#contract/error";
import { CliError, EXIT, usageError } from "../terminal/error";
import type { Interruption } from "../terminal/interruption";
import type { Output } from "../terminal/output";
import type { Connection } from "./connection";
import type { CliEnv } from "./env";
import { didYouMean } from "./suggestion";

/** What a shell completes an argument or a value with: files, keys, keys and versions, or one of these words. */
export type Completion = "file" | "key" | readonly string[];

export interface Option {
  type: "string" | "boolean";
  short?: string;
  multiple?: boolean;
  default?: string | boolean;
  value?: string;
  help: string;
  /** A name that still works, but is not in the help. */
  formerName?: string;
  complete?: Completion;
  /** The field of a request that the option sets, where it has another name. */
  field?: string;
}
export type Options = Record<string, Option>;

export const GLOBAL_OPTIONS = {
  json: { type: "boolean", default: false, help: "Print JSON" },
  url: { type: "string", value: "URL", help: "Server URL (default: $VITRINE_URL, else http://127.0.0.1:4400)" },
  "api-key": { type: "string", value: "SECRET", help: "Secret of an API key (default: $VITRINE_API_KEY)" },
  help: { type: "boolean", short: "h", default: false, help: "Show help for a command" },
} as const satisfies Options;

/** The options of commands that do not send requests. */
export const LOCAL_OPTIONS = { json: GLOBAL_OPTIONS.json, help: GLOBAL_OPTIONS.help } satisfies Options;

interface ParseConfig<O extends Options> {
  args: string[];
  options: O & typeof GLOBAL_OPTIONS;
  allowPositionals: true;
  strict: true;
}
type Values<O extends Options> = ReturnType<typeof parseArgs<ParseConfig<O>>>["values"];

export interface CommandContext {
  connection: Connection;
  output: Output;
  /** Aborts all requests of the connection. */
  interruption: Interruption;
  env: CliEnv;
}

export interface CommandInput<O extends Options> extends CommandContext {
  /** The positional arguments after the command; their number is within `argCount`. */
  args: string[];
  values: Values<O>;
}

interface CommandInfo {
  name: string;
  /** One line for the list of commands, in the imperative and without a period. */
  summary: string;
  synopsis: string;
  argCount: readonly [min: number, max: number];
  options: Options;
  /** Those options of every command that this one has; all by default. */
  globalOptions?: Options;
  /** How to complete the arguments, in order; the last is for all that follow. */
  complete?: readonly Completion[];
  details?: string;
  examples?: readonly string[];
  /** Whether the arguments are a query, whose negations could be read as options. */
  takesQuery?: boolean;
}

interface Definition<O extends Options> extends CommandInfo {
  options: O;
  run(input: CommandInput<O>): Promise<void>;
}

export interface Command extends CommandInfo {
  /** Parses the arguments and runs the command. @throws CliError (usage) for wrong arguments, and what the command throws */
  run(args: string[], context: CommandContext): Promise<void>;
}

/** Defines a command; its options type the `values` that `run` receives. */
export function command<const O extends Options>(definition: Definition<O>): Command {
  const { name, options, argCount, synopsis, globalOptions = GLOBAL_OPTIONS } = definition;
  return {
    ...definition,
    async run(argv, context) {
      if (definition.takesQuery) expectNoNegation(name, argv);
      const { values, positionals: args } = parseOrUsageError(name, { ...options, ...globalOptions }, () =>
        parseArgs<ParseConfig<O>>({
          args: replaceFormerNames(argv, options),
          // Without some of the global options, they have no values.
          options: { ...options, ...globalOptions } as O & typeof GLOBAL_OPTIONS,
          allowPositionals: true,
          strict: true,
        }),
      );
      if (args.length < argCount[0] || args.length > argCount[1]) {
        throw usageError(`Usage: vitrine ${name}${synopsis && ` ${synopsis}`}. ${seeHelp(name)}`);
      }
      try {
        await definition.run({ ...context, values, args });
      } catch (error) {
        throw inTermsOfOptions(error, options);
      }
    },
  };
}

/** @throws CliError for `-tag:draft` before `--`, which would be the option `-t` with a value */
function expectNoNegation(name: string, argv: string[]): void {
  const end = argv.indexOf("--");
  const negation = argv.slice(0, end < 0 ? argv.length : end).find((arg) => /^-(?:[("]|[a-z][\w.]*:)/i.test(arg));
  if (negation === undefined) return;
  throw usageError(`A query that begins with a dash comes in quotes after --: vitrine ${name} -- '${negation}'.`);
}

function replaceFormerNames(argv: string[], options: Options): string[] {
  const names = new Map<string, string>();
  for (const [name, { formerName }] of Object.entries(options))
    if (formerName) names.set(`--${formerName}`, `--${name}`);
  return argv.map((arg) => {
    const [flag = "", ...value] = arg.split("=");
    return [names.get(flag) ?? flag, ...value].join("=");
  });
}

function parseOrUsageError<T>(name: string, options: Options, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // The first sentence of Node's message names the option; the rest is about quoting.
    const [sentence = ""] = error instanceof Error ? error.message.split(/\. |\n/) : [];
    const [, unknown] = /^Unknown option '(--[^']+)'/.exec(sentence) ?? [];
    const names = Object.keys(options).map((each) => `--${each}`);
    const hint = unknown ? didYouMean(unknown, names) : "";
    throw usageError(`${sentence.replace(/\.$/, "")}.${hint} ${seeHelp(name)}`);
  }
}

/** The error of a request in terms of the command line: the server names fields where a user set options. */
function inTermsOfOptions(error: unknown, options: Options): unknown {
  if (!(error instanceof VitrineError) || error.code !== "BAD_REQUEST") return error;
  const [field = ""] = error.details.field?.split(/[.[]/) ?? [];
  const [name] = Object.entries(options).find(([each, option]) => (option.field ?? each) === field) ?? [];
  if (name === undefined) return error;
  const message = error.message.replace(/^The field "[^"]*"/, `--${name}`);
  return new CliError(EXIT.usage, error.code, message, error.details);
}

function seeHelp(name: string): string {
  return `See "vitrine help ${name}".`;
}
