import { pathToFileURL } from "node:url";
import { run, step, summary, timed, vitest } from "./stage.mjs";

/** Runs a tool that passes or fails as a whole. */
function tool(name, title, script, ...args) {
  return timed(null, () => step(name, run(`node_modules/${script}`, args, { title })));
}

/** Starts everything that needs neither a build nor a database; all at the same time, as most use one core. */
export function startChecks() {
  const types = tool("types", "Types", "typescript/bin/tsc", "--noEmit");
  const all = Promise.all([
    tool("format, lint", "Format and lint", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
    types,
    tool("unused code", "Unused code", "knip/bin/knip.js"),
    timed(null, () => vitest("code-rules", ["--root", "test/architecture"], { title: "Code rules" })),
  ]);
  return { types, all };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = summary(await startChecks().all) ? 0 : 1;
}
