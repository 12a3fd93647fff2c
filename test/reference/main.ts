import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { clientTypes } from "./client-types";
import { readRouters } from "./read-routers";

const ROOT = join(import.meta.dirname, "../..");

/** The files that are written from the routers, by path, not formatted yet. */
export function generatedFiles(): Record<string, string> {
  return { "client/procedures.ts": clientTypes(readRouters()) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = generatedFiles();
  for (const [file, text] of Object.entries(files)) writeFileSync(join(ROOT, file), text);
  spawnSync("node_modules/.bin/biome", ["check", "--write", ...Object.keys(files)], { cwd: ROOT, stdio: "inherit" });
}
