import { pathToFileURL } from "node:url";
import { run, step, summary, timed, vitest } from "./stage.mjs";

/** Everything that needs neither a build nor a database. */
export function checks() {
  return [
    timed("Format and lint", () =>
      step("format, lint", run("node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."])),
    ),
    timed("Types", () => step("types", run("node_modules/typescript/bin/tsc", ["--noEmit"]))),
    timed("Unused code", () => step("unused code", run("node_modules/knip/bin/knip.js"))),
    timed("Code rules", () => vitest("code-rules", ["--root", "test/architecture"])),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = summary(checks()) ? 0 : 1;
}
