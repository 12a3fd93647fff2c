import { oneLine } from "../artifacts/format";
import { type Command, command } from "../runtime/command";
import { type Candidate, complete } from "../runtime/completion";
import { COMPLETION_SCRIPTS } from "../runtime/completion-scripts";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** How many keys or versions are offered. */
const MAX_KEYS = 100;

/** @param commands all commands, this one included */
export function completionCommand(commands: () => readonly Command[]): Command {
  return command({
    name: "completion",
    summary: "Print a script that completes commands in a shell",
    synopsis: "<bash|zsh|fish>",
    argCount: [1, Number.POSITIVE_INFINITY],
    options: {},
    complete: [SHELLS, []],
    details: `Completes commands, options and their values, keys and versions on the server, and files. Load the script in
the start-up file of the shell; vitrine must be on the PATH.`,
    examples: [
      'eval "$(vitrine completion bash)"    # in ~/.bashrc',
      'eval "$(vitrine completion zsh)"     # in ~/.zshrc, after compinit',
      "vitrine completion fish | source     # in ~/.config/fish/config.fish",
    ],
    async run({ args: [shell = "", ...words], connection, output }) {
      if (shell === "candidates") {
        const { words: found, files } = await complete(words, commands(), (prefix) => keysFrom(connection, prefix));
        const lines = found.map(({ value, help }) => `${value}${help ? `\t${help}` : ""}\n`);
        return output.raw(`${files ? ":files\n" : ""}${lines.join("")}`);
      }
      const known = SHELLS.find((each) => each === shell);
      if (!known || words.length > 0) throw usageError(`Unknown shell "${shell}": use ${SHELLS.join(", ")}.`);
      await output.raw(COMPLETION_SCRIPTS[known]);
    },
  });
}

/** The keys that begin with `prefix`, or with `KEY@` the versions of that key, newest first, and its labels. */
async function keysFrom({ vitrine }: Connection, prefix: string): Promise<Candidate[]> {
  const [start = "", version] = prefix.split("@");
  if (version === undefined) {
    const where = { artifacts: { key: start ? { startsWith: start } : { exists: true } } };
    const rows = await vitrine.collection.list.query({ where, limit: MAX_KEYS });
    return rows.map(({ key, description }) => ({ value: key ?? "", help: oneLine(description ?? "") }));
  }
  const [rows, labels] = await Promise.all([
    vitrine.artifact.list.query({ where: { artifacts: { key: { any: [start] } } }, limit: MAX_KEYS }),
    vitrine.collection.labels.query({ key: start }),
  ]);
  const versions = rows.map(({ version, description }) => ({
    value: String(version),
    help: oneLine(description ?? ""),
  }));
  const names = labels.map(({ label, version }) => ({ value: label, help: `Version ${version}` }));
  return [...versions, ...names].map(({ value, help }) => ({ value: `${start}@${value}`, help }));
}
