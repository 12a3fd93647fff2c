import { pathToFileURL } from "node:url";
import { run, step, summary, timed, vitest } from "./stage.mjs";

/** Runs a tool that passes or fails as a whole. */
function tool(name, title, script, ...args) {
  return timed(null, () => step(name, run(`node_modules/${script}`, args, { title })));
}

/** Everything that needs neither a build nor a database; all at the same time, as most use one core. */
export function checks() {
  return Promise.all([
    tool("format, lint", "Format and lint", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
    tool("types", "Types", "typescript/bin/tsc", "--noEmit"),
    tool("unused code", "Unused code", "knip/bin/knip.js"),
    timed(null, () => vitest("code-rules", ["--root", "test/architecture"], { title: "Code rules" })),
  ]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = summary(await checks()) ? 0 : 1;
}
