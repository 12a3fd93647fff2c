import { type Command, GLOBAL_OPTIONS, type Options } from "./command";

const EXIT_CODES: [string, string][] = [
  ["0", "Success"],
  ["1", "Failure, or a finding of doctor or diff --exit-code"],
  ["2", "Wrong usage"],
  ["3", "Not found"],
  ["4", "Server unreachable"],
  ["5", "Not authorized"],
  ["130", "Interrupted"],
];

/** The longest line of details, in characters. */
const WIDTH = 100;

export function overview(commands: readonly Command[]): string {
  return [
    "Keep every version of what your workflows produce.",
    "Usage:\n  vitrine <command> [options]",
    section(
      "Commands",
      commands.map(({ name, summary }) => [name, summary]),
    ),
    section("Global options", optionRows(GLOBAL_OPTIONS)),
    section("Exit codes", EXIT_CODES),
    'Run "vitrine help <command>" for the options of a command.',
  ].join("\n\n");
}

export function commandHelp(command: Command): string {
  const { name, summary, synopsis, options, globalOptions = GLOBAL_OPTIONS, details, examples = [] } = command;
  const own = optionRows(options);
  return [
    `${summary}.`,
    `Usage:\n  vitrine ${name}${synopsis && ` ${synopsis}`} [options]`,
    ...(details ? [wrap(details)] : []),
    ...(own.length > 0 ? [section("Options", own)] : []),
    section("Global options", optionRows(globalOptions)),
    ...(examples.length > 0 ? [["Examples:", ...examples.map((line) => `  ${line}`)].join("\n")] : []),
  ].join("\n\n");
}

/** Fills the lines of each paragraph; an empty line separates paragraphs. */
function wrap(text: string): string {
  const paragraphs = text.trim().split(/\n{2,}/);
  return paragraphs
    .map((paragraph) => {
      const lines = [""];
      for (const word of paragraph.split(/\s+/)) {
        const line = lines.at(-1) ?? "";
        if (line === "") lines[lines.length - 1] = word;
        else if (line.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${line} ${word}`;
        else lines.push(word);
      }
      return lines.join("\n");
    })
    .join("\n\n");
}

function section(title: string, rows: [string, string][]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return [`${title}:`, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)].join("\n");
}

function optionRows(options: Options): [string, string][] {
  const indent = Object.values(options).some(({ short }) => short) ? "    " : "";
  return Object.entries(options).map(([name, { short, type, value = "TEXT", help }]) => [
    `${short ? `-${short}, ` : indent}--${name}${type === "string" ? ` ${value}` : ""}`,
    help,
  ]);
}
