import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Where the hash of what was built is kept. */
export const BUILT = join(ROOT, "dist", "sources.sha256");

const SOURCES = [
  "app",
  "cli",
  "client",
  "contract",
  "db",
  "diff",
  "public",
  "formats",
  "server",
  "instrumentation.ts",
  "next.config.mjs",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "scripts/build.mjs",
];

/** One hash over the content of all that a build is made of; times say nothing after a checkout. */
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

/** Whether the build there is one of these sources. */
export function isBuilt() {
  const there = [
    BUILT,
    join(ROOT, "dist", "main.js"),
    join(ROOT, "dist", "cli.js"),
    join(ROOT, ".next", "BUILD_ID"),
  ].every(existsSync);
  return there && readFileSync(BUILT, "utf8") === sourceHash();
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)))
    .filter((file) => !/\.test\.tsx?$/.test(file));
}
