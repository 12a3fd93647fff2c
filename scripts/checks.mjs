import { run, step, timed, vitest } from "./stage.mjs";

/** Format, lint, types and the rules of the house: what needs neither a build nor a database. */
export function checks() {
  return [
    timed("Format and lint", () => step("format, lint", run("node_modules/@biomejs/biome/bin/biome", ["check", "."]))),
    timed("Types", () => step("types", run("node_modules/typescript/bin/tsc", ["--noEmit"]))),
    timed("Code rules", () => vitest("architecture", ["--root", "test/architecture"])),
  ];
}
