import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../commands";
import { EXIT } from "../terminal/error";
import { GLOBAL_OPTIONS } from "./command";
import { commandHelp, overview } from "./help";

const WIDTH = 100;

const DOCUMENT = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
const [, FILE_ROWS = ""] = /## Files([\s\S]*?)##/.exec(DOCUMENT) ?? [];

/** The left column of a section. */
function names(help: string, section: string): string[] {
  const [, body = ""] = new RegExp(`^${section}:\n((?: {2}.*\n?)+)`, "m").exec(help) ?? [];
  return body
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/)[0] ?? "");
}

test("the overview lists commands, global options and exit codes", () => {
  const help = overview(COMMANDS);
  expect(names(help, "Commands")).toEqual(COMMANDS.map(({ name }) => name));
  expect(names(help, "Global options")).toEqual(["--json", "--url URL", "--api-key SECRET", "-h, --help"]);
  expect(help).toMatch(/^ {6}--json {12}Print JSON$/m);
  expect(help).toMatch(/^ {2}-h, --help {12}Show/m);
  expect(names(help, "Exit codes")).toEqual(
    Object.values(EXIT)
      .sort((a, b) => a - b)
      .map(String),
  );
  for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(WIDTH);
});

describe.each(COMMANDS.map((command) => ({ name: command.name, command })))("vitrine $name", ({ command }) => {
  const help = commandHelp(command);

  test("has a summary in the imperative", () => {
    expect(command.summary).toMatch(/^[A-Z][a-z]+ \S.*[^.]$/);
    expect(command.summary.split(" ")[0]).not.toMatch(/s$/);
    expect(command.summary.length).toBeLessThan(60);
    expect(help.startsWith(`${command.summary}.\n\nUsage:\n  vitrine ${command.name}`)).toBe(true);
  });

  test("describes every option in a line, without former names", () => {
    const own = Object.entries(command.options);
    if (own.length > 0) {
      expect(names(help, "Options").map((left) => /--([\w-]+)/.exec(left)?.[1])).toEqual(own.map(([name]) => name));
    }
    expect(names(help, "Global options")).toHaveLength(Object.keys(command.globalOptions ?? GLOBAL_OPTIONS).length);
    for (const [name, { help }] of own) expect(help, name).toMatch(/^[A-Z].*[^.]$/);
    for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(WIDTH);
  });

  test("has a synopsis for its arguments", () => {
    const required = command.synopsis.split(" ").filter((part) => /^[<a-z]/.test(part));
    const all = command.synopsis.split(" ").filter(Boolean);
    if (command.argCount[1] < Number.POSITIVE_INFINITY) expect(all.length).toBe(command.argCount[1]);
    expect(command.complete?.length ?? 0).toBeLessThanOrEqual(command.argCount[1]);
    expect(command.argCount[0]).toBe(command.name === "import" ? 2 : required.length);
  });

  test("has its options in docs/cli.md", () => {
    const row = DOCUMENT.split("\n").find((line) =>
      line.startsWith(`| \`${command.name}${command.synopsis ? " " : "`"}`),
    );
    const documented = row?.includes("#files") ? `${row} ${FILE_ROWS}` : row;
    expect(row).toContain(`\`${`${command.name} ${command.synopsis}`.trim().replaceAll("|", "\\|")}\``);
    for (const name of Object.keys(command.options)) expect(documented).toContain(`\`--${name}`);
  });

  test("has no option with the name of a global one", () => {
    for (const name of Object.keys(GLOBAL_OPTIONS)) expect(Object.keys(command.options)).not.toContain(name);
  });
});
