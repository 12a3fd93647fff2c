import { type Command, GLOBAL, type Options } from "./command";

/** All commands in a line each, and what holds for all of them. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
  return `Every version of what your workflows produce, by key.

Usage: vitrine <command> [options]

${columns(rows)}

Every command takes:
${columns(rowsOf(GLOBAL))}

Exit codes: 0 done, 1 refused (or something found by doctor, diff --exit-code), 2 wrong usage, 3 not found,
4 no answer from the server, 5 not allowed, 130 interrupted. "vitrine help <command>" says more.`;
}

/** One command in full. */
export function commandHelp({ name, summary, synopsis, options, help }: Command): string {
  const own = rowsOf(options);
  return [
    `${summary}.`,
    `Usage: vitrine ${name}${synopsis ? ` ${synopsis}` : ""} [options]`,
    ...(own.length > 0 ? [columns(own)] : []),
    `Every command takes:\n${columns(rowsOf(GLOBAL))}`,
    ...(help ? [help.trim()] : []),
  ].join("\n\n");
}

function rowsOf(options: Options): [string, string][] {
  return Object.entries(options).map(([name, { short, type, value = "TEXT", help }]) => [
    `${short ? `-${short}, ` : ""}--${name}${type === "string" ? ` ${value}` : ""}`,
    help,
  ]);
}

function columns(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
