import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The hash of the sources that were built. */
export const HASH_FILE = join(ROOT, "dist", "sources.sha256");

const SOURCES = [
  "app",
  "blobs",
  "cli",
  "client",
  "contract",
  "db",
  "diff",
  "public",
  "formats",
  "server",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.mjs",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "scripts/build.mjs",
  "tsconfig.json",
];

/** A hash of the content of all sources of a build; a checkout changes their times. */
export function sourceHash() {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of filesIn(join(ROOT, source))) {
      hash
        .update(`${relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

/** Whether a build of the current sources exists. */
export function isBuilt() {
  const outputs = ["dist/main.js", "dist/migrate.js", "dist/cli.js", ".next/BUILD_ID"];
  const exist = [HASH_FILE, ...outputs.map((path) => join(ROOT, path))].every(existsSync);
  return exist && readFileSync(HASH_FILE, "utf8") === sourceHash();
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
    .filter((file) => !/\.test\.tsx?$/.test(file));
}
