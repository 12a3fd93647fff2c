import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { BUILT, ROOT, sourceHash } from "./sources.mjs";

/**
 * Builds the interface and the server, and records of which sources.
 * @param {{ quiet: boolean }} options quiet: what the tools write is shown only when one fails
 * @returns {Promise<boolean>} whether it went well
 */
export async function build({ quiet }) {
  const hash = sourceHash();
  rmSync(BUILT, { force: true });
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  const done = (await Promise.all([interfaceBuilt(quiet), serverBuilt()])).every(Boolean);
  // Of sources that changed meanwhile this is no build.
  if (done && hash === sourceHash()) writeFileSync(BUILT, hash);
  return done;
}

async function interfaceBuilt(quiet) {
  const next = join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  // A Ctrl-C during the build ends the build with it.
  const end = () => child.kill();
  process.once("exit", end);
  const written = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => written.push(chunk));
  const [code] = await once(child, "close");
  process.off("exit", end);
  if (code !== 0) process.stderr.write(Buffer.concat(written));
  return code === 0;
}

async function serverBuilt() {
  const options = {
    entryPoints: [join(ROOT, "server", "main.ts")],
    outfile: join(ROOT, "dist", "main.js"),
    absWorkingDir: ROOT,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.19",
    format: "esm",
    sourcemap: true,
    sourcesContent: false,
  };
  return bundle(options).then(
    () => true,
    () => false,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = (await build({ quiet: false })) ? 0 : 1;
}
