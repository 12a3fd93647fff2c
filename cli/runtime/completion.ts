import { type Command, type Completion, GLOBAL_OPTIONS, type Options } from "./command";

export interface Candidate {
  value: string;
  help?: string;
}

/** What can follow on a command line: words, or the names of files. */
export interface Candidates {
  words: Candidate[];
  files: boolean;
}

type KeySource = (prefix: string) => Promise<Candidate[]>;

const HELP_COMMAND: Candidate = { value: "help", help: "Show help for a command" };

/**
 * Completes the last of `words`, which follow the name of the program.
 * @param keysFrom finds keys, or versions of a key, that begin with a text
 */
export async function complete(
  words: readonly string[],
  commands: readonly Command[],
  keysFrom: KeySource,
): Promise<Candidates> {
  const { before, current, prefix } = splitWords(words);
  const parsed = parseWords(before, commands);
  const ofKind = (kind: Completion | undefined) => candidatesOf(kind, current, keysFrom);
  const found = parsed.option
    ? await ofKind(parsed.option.complete)
    : current.startsWith("-")
      ? wordsOf(optionCandidates(parsed.options))
      : parsed.command
        ? await ofKind(parsed.command.complete?.[parsed.args] ?? parsed.command.complete?.at(-1))
        : wordsOf(parsed.args === 0 ? commandCandidates(commands, parsed.isHelp) : []);
  const matching = found.words.filter(({ value }) => value.startsWith(current));
  return { ...found, words: matching.map((each) => ({ ...each, value: prefix + each.value })) };
}

/** Separates `--option=value` like `--option value`; bash makes three words of it. */
function splitWords(words: readonly string[]): { before: string[]; current: string; prefix: string } {
  const before = words.slice(0, -1).filter((word) => word !== "=");
  const last = words.at(-1) ?? "";
  if (last === "=") return { before, current: "", prefix: "" };
  const [, option, value = ""] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? [];
  if (option === undefined) return { before, current: last, prefix: "" };
  return { before: [...before, option], current: value, prefix: `${option}=` };
}

function parseWords(words: string[], commands: readonly Command[]) {
  let command: Command | undefined;
  let isHelp = false;
  let args = 0;
  let options: Options = GLOBAL_OPTIONS;
  let option: Options[string] | undefined;
  for (const word of words) {
    if (option) option = undefined;
    else if (word.startsWith("-") && word !== "-") option = valueOption(word, options);
    else if (command || isHelp) args += 1;
    else if (word === "help") isHelp = true;
    else {
      command = commands.find(({ name }) => name === word);
      options = { ...command?.options, ...(command?.globalOptions ?? GLOBAL_OPTIONS) };
    }
  }
  return { command, isHelp, args, options, option };
}

/** The option of a word, if its value is the next word. */
function valueOption(word: string, options: Options): Options[string] | undefined {
  const [, option] =
    Object.entries(options).find(([name, { short }]) => word === `--${name}` || word === `-${short}`) ?? [];
  return option?.type === "string" ? option : undefined;
}

function optionCandidates(options: Options): Candidate[] {
  return Object.entries(options).map(([name, { help }]) => ({ value: `--${name}`, help }));
}

function commandCandidates(commands: readonly Command[], isHelp: boolean): Candidate[] {
  const names = commands.map(({ name, summary }) => ({ value: name, help: summary }));
  return isHelp ? names : [...names, HELP_COMMAND];
}

async function candidatesOf(kind: Completion | undefined, current: string, keysFrom: KeySource): Promise<Candidates> {
  if (kind === undefined) return wordsOf([]);
  if (kind === "file") return { words: [], files: true };
  if (kind === "key") return wordsOf(await keysFrom(current));
  return wordsOf(kind.map((value) => ({ value })));
}

function wordsOf(words: Candidate[]): Candidates {
  return { words, files: false };
}
